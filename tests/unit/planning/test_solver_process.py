"""The solver's process: numbers in, days out, stopped at once, and never an old answer."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest

from scheduler.planning import DaySolver, Method, Progress, SolverStoppedError, propose
from scheduler.planning.process import PartStatus
from tests.unit.planning.generated import municipality


@pytest.fixture(scope="module")
def solver() -> Iterator[DaySolver]:
    with DaySolver() as process:
        yield process


def part(**values: Any) -> dict[str, Any]:
    return {
        "domains": [[(1, 0), (2, 5)], [(1, 0), (2, 3)]],
        "gaps": [],
        "shadows": [],
        "apart": [],
        "needs": [],
        "cuts": [],
        "start": None,
        "limit": 1.0,
        **values,
    }


@pytest.mark.parametrize(
    ("binding", "days"),
    [
        ({}, (1, 1)),
        ({"apart": [[0, 1]]}, (1, 2)),
        ({"gaps": [[0, 1, 1, None]]}, (1, 2)),
        ({"gaps": [[1, 0, 1, 1]]}, (2, 1)),
        ({"shadows": [[0, 1, 1]]}, (1, 2)),
        ({"needs": [[0, [[1, 2, 2, [1]]]]]}, (1, 2)),
        ({"needs": [[None, [[1, 2, 2, [0]]]]]}, (2, 1)),
        ({"cuts": [[[0, 1], 1, [1]]]}, (1, 2)),
        ({"cuts": [[[0, 1], 1, None]], "start": [2, 1]}, (1, 2)),
    ],
)
def test_each_binding_is_kept_at_the_least_cost(
    binding: dict[str, Any], days: tuple[int, int], solver: DaySolver
) -> None:
    (answer,) = solver.solve([part(**binding)])

    assert (answer.status, answer.days) == (PartStatus.OPTIMAL, days)


def test_what_cannot_be_is_said_to_be_infeasible(solver: DaySolver) -> None:
    (answer,) = solver.solve([part(gaps=[[0, 1, 5, None]])])

    assert (answer.status, answer.days) == (PartStatus.INFEASIBLE, None)


def test_stopping_ends_the_plan_under_way_and_the_next_one_is_made() -> None:
    year = municipality(2, forums=15)
    with DaySolver() as solver:
        with pytest.raises(SolverStoppedError):
            propose(
                year,
                method=Method.BEST,
                solver=solver,
                on_progress=lambda progress: solver.stop(),
            )

        (answer,) = solver.solve([part()])

    assert answer.days == (1, 1)


def test_stopping_between_two_questions_ends_the_work_too(solver: DaySolver) -> None:
    run = solver.run()
    run.solve([part()])
    solver.stop()

    with pytest.raises(SolverStoppedError):
        run.solve([part()])


def test_a_process_that_died_is_replaced(solver: DaySolver) -> None:
    with pytest.raises(SolverStoppedError):
        solver.solve([{"domains": "no such part"}])

    (answer,) = solver.solve([part()])

    assert answer.days == (1, 1)


def test_progress_is_told_part_by_part(solver: DaySolver) -> None:
    heard: list[Progress] = []

    propose(municipality(2, forums=15), method=Method.BEST, solver=solver, on_progress=heard.append)

    assert [progress.parts_done <= progress.parts for progress in heard] == [True] * len(heard)
    assert heard[-1].parts_done == heard[-1].parts


def test_the_protocol_is_one_line_for_each_part_and_one_at_the_end() -> None:
    from scheduler.planning.solver import serve

    replies = StringIO()
    serve(['{"parts": []}\n'], replies)

    assert replies.getvalue() == '{"done": true}\n'
