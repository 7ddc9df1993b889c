"""Those who attend once a month: at one meeting of each month, and free for others at the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from scheduler.domain.cadence.kinds import CadenceUnit, Weekday
from scheduler.domain.enums import AttendanceRule
from scheduler.domain.language import Language
from scheduler.planning import (
    FixedMeeting,
    FixedWhy,
    ForumInput,
    Proposal,
    SeatInput,
    YearInput,
    propose,
    say_reasons,
)
from tests.unit.planning.generated import counted, every_weeks
from tests.unit.planning.rules import broken_rules

FRIDAYS = [date(2027, 3, day) for day in (5, 12, 19, 26)]
WEEKLY = ForumInput(
    slug="team",
    name="Drøftingsteam",
    cadence=every_weeks(1, Weekday.FRI),
    duration=timedelta(hours=2),
    starts=time(9),
    seats=(SeatInput("leder"), SeatInput("bup", AttendanceRule.ONCE_A_MONTH)),
)


def march(*forums: ForumInput, busy: tuple[date, ...] = ()) -> YearInput:
    fixed = tuple(
        FixedMeeting(day, time(8), time(12), frozenset({"bup"}), FixedWhy.BUSY) for day in busy
    )
    return YearInput("sondre-land", date(2027, 3, 1), date(2027, 3, 31), forums, fixed=fixed)


def visits(proposal: Proposal, slug: str = "team") -> list[date]:
    return [m.date for m in proposal.meetings if m.guests and m.forum == slug]


def test_they_come_to_the_first_meeting_of_the_month() -> None:
    proposal = propose(march(WEEKLY))

    assert [m.date for m in proposal.meetings] == FRIDAYS
    assert visits(proposal) == FRIDAYS[:1]


def test_they_come_to_the_next_when_they_are_elsewhere_and_no_meeting_is_lost() -> None:
    proposal = propose(march(WEEKLY, busy=(FRIDAYS[0], FRIDAYS[1])))

    assert [m.date for m in proposal.meetings] == FRIDAYS
    assert visits(proposal) == [FRIDAYS[2]]


def test_a_month_in_which_they_can_never_come_is_noted() -> None:
    proposal = propose(march(WEEKLY, busy=tuple(FRIDAYS)))

    assert visits(proposal) == []
    assert [say_reasons(note.reasons, Language.BOKMAL) for note in proposal.notes] == [
        "de som er med én gang i måneden, er opptatt på alle møtene i mars"
    ]


def test_another_forum_may_have_them_at_the_hour_of_a_meeting_they_are_not_at() -> None:
    council = ForumInput(
        slug="råd",
        name="Råd",
        cadence=counted(CadenceUnit.MONTH, 1, 1),
        duration=timedelta(hours=1),
        weekday=Weekday.FRI,
        starts=time(10),
        seats=(SeatInput("bup"),),
    )
    year = march(WEEKLY, council)
    proposal = propose(year)

    assert [m.date in FRIDAYS[1:] for m in proposal.meetings if m.forum == "råd"] == [True]
    assert broken_rules(year, proposal) == []


@pytest.mark.parametrize(
    ("cadence", "wanted"),
    [(counted(CadenceUnit.MONTH, 1, 1), 1), (counted(CadenceUnit.MONTH, 3, 3), 1)],
)
def test_of_a_forum_that_meets_so_many_times_they_come_once_a_month(
    cadence: object, wanted: int
) -> None:
    forum = replace(WEEKLY, cadence=cadence, weekday=Weekday.FRI)

    assert len(visits(propose(march(forum)))) == wanted


def test_a_kept_meeting_they_are_at_is_their_visit_of_the_month() -> None:
    kept = FixedMeeting(
        FRIDAYS[1],
        time(9),
        time(11),
        frozenset({"leder", "bup"}),
        FixedWhy.PUBLISHED,
        forum="team",
        number=1,
        guests=True,
    )

    proposal = propose(replace(march(WEEKLY), fixed=(kept,)))

    assert visits(proposal) == [FRIDAYS[1]]
