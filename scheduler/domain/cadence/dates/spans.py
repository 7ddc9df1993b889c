"""The periods of the calendar: weeks, months, quarters, semesters, seasons and years."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.cadence.kinds import CadenceUnit, Season

__all__ = [
    "DAY",
    "MonthDay",
    "Span",
    "between_span",
    "month_span",
    "season_span",
    "spans_of",
    "week_span",
    "week_starts",
]

MonthDay = tuple[int, int]
DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
_MONTHS = {
    CadenceUnit.MONTH: 1,
    CadenceUnit.QUARTER: 3,
    CadenceUnit.TERTIAL: 4,
    CadenceUnit.HALF_YEAR: 6,
    CadenceUnit.YEAR: 12,
}
_SPRING_ENDS = (6, 30)
_AUTUMN_ENDS = (12, 23)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from one to another, both included; `index` counts the periods from year 0."""

    starts_on: date
    ends_on: date
    index: int = 0

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.ends_on - self.starts_on).days + 1

    @property
    def middle(self) -> date:
        """The day that decides to which planned year it belongs."""
        return self.starts_on + (self.ends_on - self.starts_on) / 2

    def holds(self, day: date) -> bool:
        """Tell whether a day is in it."""
        return self.starts_on <= day <= self.ends_on

    def clipped(self, other: Span) -> Span:
        """The part of it within another, which must overlap it."""
        return Span(
            max(self.starts_on, other.starts_on), min(self.ends_on, other.ends_on), self.index
        )


def spans_of(unit: CadenceUnit, within: Span, *, autumn_starts: MonthDay) -> Iterator[Span]:
    """Every period of a unit whose middle is within the days given.

    Weeks are ISO weeks. A semester is 1 January - 30 June or school start - 23 December. A
    period belongs to the days that hold its middle, so consecutive years never share one.
    """
    if unit is CadenceUnit.DAY:
        yield from _days(within)
        return
    if unit is CadenceUnit.WEEK:
        candidates = _weeks(within)
    elif unit is CadenceUnit.SEMESTER:
        candidates = _semesters(within, autumn_starts)
    else:
        candidates = _month_blocks(within, _MONTHS[unit])
    for span in candidates:
        if within.holds(span.middle):
            yield span


def week_starts(day: date) -> date:
    """The Monday of a day's ISO week."""
    return day - timedelta(days=day.isoweekday() - 1)


def week_span(year: int, week: int) -> Span | None:
    """An ISO week, None when the year has no such week (53 in most years)."""
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return Span(monday, monday + 6 * DAY)


def month_span(year: int, month: int) -> Span:
    """A month of a year."""
    return Span(
        date(year, month, 1), date(year, month, monthrange(year, month)[1]), year * 12 + month - 1
    )


def between_span(between: tuple[MonthDay, ...], year: int) -> Span:
    """The days from the first to the last of two, which may be past New Year."""
    (first_month, first_day), (last_month, last_day) = between
    last_year = year + ((last_month, last_day) < (first_month, first_day))
    return Span(_day(year, first_month, first_day), _day(last_year, last_month, last_day))


def season_span(year: int, season: Season, *, autumn_starts: MonthDay) -> Span:
    """A season; spring and autumn are the semesters, winter and summer three months each."""
    match season:
        case Season.SPRING:
            return Span(date(year, 1, 1), date(year, *_SPRING_ENDS), year * 2)
        case Season.AUTUMN:
            return Span(date(year, *autumn_starts), date(year, *_AUTUMN_ENDS), year * 2 + 1)
        case Season.SUMMER:
            return Span(date(year, 6, 1), date(year, 8, 31))
        case Season.WINTER:
            return Span(date(year, 1, 1), date(year, 3, 31))


def _days(within: Span) -> Iterator[Span]:
    for offset in range(within.days):
        day = within.starts_on + offset * DAY
        yield Span(day, day, day.toordinal())


def _weeks(within: Span) -> Iterator[Span]:
    monday = week_starts(within.starts_on)
    while monday <= within.ends_on:
        yield Span(monday, monday + 6 * DAY, monday.toordinal() // 7)
        monday += WEEK


def _semesters(within: Span, autumn_starts: MonthDay) -> Iterator[Span]:
    for year in range(within.starts_on.year, within.ends_on.year + 1):
        for season in (Season.SPRING, Season.AUTUMN):
            yield season_span(year, season, autumn_starts=autumn_starts)


def _month_blocks(within: Span, months: int) -> Iterator[Span]:
    for year in range(within.starts_on.year, within.ends_on.year + 1):
        for first in range(1, 13, months):
            last = month_span(year, first + months - 1)
            yield Span(date(year, first, 1), last.ends_on, (year * 12 + first - 1) // months)


def _day(year: int, month: int, day: int) -> date:
    return min(date(year, month, 1) + (day - 1) * DAY, month_span(year, month).ends_on)
