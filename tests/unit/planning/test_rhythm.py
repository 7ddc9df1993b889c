"""What the words of a cadence ask of a period, seen in the dates that come out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from scheduler.domain.cadence import (
    Cadence,
    CadenceKind,
    CadenceUnit,
    Season,
    Weekday,
    WeekParity,
    occurrences,
)
from scheduler.domain.enums import ClosedDayRule, ClosedKind, LinkKind
from scheduler.planning import (
    ClosedSpan,
    FixedMeeting,
    FixedWhy,
    ForumInput,
    LastYearDate,
    LinkInput,
    Reason,
    ReasonCode,
    SeatInput,
    Status,
    YearInput,
    propose,
)
from tests.unit.planning.generated import CLOSED_2027, counted, every_weeks

YEAR, MONTH, SEMESTER = CadenceUnit.YEAR, CadenceUnit.MONTH, CadenceUnit.SEMESTER


def forum(cadence: Cadence, **values: object) -> ForumInput:
    return ForumInput(
        **{
            "slug": "råd",
            "name": "Råd, barn og unge",
            "cadence": cadence,
            "duration": timedelta(hours=1),
            **values,
        }
    )


def calendar_year(*forums: ForumInput, **values: object) -> YearInput:
    period = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    return YearInput(
        **{"municipality": "hemsedal", **period, "forums": forums, "closed": CLOSED_2027, **values}
    )


def dates(year: YearInput) -> list[date]:
    return [meeting.date for meeting in propose(year).meetings]


def test_once_a_semester_in_a_school_year_is_autumn_first() -> None:
    year = calendar_year(
        forum(counted(SEMESTER, 1, 1)), starts_on=date(2027, 8, 1), ends_on=date(2028, 7, 31)
    )

    found = dates(year)

    assert [(day.year, day.month <= 6) for day in found] == [(2027, False), (2028, True)]


def test_four_before_christmas_and_two_after() -> None:
    cadence = Cadence(
        kind=CadenceKind.RECURRENCE,
        season_counts=((Season.AUTUMN, 4), (Season.SPRING, 2)),
    )

    found = dates(calendar_year(forum(cadence)))

    assert [day.month > 7 for day in found] == [False, False, True, True, True, True]


def test_the_second_tuesday_of_each_month_stays_there() -> None:
    cadence = replace(counted(MONTH, 1, 1), weekdays=(Weekday.TUE,), ordinal=2)

    found = dates(calendar_year(forum(cadence), closed=()))

    assert [(day.month, day.isoweekday(), (day.day - 1) // 7) for day in found] == [
        (month, 2, 1) for month in range(1, 13)
    ]


def test_the_last_thursday_of_october_is_one_date() -> None:
    cadence = replace(counted(YEAR, 1, 1), weekdays=(Weekday.THU,), ordinal=-1, months=(10,))

    assert dates(calendar_year(forum(cadence))) == [date(2027, 10, 28)]


def test_even_weeks_and_every_second_week_part_over_a_year_of_53_weeks() -> None:
    winter = {"starts_on": date(2026, 12, 1), "ends_on": date(2027, 1, 31), "closed": ()}
    even = replace(every_weeks(2, Weekday.THU), week_parity=WeekParity.EVEN)
    by_anchor = forum(every_weeks(2, Weekday.THU), anchor_on=date(2026, 12, 10))

    assert dates(calendar_year(forum(even), **winter))[1:3] == [
        date(2026, 12, 24),
        date(2027, 1, 14),
    ]
    assert dates(calendar_year(by_anchor, **winter))[1:3] == [
        date(2026, 12, 24),
        date(2027, 1, 7),
    ]


def test_every_second_week_runs_on_from_last_year() -> None:
    year = calendar_year(
        forum(every_weeks(2, Weekday.FRI)),
        closed=(),
        last_year=(LastYearDate("råd", None, date(2026, 12, 18)),),
    )

    assert dates(year)[0] == date(2027, 1, 1)


def test_two_teams_with_one_coordinator_take_every_other_week_each() -> None:
    teams = [
        forum(
            every_weeks(2, Weekday.FRI),
            slug=slug,
            starts=time(9),
            seats=(SeatInput("koordinator"),),
        )
        for slug in ("familieteam", "innsatsteam")
    ]

    proposal = propose(calendar_year(*teams, closed=()))
    weeks = {
        slug: {(m.date.toordinal() - 1) // 7 % 2 for m in proposal.meetings if m.forum == slug}
        for slug in ("familieteam", "innsatsteam")
    }

    assert proposal.status is Status.OPTIMAL
    assert weeks["familieteam"].isdisjoint(weeks["innsatsteam"])


def test_every_third_year_needs_to_know_when_it_was_last_done() -> None:
    cadence = replace(counted(YEAR, 1, 1), interval=3)

    unknown = propose(calendar_year(forum(cadence)))
    known = propose(calendar_year(forum(cadence, anchor_on=date(2024, 5, 2))))
    not_due = propose(calendar_year(forum(cadence, anchor_on=date(2025, 5, 2))))

    assert [u.reasons for u in unknown.unmet] == [(Reason(ReasonCode.UNKNOWN_ANCHOR, count=3),)]
    assert len(known.meetings) == 1
    assert (not_due.meetings, not_due.unmet) == ((), ())


def test_named_months_apart_are_a_meeting_each() -> None:
    cadence = Cadence(kind=CadenceKind.WINDOW, months=(3, 10))

    assert [day.month for day in dates(calendar_year(forum(cadence)))] == [3, 10]


def test_a_month_without_an_open_day_is_left_out_with_a_note() -> None:
    proposal = propose(calendar_year(forum(counted(MONTH, 1, 1))))

    assert [m.date.month for m in proposal.meetings] == [1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12]
    assert [note.reasons for note in proposal.notes] == [
        (Reason(ReasonCode.PERIOD_CLOSED, on=date(2027, 7, 1), until=date(2027, 7, 31)),)
    ]


def test_a_year_begun_already_gets_its_share_of_the_meetings() -> None:
    year = calendar_year(forum(counted(YEAR, 4, 4)), plan_from=date(2027, 7, 1))

    assert [day.month for day in dates(year)] == [8, 11]
    assert [note.reasons for note in propose(year).notes] == [
        (Reason(ReasonCode.TOO_LATE, count=2, wanted=4),)
    ]


def test_the_only_meeting_of_a_year_is_held_even_when_it_is_late() -> None:
    year = calendar_year(forum(counted(YEAR, 1, 1)), plan_from=date(2027, 11, 1))

    assert [day.month in (11, 12) for day in dates(year)] == [True]


def test_a_forum_that_does_not_heed_the_school_break_meets_in_it() -> None:
    closed = (
        ClosedSpan(date(2027, 1, 1), date(2027, 12, 31), ClosedKind.SCHOOL_BREAK, "skoleferie"),
    )
    heeds = forum(counted(YEAR, 1, 1))
    works = replace(heeds, closed_kinds=frozenset({ClosedKind.PUBLIC_HOLIDAY}))

    assert len(dates(calendar_year(works, closed=closed))) == 1
    assert propose(calendar_year(heeds, closed=closed)).status is Status.INFEASIBLE


@pytest.mark.parametrize("core", [(time(8), time(15, 30)), (time(12), time(15))])
def test_a_forum_without_a_time_meets_within_core_time(core: tuple[time, time]) -> None:
    proposal = propose(calendar_year(forum(counted(YEAR, 2, 2)), core_time=core))

    assert [core[0] <= m.start and m.end <= core[1] for m in proposal.meetings] == [True, True]


def test_a_rhythm_of_its_own_that_cannot_heed_a_link_is_noted() -> None:
    team = forum(every_weeks(2, Weekday.FRI), slug="team", anchor_on=date(2027, 1, 8))
    group = forum(counted(YEAR, 1, 1))
    follows = LinkInput(LinkKind.AFTER, "råd", "team", 1)
    known = LastYearDate("råd", None, date(2026, 11, 3))

    proposal = propose(calendar_year(team, group, links=(follows,), last_year=(known,), closed=()))

    assert [note.reasons[0].code for note in proposal.notes if note.forum == "team"] == [
        ReasonCode.LINK_NOT_KEPT
    ]


def test_a_year_planned_again_keeps_the_weeks_that_were_published() -> None:
    kept = FixedMeeting(
        date=date(2027, 1, 14),
        start=time(9),
        end=time(10),
        busy_units=frozenset(),
        why=FixedWhy.PUBLISHED,
        forum="råd",
        number=1,
    )

    found = dates(
        calendar_year(forum(every_weeks(2)), fixed=(kept,), closed=(), plan_from=date(2027, 1, 20))
    )

    assert found[:3] == [date(2027, 1, 14), date(2027, 1, 28), date(2027, 2, 11)]


AUTUMN = ((8, 15), (10, 15))
OVER_NEW_YEAR = ((11, 1), (2, 15))


@pytest.mark.parametrize(
    ("between", "months", "count"),
    [(AUTUMN, (8, 9, 10), 1), (AUTUMN, (8, 9, 10), 2), (OVER_NEW_YEAR, (11, 12, 1, 2), 2)],
)
def test_a_yearly_meeting_lies_between_the_days_that_the_words_name(
    between: tuple[tuple[int, int], ...], months: tuple[int, ...], count: int
) -> None:
    cadence = replace(counted(YEAR, count, count), between=between, months=months)

    found = dates(calendar_year(forum(cadence)))

    first, last = between
    inside = [
        first <= (day.month, day.day) <= last
        if first < last
        else not last < (day.month, day.day) < first
        for day in found
    ]
    assert inside == [True] * count


def test_a_window_between_two_days_is_one_meeting_within_them() -> None:
    cadence = Cadence(kind=CadenceKind.WINDOW, months=(8, 9, 10), between=AUTUMN)

    (day,) = dates(calendar_year(forum(cadence)))

    assert date(2027, 8, 15) <= day <= date(2027, 10, 15)


def test_a_weekly_team_keeps_to_the_part_of_the_year_it_is_said_to_meet_in() -> None:
    cadence = replace(every_weeks(2, Weekday.FRI), months=(8, 9, 10), between=AUTUMN)

    found = dates(calendar_year(forum(cadence, anchor_on=date(2027, 8, 20)), closed=()))

    assert found == [date(2027, 8, 20) + timedelta(days=14 * n) for n in range(5)]


def test_a_quarterly_forum_meets_four_times_in_a_school_year() -> None:
    year = calendar_year(
        forum(counted(CadenceUnit.QUARTER, 1, 1)),
        starts_on=date(2027, 8, 1),
        ends_on=date(2028, 7, 31),
        closed=(),
    )

    assert [(day.year, (day.month - 1) // 3) for day in dates(year)] == [
        (2027, 2),
        (2027, 3),
        (2028, 0),
        (2028, 1),
    ]


def test_every_second_month_goes_on_from_the_month_it_was_last_held() -> None:
    cadence = replace(counted(MONTH, 1, 1), interval=2)
    last = LastYearDate("råd", None, date(2026, 11, 10))

    odd = dates(calendar_year(forum(cadence), closed=(), last_year=(last,)))
    even = dates(calendar_year(forum(cadence, anchor_on=date(2026, 12, 1)), closed=()))

    assert [day.month for day in odd] == [1, 3, 5, 7, 9, 11]
    assert [day.month for day in even] == [2, 4, 6, 8, 10, 12]


def test_a_forum_that_meets_from_august_to_may_has_nothing_to_say_of_the_summer() -> None:
    cadence = replace(counted(MONTH, 1, 1), months=(1, 2, 3, 4, 5, 8, 9, 10, 11, 12))

    proposal = propose(calendar_year(forum(cadence)))

    assert [m.date.month for m in proposal.meetings] == [1, 2, 3, 4, 5, 8, 9, 10, 11, 12]
    assert proposal.notes == ()


SAME_IN_BOTH = [
    every_weeks(1, Weekday.TUE),
    every_weeks(2, Weekday.FRI),
    every_weeks(3, Weekday.MON),
    replace(every_weeks(2, Weekday.THU), week_parity=WeekParity.EVEN),
    replace(every_weeks(2, Weekday.THU), interval=1, months=(1, 2, 9), between=((9, 10), (2, 3))),
    replace(every_weeks(1, Weekday.WED), except_months=(7,), except_weeks=(8, 40)),
    replace(every_weeks(1, Weekday.WED), seasons=(Season.AUTUMN,)),
    replace(counted(MONTH, 1, 1), weekdays=(Weekday.TUE,), ordinal=1),
    replace(counted(MONTH, 1, 1), weekdays=(Weekday.THU,), ordinal=-1),
    replace(counted(MONTH, 1, 1), weekdays=(Weekday.FRI,), ordinal=5),
    replace(counted(MONTH, 2, 2), weekdays=(Weekday.TUE,), ordinal=1, more_ordinals=(1, 3)),
    replace(counted(MONTH, 1, 1), interval=2, weekdays=(Weekday.MON,), ordinal=2),
    replace(counted(CadenceUnit.QUARTER, 1, 1), weekdays=(Weekday.MON,), ordinal=1),
    replace(counted(YEAR, 1, 1), weekdays=(Weekday.THU,), ordinal=-1, months=(10,)),
]


@pytest.mark.parametrize("period", [(2027, 1), (2027, 8)])
@pytest.mark.parametrize("cadence", SAME_IN_BOTH)
def test_the_planner_and_the_reader_of_rhythms_give_the_same_dates(
    cadence: Cadence, period: tuple[int, int]
) -> None:
    starts_on = date(*period, 1)
    ends_on = date(starts_on.year + 1, starts_on.month, 1) - timedelta(days=1)
    anchor = date(2026, 11, 13)
    said = occurrences(
        cadence,
        starts_on=starts_on,
        ends_on=ends_on,
        anchor_on=anchor,
        is_closed=lambda _: False,
        on_closed=ClosedDayRule.SKIP,
    )

    found = dates(
        calendar_year(
            forum(cadence, anchor_on=anchor), starts_on=starts_on, ends_on=ends_on, closed=()
        )
    )

    assert found == [one.date for one in said.dates]
    assert found != []


def test_last_year_is_copied_with_its_weekday() -> None:
    past = tuple(
        LastYearDate("råd", None, day)
        for day in (date(2026, 2, 12), date(2026, 6, 11), date(2026, 10, 13), date(2026, 12, 3))
    )

    found = dates(calendar_year(forum(counted(YEAR, 4, 4)), last_year=past, closed=()))

    assert [day.isoweekday() for day in found] == [4, 4, 4, 4]


def test_dates_set_by_others_are_worked_around_and_followed() -> None:
    council = [date(2027, 3, 11), date(2027, 9, 23)]
    fixed = tuple(
        FixedMeeting(
            day, time(9), time(15), frozenset({"leder"}), FixedWhy.OTHERS, "kommunestyret", None, at
        )
        for at, day in enumerate(council, start=1)
    )
    group = forum(counted(YEAR, 2, 2), seats=(SeatInput("leder"),), starts=time(10))
    link = LinkInput(LinkKind.RECEIVES_MINUTES, "kommunestyret", "råd", 14)

    proposal = propose(calendar_year(group, fixed=fixed, links=(link,)))

    found = [m.date for m in proposal.meetings]
    assert proposal.status is not Status.INFEASIBLE
    assert [any((day - held).days >= 14 for held in council) for day in found] == [True, True]
    assert not set(found) & set(council)


def test_a_room_is_used_by_one_forum_at_a_time() -> None:
    forums = [
        forum(
            counted(MONTH, 1, 1),
            slug=slug,
            place="Formannskapssalen",
            weekday=Weekday.TUE,
            starts=time(9),
        )
        for slug in ("råd", "utvalg", "nettverk")
    ]

    proposal = propose(calendar_year(*forums, closed=()))

    held = [m.date for m in proposal.meetings]
    assert (len(held), len(set(held))) == (36, 36)
