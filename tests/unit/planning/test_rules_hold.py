"""Two hundred made-up municipalities, judged by a checker that shares no code with the planner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time
from functools import cache

import pytest

from scheduler.domain.enums import AttendanceRule
from scheduler.planning import DaySolver, Method, Proposal, Status, propose
from tests.unit.planning.generated import small_municipality
from tests.unit.planning.rules import broken_rules

MUNICIPALITIES = 200
WITH_SOLVER = 40


@pytest.fixture(scope="module")
def solver() -> Iterator[DaySolver]:
    with DaySolver() as process:
        yield process


@cache
def first_plan(seed: int) -> Proposal:
    return propose(small_municipality(seed))


def dated(proposal: Proposal) -> list[tuple[object, ...]]:
    return [(m.forum, m.unit, m.number, m.date, m.start) for m in proposal.meetings]


@pytest.mark.parametrize("tens", range(MUNICIPALITIES // 10))
def test_the_first_plan_breaks_no_rule(tens: int) -> None:
    for seed in range(10 * tens, 10 * tens + 10):
        year = small_municipality(seed)
        assert (seed, broken_rules(year, first_plan(seed))) == (seed, [])


def test_few_made_up_municipalities_are_impossible() -> None:
    statuses = [first_plan(seed).status for seed in range(MUNICIPALITIES)]

    assert statuses.count(Status.INFEASIBLE) < MUNICIPALITIES / 10


def test_the_best_plan_breaks_no_rule_and_is_never_worse(solver: DaySolver) -> None:
    for seed in range(WITH_SOLVER):
        year = small_municipality(seed)
        first = first_plan(seed)
        best = propose(year, method=Method.BEST, solver=solver)

        assert (seed, broken_rules(year, best)) == (seed, [])
        if first.status is Status.INFEASIBLE or len(first.meetings) != len(best.meetings):
            assert len(best.meetings) >= len(first.meetings)
        else:
            assert first.bound <= best.bound <= best.objective <= first.objective


def test_a_solver_that_has_worked_gives_the_same_dates_as_a_new_one(solver: DaySolver) -> None:
    year = small_municipality(7)
    used = propose(year, method=Method.BEST, solver=solver)

    assert dated(propose(year, method=Method.BEST)) == dated(used)


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"date": date(2027, 5, 17)}, "is closed"),
        ({"date": date(2027, 5, 16)}, "is on a weekend"),
        ({"date": date(2026, 12, 1)}, "is outside the period"),
        ({"start": time(6)}, "starts "),
        ({"number": 9}, "is numbered"),
    ],
)
def test_the_judge_sees_what_is_wrong(change: dict[str, object], broken: str) -> None:
    year, proposal = small_municipality(3), first_plan(3)
    first, *rest = proposal.meetings
    spoilt = replace(proposal, meetings=(replace(first, **change), *rest))

    assert any(broken in rule for rule in broken_rules(year, spoilt))


def test_the_judge_sees_a_person_in_two_meetings() -> None:
    year, proposal = small_municipality(3), first_plan(3)
    forums = {(forum.slug, forum.unit): forum for forum in year.forums}
    people = {
        key: {s.busy_unit for s in forum.seats if s.attends is AttendanceRule.EVERY_MEETING}
        for key, forum in forums.items()
    }
    one, other = next(
        (a, b)
        for a in proposal.meetings
        for b in proposal.meetings
        if a.key < b.key and people[a.key] & people[b.key]
    )
    clash = replace(other, date=one.date, start=one.start, end=one.end)
    meetings = tuple(clash if m is other else m for m in proposal.meetings)

    broken = broken_rules(year, replace(proposal, meetings=meetings))

    assert [rule for rule in broken if {one.forum, other.forum} <= set(rule.split())] != []
