"""Made-up municipalities of any size: the same seed gives the same year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit, Weekday
from scheduler.domain.enums import AttendanceRule, ClosedDayRule, ClosedKind, LinkKind
from scheduler.planning import (
    ClosedSpan,
    FixedMeeting,
    FixedWhy,
    ForumInput,
    LinkInput,
    SeatInput,
    YearInput,
)

__all__ = ["CLOSED_2027", "counted", "every_weeks", "municipality", "small_municipality"]

YEAR, SEMESTER, MONTH = CadenceUnit.YEAR, CadenceUnit.SEMESTER, CadenceUnit.MONTH


def counted(unit: CadenceUnit, least: int | None, most: int | None) -> Cadence:
    """Return "least-most times per unit"."""
    return Cadence(
        kind=CadenceKind.RECURRENCE, unit=unit, interval=1, count_min=least, count_max=most
    )


def every_weeks(interval: int, *weekdays: Weekday) -> Cadence:
    """Return "every interval-th week" on the weekdays."""
    return Cadence(
        kind=CadenceKind.RECURRENCE,
        unit=CadenceUnit.WEEK,
        interval=interval,
        count_min=1,
        count_max=1,
        weekdays=weekdays,
    )


def _public(day: date, name: str) -> ClosedSpan:
    return ClosedSpan(day, day, ClosedKind.PUBLIC_HOLIDAY, name)


CLOSED_2027 = (
    _public(date(2027, 1, 1), "første nyttårsdag"),
    _public(date(2027, 3, 25), "skjærtorsdag"),
    _public(date(2027, 3, 26), "langfredag"),
    _public(date(2027, 3, 29), "andre påskedag"),
    _public(date(2027, 5, 6), "Kristi himmelfartsdag"),
    _public(date(2027, 5, 17), "grunnlovsdagen"),
    ClosedSpan(date(2027, 2, 22), date(2027, 2, 26), ClosedKind.SCHOOL_BREAK, "vinterferie"),
    ClosedSpan(date(2027, 10, 4), date(2027, 10, 8), ClosedKind.SCHOOL_BREAK, "høstferie"),
    ClosedSpan(date(2027, 7, 1), date(2027, 7, 31), ClosedKind.JOINT_LEAVE, "fellesferie"),
    ClosedSpan(date(2027, 12, 20), date(2027, 12, 31), ClosedKind.CHRISTMAS, "jul"),
)

_RHYTHMS = (
    (counted(YEAR, 2, 2), 6),
    (counted(YEAR, 3, 4), 6),
    (counted(YEAR, 4, 4), 4),
    (counted(YEAR, 6, 6), 3),
    (counted(SEMESTER, 1, 1), 4),
    (counted(SEMESTER, 2, 2), 3),
    (counted(SEMESTER, 2, 3), 2),
    (counted(MONTH, 1, 1), 4),
    (counted(YEAR, 5, 8), 2),
)


def municipality(seed: int, *, forums: int) -> YearInput:
    """Return a year with counted forums whose members sit in many of them.

    A fifth of the people sit in half of the forums, half of the forums have a weekday and two
    in three a time, so that good dates are fought over; 40 forums give about 200 meetings.
    """
    random = Random(seed)  # noqa: S311 - made-up data, no secret.
    people = [f"stilling-{number}" for number in range(6 + forums)]
    leaders = people[: max(2, len(people) // 5)]
    made = []
    for number in range(forums):
        cadence = random.choices(
            [cadence for cadence, _ in _RHYTHMS], [weight for _, weight in _RHYTHMS]
        )[0]
        seats = {random.choice(leaders), random.choice(leaders), *random.sample(people, 3)}
        made.append(
            ForumInput(
                slug=f"forum-{number:02d}",
                name=f"Forum {number}",
                cadence=cadence,
                duration=timedelta(hours=random.choice((1, 2, 2, 3))),
                weekday=random.choice(list(Weekday)[:5]) if random.random() < 0.5 else None,
                starts=time(random.choice((9, 10, 12, 13))) if random.random() < 0.67 else None,
                place="Rådhuset, møterom 1" if random.random() < 0.2 else None,
                seats=tuple(SeatInput(name) for name in sorted(seats)),
            )
        )
    links = []
    for number in range(forums // 5):
        source, target = made[2 * number], made[2 * number + 1]
        if target.cadence.unit is YEAR and target.cadence.count_max in (2, 4):
            links.append(
                LinkInput(
                    LinkKind.RECEIVES_MINUTES, source.slug, target.slug, random.choice((7, 14))
                )
            )
        elif source.cadence.unit is target.cadence.unit is SEMESTER:
            links.append(LinkInput(LinkKind.AFTER, source.slug, target.slug, 7))
    council = tuple(
        FixedMeeting(
            date=day,
            start=time(9),
            end=time(15),
            busy_units=frozenset(leaders[:2]),
            why=FixedWhy.BUSY,
        )
        for month in (2, 3, 4, 5, 6, 9, 10, 11, 12)
        for day in [date(2027, month, 15)]
    )
    return YearInput(
        municipality=f"kommune-{seed}",
        starts_on=date(2027, 1, 1),
        ends_on=date(2027, 12, 31),
        forums=tuple(made),
        links=tuple(links),
        fixed=council,
        closed=CLOSED_2027,
    )


def small_municipality(seed: int) -> YearInput:
    """Return a year of three to eight forums with everything that a real one may have.

    Rhythms of their own, forums per unit, links, a year begun already, kept meetings, forums
    that do not heed a school break, and seats on call.
    """
    random = Random(seed)  # noqa: S311 - made-up data, no secret.
    year = municipality(seed, forums=random.randint(3, 8))
    made = list(year.forums)
    for number in range(random.randint(0, 2)):
        weekday = random.choice(list(Weekday)[:5])
        made.append(
            ForumInput(
                slug=f"team-{number}",
                name=f"Team {number}",
                cadence=every_weeks(random.choice((1, 2, 2, 3)), weekday),
                duration=timedelta(hours=1),
                starts=time(8),
                seats=(SeatInput(f"stilling-{number + 5}"),),
                on_closed=random.choice(list(ClosedDayRule)),
                anchor_on=random.choice((None, date(2026, 12, 7))),
                case_level=True,
            )
        )
    if random.random() < 0.5:
        made.extend(
            ForumInput(
                slug="ppt",
                name="PPT og skole",
                cadence=counted(MONTH, 1, 1),
                duration=timedelta(hours=1),
                unit=unit,
                unit_name=unit.capitalize(),
                seats=(SeatInput("ppt"), SeatInput(f"rektor@{unit}")),
            )
            for unit in ("fåberg", "ål")
        )
    forums = tuple(_varied(random, forum) for forum in made)
    start = random.choice((None, None, date(2027, 3, 15)))
    kept = []
    if random.random() < 0.5:
        own = forums[0]
        day = date(2027, 5, random.choice((3, 4, 5, 11, 12)))
        kept.append(
            FixedMeeting(
                date=day,
                start=time(12),
                end=time(14),
                busy_units=frozenset(seat.busy_unit for seat in own.seats),
                why=random.choice((FixedWhy.HAND, FixedWhy.PUBLISHED)),
                forum=own.slug,
                number=1,
            )
        )
    return replace(year, forums=forums, plan_from=start, fixed=(*year.fixed, *kept))


def _varied(random: Random, forum: ForumInput) -> ForumInput:
    if random.random() < 0.2:
        forum = replace(forum, closed_kinds=frozenset(ClosedKind) - {ClosedKind.SCHOOL_BREAK})
    if random.random() < 0.2:
        first, *rest = forum.seats
        on_call = replace(first, attends=AttendanceRule.ON_CALL)
        forum = replace(forum, seats=(on_call, *rest))
    if random.random() < 0.2:
        *rest, last = forum.seats
        monthly = replace(last, attends=AttendanceRule.ONCE_A_MONTH)
        forum = replace(forum, seats=(*rest, monthly))
    if random.random() < 0.1:
        forum = replace(forum, min_gap_days=21) if forum.cadence.unit is YEAR else forum
    return forum
