"""Twelve impossible years made by hand, each with the rules that contradict each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit, Weekday
from scheduler.domain.enums import ClosedKind, LinkKind
from scheduler.planning import (
    ClosedSpan,
    FixedMeeting,
    FixedWhy,
    ForumInput,
    LinkInput,
    SeatInput,
    YearInput,
)
from tests.unit.planning.generated import CLOSED_2027, counted, every_weeks

__all__ = ["IMPOSSIBLE", "WHOLE_YEAR", "Impossible", "forum", "year"]

MONTH, SEMESTER, YEAR = CadenceUnit.MONTH, CadenceUnit.SEMESTER, CadenceUnit.YEAR
TWO_HOURS = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Impossible:
    """A year with what is true of it: the rules in conflict, as "code forum person".

    `either` are sets of which any one is right, where forums that are alike may stand for each
    other. `local` tells that the cause lies with one forum and its neighbours.
    """

    year: YearInput
    either: tuple[frozenset[str], ...]
    local: bool = True


def forum(slug: str, cadence: object, *people: str, **values: object) -> ForumInput:
    seats = tuple(SeatInput(name, name=name.capitalize()) for name in people)
    named = {"name": slug.capitalize(), "duration": TWO_HOURS, **values}
    return ForumInput(slug=slug, cadence=cadence, seats=seats, **named)


def year(*forums: ForumInput, **values: object) -> YearInput:
    period = {"starts_on": date(2027, 1, 1), "ends_on": date(2027, 12, 31)}
    return YearInput(
        **{
            "municipality": "sondre-land",
            **period,
            "forums": forums,
            "closed": CLOSED_2027,
            **values,
        }
    )


def busy_fridays(person: str) -> tuple[FixedMeeting, ...]:
    fridays = [date(2027, 1, 1) + timedelta(days=7 * week) for week in range(53)]
    return tuple(
        FixedMeeting(day, time(8), time(16), frozenset({person}), FixedWhy.BUSY)
        for day in fridays
        if day.year == 2027
    )


def february_only() -> Cadence:
    """Return "once, in February"."""
    return Cadence(kind=CadenceKind.WINDOW, months=(2,), count_min=1, count_max=1)


WHOLE_YEAR = (date(2027, 1, 1), date(2027, 12, 31))
AT_NINE = {"weekday": Weekday.FRI, "starts": time(9)}
FIVE_TEAMS = tuple(forum(f"team-{n}", counted(MONTH, 1, 1), "leder", **AT_NINE) for n in range(5))
FEBRUARY = ClosedSpan(date(2027, 2, 1), date(2027, 2, 28), ClosedKind.LOCAL, "flytting")


def rules(*said: str) -> tuple[frozenset[str], ...]:
    return (frozenset(said),)


def each(codes: tuple[str, ...], *slugs: str) -> tuple[str, ...]:
    return tuple(
        f"{code} {slug} leder" if code == "person" else f"{code} {slug}"
        for code in codes
        for slug in slugs
    )


IMPOSSIBLE = {
    "two weekly teams at overlapping times with the same coordinator": Impossible(
        year(
            forum("familieteam", every_weeks(1, Weekday.FRI), "leder", starts=time(9)),
            forum("innsatsteam", every_weeks(1, Weekday.FRI), "leder", starts=time(10)),
        ),
        # Freeing the time of either team makes room, so either rule may be the one named.
        tuple(
            frozenset(
                (
                    *each(("count", "person", "weekday"), "familieteam", "innsatsteam"),
                    f"time {timed}",
                )
            )
            for timed in ("familieteam", "innsatsteam")
        ),
    ),
    "minutes a hundred days before, of a forum that meets every month": Impossible(
        year(
            forum("råd", counted(YEAR, 2, 2)),
            forum("team", counted(MONTH, 1, 1)),
            links=(LinkInput(LinkKind.RECEIVES_MINUTES, "team", "råd", 100),),
        ),
        rules("count råd", "count team", "link råd"),
    ),
    "four meetings at least 130 days apart": Impossible(
        year(forum("styringsgruppe", counted(YEAR, 4, 4), min_gap_days=130)),
        rules("count styringsgruppe", "least_gap styringsgruppe"),
    ),
    "a member who is busy every Friday in a Friday forum": Impossible(
        year(
            forum("skolemøte", counted(SEMESTER, 1, 1), "rektor", weekday=Weekday.FRI),
            fixed=busy_fridays("rektor"),
        ),
        rules("count skolemøte", "fixed rektor", "person skolemøte rektor", "weekday skolemøte"),
    ),
    "every day excluded": Impossible(
        year(forum("nettverk", counted(YEAR, 2, 2), exclusions=(WHOLE_YEAR,))),
        rules("count nettverk", "exclusion nettverk"),
    ),
    "after another forum in the same semester, but two hundred days later": Impossible(
        year(
            forum("tog", counted(SEMESTER, 1, 1)),
            forum("skolemøte", counted(SEMESTER, 1, 1)),
            links=(LinkInput(LinkKind.AFTER, "tog", "skolemøte", 200),),
        ),
        rules("count skolemøte", "count tog", "link skolemøte"),
    ),
    "two forums that wait for each other": Impossible(
        year(
            forum("tog", counted(SEMESTER, 1, 1)),
            forum("skolemøte", counted(SEMESTER, 1, 1)),
            links=(
                LinkInput(LinkKind.AFTER, "tog", "skolemøte"),
                LinkInput(LinkKind.AFTER, "skolemøte", "tog"),
            ),
        ),
        rules("count skolemøte", "count tog", "link skolemøte", "link tog"),
    ),
    "five monthly forums on four Fridays with the same leader and time": Impossible(
        year(*FIVE_TEAMS, closed=()),
        rules(*each(("count", "person", "time", "weekday"), *(f"team-{n}" for n in range(5)))),
        local=False,
    ),
    "five monthly forums of which one must wait for another": Impossible(
        year(
            *(forum(f"team-{n}", counted(MONTH, 1, 1), "leder", **AT_NINE) for n in range(4)),
            closed=(),
            links=(LinkInput(LinkKind.RECEIVES_MINUTES, "team-0", "team-1", 40),),
        ),
        rules("count team-0", "count team-1", "link team-1"),
    ),
    "two forums in one room at the same hour of the only day": Impossible(
        year(
            *(
                forum(slug, counted(YEAR, 1, 1), place="Kommunestyresalen", **AT_NINE)
                for slug in ("råd", "utvalg")
            ),
            starts_on=date(2027, 5, 21),
            ends_on=date(2027, 5, 27),
        ),
        rules(
            *each(("count", "place", "time"), "råd", "utvalg"), *each(("weekday",), "råd", "utvalg")
        ),
    ),
    "never more than thirty days apart, over a July that is closed": Impossible(
        year(
            forum("råd", counted(YEAR, 12, 12), min_gap_days=20, max_gap_days=30),
        ),
        rules("closed råd joint_leave", "count råd", "least_gap råd", "most_gap råd"),
    ),
    "a monthly forum in February, which is closed for it": Impossible(
        year(
            forum("råd", february_only(), exclusions=()),
            closed=(FEBRUARY,),
        ),
        rules("closed råd local", "count råd"),
    ),
}
