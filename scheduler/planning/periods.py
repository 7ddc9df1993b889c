"""The parts of a planned period: months, semesters, quarters, as spans of days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from scheduler.domain.cadence.kinds import CadenceUnit, Season
from scheduler.planning.inputs import YearInput

__all__ = ["Span", "days_of", "parts", "season_spans", "semester_of", "semesters"]

Span = tuple[date, date]
"""First and last day, both included."""

_MONTHS_IN = {
    CadenceUnit.MONTH: 1,
    CadenceUnit.QUARTER: 3,
    CadenceUnit.TERTIAL: 4,
    CadenceUnit.HALF_YEAR: 6,
}
_LONGEST_YEAR = 370


def parts(year: YearInput, unit: CadenceUnit, *, interval: int = 1) -> tuple[Span, ...]:
    """Cut the period into spans of `interval` units; the first and last may be shorter.

    A year is the period itself, whenever it begins.
    """
    if unit is CadenceUnit.YEAR:
        return ((year.starts_on, year.ends_on),)
    if unit is CadenceUnit.SEMESTER:
        spans = semesters(year)
        joined = [spans[at : at + interval] for at in range(0, len(spans), interval)]
        return tuple((group[0][0], group[-1][1]) for group in joined)
    return tuple(_month_parts(year, _MONTHS_IN[unit], interval))


def semesters(year: YearInput) -> tuple[Span, ...]:
    """Return the semesters that touch the period, clipped to it.

    Spring is 1 January to 30 June, autumn is school start to 23 December.
    """
    spans = []
    for number in range(year.starts_on.year, year.ends_on.year + 1):
        spans.append((date(number, 1, 1), date(number, 6, 30)))
        spans.append((_autumn_start(year, number), date(number, 12, 23)))
    return _clipped(year, spans)


def semester_of(year: YearInput, day: date) -> int | None:
    """Return a number for the semester that a day lies in, or None between semesters."""
    if day.month <= 6:
        return day.year * 2
    if _autumn_start(year, day.year) <= day <= date(day.year, 12, 23):
        return day.year * 2 + 1
    return None


def season_spans(year: YearInput, season: Season) -> tuple[Span, ...]:
    """Return when a season touches the period; spring and autumn are the semesters."""
    spans = []
    for number in range(year.starts_on.year, year.ends_on.year + 1):
        match season:
            case Season.SPRING:
                spans.append((date(number, 1, 1), date(number, 6, 30)))
            case Season.AUTUMN:
                spans.append((_autumn_start(year, number), date(number, 12, 23)))
            case Season.SUMMER:
                spans.append((date(number, 6, 1), date(number, 8, 31)))
            case Season.WINTER:
                spans.append((date(number, 1, 1), date(number, 2, 28)))
                spans.append((date(number, 12, 1), date(number, 12, 31)))
    return _clipped(year, spans)


@lru_cache(maxsize=256)
def days_of(span: Span) -> tuple[date, ...]:
    """Return the days of a span; a year has few spans, each walked by every forum."""
    first, last = span
    return tuple(first + timedelta(days=shift) for shift in range((last - first).days + 1))


def _autumn_start(year: YearInput, number: int) -> date:
    start = year.autumn_starts_on
    return date(number, start.month, start.day) if start else date(number, 8, 15)


def _month_parts(year: YearInput, months: int, interval: int) -> Iterator[Span]:
    # Parts of the calendar begin where the calendar has them, so a school year cuts its first
    # quarter in two; several months ("annenhver måned") are counted from the period's start.
    anchor = year.starts_on.month - 1 if interval > 1 else 0
    size = months * interval
    first = date(year.starts_on.year, 1, 1)
    at = anchor % size if interval > 1 else 0
    spans = []
    for index in range(-1, 2 * _LONGEST_YEAR // 28):
        begin = _add_months(first, at + index * size)
        spans.append((begin, _add_months(begin, size) - timedelta(days=1)))
    yield from _clipped(year, spans)


def _add_months(day: date, months: int) -> date:
    total = day.year * 12 + day.month - 1 + months
    return date(total // 12, total % 12 + 1, 1)


def _clipped(year: YearInput, spans: list[Span]) -> tuple[Span, ...]:
    clipped = ((max(first, year.starts_on), min(last, year.ends_on)) for first, last in spans)
    return tuple(sorted(span for span in clipped if span[0] <= span[1]))
