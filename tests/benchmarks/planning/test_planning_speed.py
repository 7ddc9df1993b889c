"""How fast and how good plans are at 5, 15 and 40 forums, beside greedy alone.

The limits of 0.3, 1 and 4 seconds are 7.5, 25 and 100 units of `yardstick`.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from time import perf_counter, process_time
from typing import Any

import pytest

from scheduler.planning import (
    DaySolver,
    Method,
    Proposal,
    Status,
    propose,
)
from scheduler.planning.improve import Improved, improved
from scheduler.planning.propose import first_plan
from tests.benchmarks.planning.yardstick import say, yardstick
from tests.unit.planning.generated import municipality

SEEDS = (1, 2, 3, 4)
UNITS_OF_BEST = {5: 7.5, 15: 25.0, 40: 100.0}
UNITS_OF_FIRST = 2.5
LARGEST_GAP = 0.015


def seconds_and_plan(forums: int, seed: int, **options: Any) -> tuple[float, Proposal]:
    year = municipality(seed, forums=forums)
    began = perf_counter()
    proposal = propose(year, **options)
    return perf_counter() - began, proposal


@pytest.mark.parametrize("forums", [5, 15, 40])
def test_a_first_plan_needs_no_solver_and_hardly_any_time(forums: int) -> None:
    years = [municipality(seed, forums=forums) for seed in SEEDS]
    times = []
    for year in years:
        began = process_time()
        propose(year)
        times.append(process_time() - began)

    ratio = median(times) / yardstick(process_time)
    say(f"first plan, {forums} forums: {1000 * median(times):.0f} ms, {ratio:.2f} units")
    assert ratio < UNITS_OF_FIRST


@pytest.mark.parametrize("forums", [5, 15, 40])
def test_the_best_dates_are_proven_in_a_warm_process(forums: int, solver: DaySolver) -> None:
    one = yardstick(perf_counter)
    found = [seconds_and_plan(forums, seed, method=Method.BEST, solver=solver) for seed in SEEDS]
    one = max(one, yardstick(perf_counter))
    times = [seconds for seconds, _ in found]
    meetings = [len(proposal.meetings) for _, proposal in found]

    say(
        f"best plan, {forums} forums, {min(meetings)}-{max(meetings)} meetings: "
        f"median {median(times):.2f} s, worst {max(times):.2f} s, {median(times) / one:.0f} units"
    )
    assert [proposal.status for _, proposal in found] == [Status.OPTIMAL] * len(SEEDS)
    assert median(times) / one < UNITS_OF_BEST[forums]


@pytest.mark.parametrize("forums", [5, 15, 40])
def test_the_whole_plan_is_near_the_joint_bound(forums: int, solver: DaySolver) -> None:
    """The proven cost of dates is a bound on dates and times together: times cost nothing less."""
    gaps, greedy = [], []
    for seed in SEEDS:
        problem, placement = first_plan(municipality(seed, forums=forums))
        best = improved(problem, placement, solver=solver, limit=10)
        whole = _whole(best)
        gaps.append((whole - best.bound) / best.bound)
        greedy.append((placement.cost - whole) / whole)
        assert whole <= placement.cost

    say(
        f"whole plan, {forums} forums: at most {100 * max(gaps):.2f} % over the joint bound; "
        f"greedy is {100 * min(greedy):.1f} to {100 * max(greedy):.1f} % worse"
    )
    assert max(gaps) <= LARGEST_GAP


def _whole(best: Improved) -> int:
    assert best.placement is not None
    return best.placement.cost


def test_the_same_dates_come_out_on_every_run() -> None:
    def dates(proposal: Proposal) -> Sequence[tuple[object, ...]]:
        return [(m.forum, m.number, m.date, m.start) for m in proposal.meetings]

    year = municipality(2, forums=15)
    runs = [dates(propose(year, method=Method.BEST)) for _ in range(3)]

    assert runs == [runs[0]] * 3
