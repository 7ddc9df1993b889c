"""A date is lost: who must move, and who may stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from scheduler.domain.cadence.kinds import CadenceUnit, Weekday
from scheduler.domain.enums import ClosedKind
from scheduler.planning import (
    ClosedSpan,
    DaySolver,
    FixedWhy,
    ForumInput,
    PlacedMeeting,
    Proposal,
    ReasonCode,
    Replan,
    ReplanMethod,
    SeatInput,
    StandingMeeting,
    YearInput,
    propose,
    replan,
)
from tests.unit.planning.generated import (
    counted,
    every_weeks,
    municipality,
    small_municipality,
)
from tests.unit.planning.rules import broken_rules


@pytest.fixture(scope="module")
def solver() -> Iterator[DaySolver]:
    with DaySolver() as process:
        yield process


def standing(proposal: Proposal) -> list[StandingMeeting]:
    return [
        StandingMeeting(
            id=f"{m.forum}/{m.unit}/{m.number}",
            forum=m.forum,
            unit=m.unit,
            number=m.number,
            date=m.date,
            start=m.start,
            end=m.end,
            place=m.place,
            why=FixedWhy.HAND if m.kept else None,
            guests=m.guests,
        )
        for m in proposal.meetings
    ]


def after(proposal: Proposal, result: Replan) -> Proposal:
    moved = {(c.meeting.key, c.meeting.number): c.meeting for c in result.changes if c.meeting}
    meetings = tuple(moved.get((m.key, m.number), m) for m in proposal.meetings)
    return replace(proposal, meetings=meetings)


def march(day: int) -> date:
    return date(2027, 3, day)


def monthly_friday(slug: str, *outside: date) -> ForumInput:
    """A forum of one person's that meets once in March, on a Friday that is not excluded."""
    return ForumInput(
        slug=slug,
        name=slug.capitalize(),
        cadence=counted(CadenceUnit.MONTH, 1, 1),
        duration=timedelta(hours=2),
        weekday=Weekday.FRI,
        starts=time(9),
        seats=(SeatInput("leder"),),
        exclusions=tuple((day, day) for day in outside),
    )


def only_march(*forums: ForumInput) -> YearInput:
    return YearInput("bamble", march(1), march(31), forums)


def stands(slug: str, day: int, why: FixedWhy | None = None) -> StandingMeeting:
    return StandingMeeting(slug, slug, None, 1, march(day), time(9), time(11), None, why)


def moves(result: Replan) -> dict[str, tuple[int, ReasonCode]]:
    found: dict[str, tuple[int, ReasonCode]] = {}
    for change in result.changes:
        assert isinstance(change.meeting, PlacedMeeting)
        (reason,) = change.meeting.reasons
        found[change.meeting.forum] = (change.meeting.date.day, reason.code)
    return found


def test_the_lost_meeting_moves_alone_when_it_can() -> None:
    year = only_march(monthly_friday("tog"), monthly_friday("råd"))

    result = replan(year, [stands("tog", 12), stands("råd", 19)], {"tog"})

    assert result.method is ReplanMethod.KEPT_ALL_ELSE
    assert moves(result) == {"tog": (5, ReasonCode.LOST_DATE)}


def test_another_meeting_makes_room_when_nothing_else_helps(solver: DaySolver) -> None:
    squeezed = monthly_friday("tog", march(5), march(26))
    year = only_march(squeezed, monthly_friday("råd", march(26)))

    result = replan(year, [stands("tog", 12), stands("råd", 19)], {"tog"}, solver=solver)

    assert result.method is ReplanMethod.LEAST_CHANGE
    assert moves(result) == {
        "tog": (19, ReasonCode.LOST_DATE),
        "råd": (12, ReasonCode.MADE_ROOM),
    }


def test_what_is_published_moves_last(solver: DaySolver) -> None:
    squeezed = monthly_friday("tog", march(5))
    meetings = [
        stands("tog", 12),
        stands("råd", 19, FixedWhy.PUBLISHED),
        stands("utvalg", 26),
    ]
    year = only_march(squeezed, monthly_friday("råd"), monthly_friday("utvalg"))

    result = replan(year, meetings, {"tog"}, solver=solver)

    assert set(moves(result)) == {"tog", "utvalg"}


def test_a_meeting_set_by_hand_never_moves(solver: DaySolver) -> None:
    squeezed = monthly_friday("tog", march(5), march(26))
    year = only_march(squeezed, monthly_friday("råd"))
    meetings = [stands("tog", 12), stands("råd", 19, FixedWhy.HAND)]

    result = replan(year, meetings, {"tog"}, solver=solver)

    assert result.method is ReplanMethod.IMPOSSIBLE
    assert [(u.forum, u.reasons[0].code) for u in result.unmet] == [
        ("tog", ReasonCode.NO_OTHER_DATE)
    ]
    assert result.changes == ()


def test_a_lost_meeting_set_by_hand_is_left_to_a_person() -> None:
    result = replan(only_march(monthly_friday("tog")), [stands("tog", 12, FixedWhy.HAND)], {"tog"})

    assert [u.reasons[0].code for u in result.unmet] == [ReasonCode.LOST_BY_HAND]


def test_a_new_closed_period_loses_the_dates_in_it() -> None:
    closed = ClosedSpan(march(12), march(12), ClosedKind.LOCAL, "plandag")
    year = replace(only_march(monthly_friday("tog")), closed=(closed,))

    assert moves(replan(year, [stands("tog", 12)])) == {"tog": (5, ReasonCode.LOST_DATE)}


def test_nothing_lost_changes_nothing() -> None:
    result = replan(only_march(monthly_friday("tog")), [stands("tog", 12)])

    assert (result.method, result.changes) == (ReplanMethod.NOTHING_LOST, ())


def fortnightly(**values: object) -> tuple[YearInput, list[StandingMeeting]]:
    """A team with a meeting every other Friday from 5 March to 16 April."""
    team = replace(
        monthly_friday("team"), cadence=every_weeks(2, Weekday.FRI), weekday=None, starts=None
    )
    year = YearInput("sor-fron", march(1), date(2027, 4, 30), (replace(team, **values),))
    days = [march(5) + timedelta(days=14 * n) for n in range(4)]
    meetings = [
        StandingMeeting(str(at), "team", None, at, day, time(9), time(11), None)
        for at, day in enumerate(days, start=1)
    ]
    return year, meetings


def test_a_friday_team_that_loses_a_friday_meets_on_the_friday_before_or_after() -> None:
    year, meetings = fortnightly()

    result = replan(year, meetings, {"2"})

    assert result.method is ReplanMethod.KEPT_ALL_ELSE
    assert [c.meeting.date for c in result.changes if c.meeting] == [march(12)]


def test_a_friday_team_without_a_free_friday_is_left_to_a_person_and_never_meets_midweek() -> None:
    year, meetings = fortnightly(exclusions=((march(8), march(12)), (march(22), march(27))))

    result = replan(year, meetings, {"2"})

    assert result.changes == ()
    assert [u.reasons[0].code for u in result.unmet] == [ReasonCode.NO_OTHER_DATE]


def test_a_team_without_a_stated_weekday_keeps_its_habit_if_it_can() -> None:
    free = {"cadence": every_weeks(2)}
    year, meetings = fortnightly(**free)
    pressed, _ = fortnightly(**free, exclusions=((march(8), march(12)), (march(22), march(27))))

    kept = replan(year, meetings, {"2"})
    left = replan(pressed, meetings, {"2"})

    assert [c.meeting.date for c in kept.changes if c.meeting] == [march(12)]
    assert [c.meeting.date for c in left.changes if c.meeting] == [march(18)]


def test_a_forum_of_a_few_meetings_keeps_the_weekday_of_the_others() -> None:
    council = replace(monthly_friday("råd"), weekday=None, cadence=counted(CadenceUnit.YEAR, 3, 3))
    year = YearInput("bamble", date(2027, 1, 1), date(2027, 12, 31), (council,))
    days = [date(2027, 2, 4), date(2027, 6, 3), date(2027, 10, 7)]
    meetings = [
        StandingMeeting(str(at), "råd", None, at, day, time(9), time(11), None)
        for at, day in enumerate(days, start=1)
    ]

    result = replan(year, meetings, {"2"})

    (moved,) = [c.meeting.date for c in result.changes if c.meeting]
    assert (moved.isoweekday(), abs((moved - days[1]).days)) == (4, 7)


@pytest.mark.parametrize("seed", range(20))
def test_a_year_with_a_date_lost_still_breaks_no_rule(seed: int, solver: DaySolver) -> None:
    year = replace(small_municipality(seed), plan_from=None)
    proposal = propose(year)
    planned = [m for m in standing(proposal) if m.why is None]
    lost = planned[(7 * seed) % len(planned)]

    result = replan(year, standing(proposal), {lost.id}, solver=solver)

    counted_forums = {f.slug for f in year.forums if f.cadence.unit is not CadenceUnit.WEEK}
    broken = broken_rules(year, after(proposal, result))
    # A meeting that moves into another month takes its monthly guests with it.
    hard = [b for b in broken if "monthly guests" not in b]
    assert [b for b in hard if b.split()[0] in counted_forums or "in " in b[:4]] == []
    stays = lost.date in [m.date for m in after(proposal, result).meetings if _is(m, lost)]
    # A weekly team has no other day of its weekday: that is left to a person.
    assert stays == (result.method is ReplanMethod.IMPOSSIBLE)
    assert not stays or (lost.forum, result.changes) == (result.unmet[0].forum, ())


def test_most_lost_dates_in_a_large_year_move_nobody_else() -> None:
    year = municipality(1, forums=15)
    proposal = propose(year)
    meetings = standing(proposal)

    methods = [replan(year, meetings, {m.id}).method for m in meetings[::4]]

    assert methods.count(ReplanMethod.KEPT_ALL_ELSE) >= len(methods) - 1


def _is(meeting: PlacedMeeting, lost: StandingMeeting) -> bool:
    return (meeting.key, meeting.number) == (lost.key, lost.number)
