"""A rhythm without a weekday or without known weeks is chosen with the rest of the year in mind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from scheduler.domain.cadence.kinds import CadenceUnit, Weekday
from scheduler.planning import (
    DaySolver,
    FixedMeeting,
    FixedWhy,
    ForumInput,
    Method,
    Proposal,
    SeatInput,
    Status,
    YearInput,
    propose,
)
from tests.unit.planning.generated import CLOSED_2027, counted, every_weeks

WEEKLY = ForumInput(
    slug="team",
    name="Team, hver uke",
    cadence=every_weeks(1),
    duration=timedelta(hours=2),
    starts=time(9),
    seats=(SeatInput("leder"),),
)
MONTHLY = ForumInput(
    slug="råd",
    name="Råd",
    cadence=counted(CadenceUnit.MONTH, 1, 1),
    duration=timedelta(hours=2),
    weekday=Weekday.TUE,
    starts=time(9),
    seats=(SeatInput("leder"),),
)


@pytest.fixture(scope="module")
def solver() -> Iterator[DaySolver]:
    with DaySolver() as process:
        yield process


def year(*forums: ForumInput, **values: object) -> YearInput:
    return YearInput(
        "hemsedal",
        date(2027, 1, 1),
        date(2027, 12, 31),
        forums,
        **{"closed": CLOSED_2027, **values},
    )


def weekdays(proposal: Proposal, slug: str) -> set[int]:
    return {m.date.isoweekday() for m in proposal.meetings if m.forum == slug}


def weeks(proposal: Proposal, slug: str) -> set[int]:
    days = (m.date for m in proposal.meetings if m.forum == slug)
    return {(day.toordinal() - 1) // 7 % 2 for day in days}


def test_it_gives_way_to_a_forum_that_can_only_meet_on_its_first_choice() -> None:
    assert weekdays(propose(year(WEEKLY)), "team") == {2}

    proposal = propose(year(WEEKLY, MONTHLY))

    assert proposal.status is not Status.INFEASIBLE
    assert (weekdays(proposal, "råd"), weekdays(proposal, "team")) == ({2}, {3})


def test_the_weeks_of_a_fortnightly_team_are_chosen_for_what_others_win(
    solver: DaySolver,
) -> None:
    council = replace(MONTHLY, cadence=counted(CadenceUnit.YEAR, 3, 3))
    team = replace(WEEKLY, cadence=every_weeks(2, Weekday.TUE))

    proposal = propose(year(team, council, closed=()), method=Method.BEST, solver=solver)
    fixed = [
        propose(
            year(replace(team, anchor_on=date(2027, 1, 5 + 7 * week)), council, closed=()),
            method=Method.BEST,
            solver=solver,
        )
        for week in (0, 1)
    ]

    assert len(weeks(proposal, "team")) == 1
    assert proposal.objective == min(each.objective for each in fixed)
    assert proposal.status is Status.OPTIMAL
    assert fixed[0].objective != fixed[1].objective


def test_the_bound_holds_for_the_rhythms_that_were_not_chosen(solver: DaySolver) -> None:
    council = replace(MONTHLY, cadence=counted(CadenceUnit.YEAR, 6, 6))
    teams = [replace(WEEKLY, slug=f"team-{number}", cadence=every_weeks(2)) for number in range(2)]

    proposal = propose(year(*teams, council), method=Method.BEST, solver=solver)
    alone = propose(year(council), method=Method.BEST, solver=solver)

    assert proposal.bound <= alone.objective <= proposal.objective
    assert proposal.gap <= 0.01


def test_a_rhythm_that_was_published_is_kept_even_when_a_meeting_of_it_was_moved() -> None:
    days = [date(2027, 1, 7), date(2027, 1, 20), date(2027, 2, 4)]
    kept = tuple(
        FixedMeeting(
            day, time(9), time(11), frozenset({"leder"}), FixedWhy.PUBLISHED, "team", None, at
        )
        for at, day in enumerate(days, start=1)
    )
    team = replace(WEEKLY, cadence=every_weeks(2))

    proposal = propose(year(team, fixed=kept, plan_from=date(2027, 2, 10)))
    new = [m.date for m in proposal.meetings if not m.kept]

    assert new[:2] == [date(2027, 2, 18), date(2027, 3, 4)]
