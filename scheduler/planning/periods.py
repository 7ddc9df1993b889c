"""The parts of a planned period: months, semesters, quarters, as spans of days.

The calendar's own parts are those of `scheduler.domain.cadence.dates`; here they are cut to the
period that is planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from scheduler.domain.cadence.dates.spans import MonthDay, Span, season_span, spans_of
from scheduler.domain.cadence.kinds import CadenceUnit, Season
from scheduler.planning.inputs import YearInput

__all__ = ["autumn_of", "blocks", "days_of", "parts", "period_of", "semester_of"]

_MONTHS_IN = {
    CadenceUnit.MONTH: 1,
    CadenceUnit.QUARTER: 3,
    CadenceUnit.TERTIAL: 4,
    CadenceUnit.HALF_YEAR: 6,
}


def period_of(year: YearInput) -> Span:
    """Return the period itself, from its first to its last day."""
    return Span(year.starts_on, year.ends_on)


def parts(year: YearInput, unit: CadenceUnit) -> tuple[Span, ...]:
    """Return the calendar's periods of a unit, cut to the planned one.

    A period belongs to the planned one that holds its middle, so that two years planned after
    each other never share one. A year is the planned period itself, whenever it begins.
    """
    whole = period_of(year)
    if unit is CadenceUnit.YEAR:
        return (whole,)
    spans = spans_of(unit, whole, autumn_starts=autumn_of(year))
    return tuple(span.clipped(whole) for span in spans)


def blocks(year: YearInput, unit: CadenceUnit, interval: int) -> tuple[Span, ...]:
    """Cut the planned period into spans of so many units, for what nobody says when began."""
    whole = period_of(year)
    if unit is CadenceUnit.SEMESTER:
        semesters = parts(year, unit)
        groups = [semesters[at : at + interval] for at in range(0, len(semesters), interval)]
        return tuple(Span(group[0].starts_on, group[-1].ends_on) for group in groups)
    return tuple(_month_blocks(whole, _MONTHS_IN[unit] * interval))


def semester_of(year: YearInput, day: date) -> int | None:
    """Return a number for the semester that a day lies in, or None between semesters."""
    for season in (Season.SPRING, Season.AUTUMN):
        span = season_span(day.year, season, autumn_starts=autumn_of(year))
        if span.holds(day):
            return span.index
    return None


def autumn_of(year: YearInput) -> MonthDay:
    """Return the month and day of school start."""
    start = year.autumn_starts_on
    return (start.month, start.day) if start else (8, 15)


@lru_cache(maxsize=256)
def days_of(span: tuple[date, date]) -> tuple[date, ...]:
    """Return the days of a span; a year has few spans, each walked by every forum."""
    first, last = span
    return tuple(first + timedelta(days=shift) for shift in range((last - first).days + 1))


def _month_blocks(whole: Span, months: int) -> Iterator[Span]:
    begin = whole.starts_on.replace(day=1)
    while begin <= whole.ends_on:
        following = _add_months(begin, months)
        yield Span(begin, following - timedelta(days=1)).clipped(whole)
        begin = following


def _add_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)
