"""The days that the words name: weekdays, n-th weekdays, days of a month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.dates.spans import (
    MonthDay,
    Span,
    between_span,
    month_span,
    season_span,
)
from scheduler.domain.cadence.kinds import CadenceUnit, WeekParity

__all__ = ["allows", "day_in_month", "is_spared", "nth_weekdays", "weekdays_of"]

_WEEK = 7


def weekdays_of(cadence: Cadence, week: Span) -> Iterator[date]:
    """The cadence's weekdays in an ISO week."""
    for weekday in cadence.weekdays:
        yield week.starts_on + timedelta(days=weekday.iso - 1)


def nth_weekdays(cadence: Cadence, period: Span) -> Iterator[date]:
    """The first, third or last of the cadence's weekdays in a period; none where it has no fifth.

    With `ordinal_of_week` the weekdays of the n-th whole or begun ISO week of the period.
    """
    ordinals = cadence.more_ordinals or ((cadence.ordinal,) if cadence.ordinal else ())
    for ordinal in ordinals:
        for weekday in cadence.weekdays:
            if ordinal > 0:
                lead = (weekday.iso - period.starts_on.isoweekday()) % _WEEK
                day = period.starts_on + timedelta(days=lead + _WEEK * (ordinal - 1))
            else:
                lag = (period.ends_on.isoweekday() - weekday.iso) % _WEEK
                day = period.ends_on - timedelta(days=lag)
            if period.holds(day):
                yield day


def day_in_month(year: int, month: int, day: int) -> date:
    """A day of a month, or its last day where it has fewer (the 31st, 29 February)."""
    return min(date(year, month, 1) + timedelta(days=day - 1), month_span(year, month).ends_on)


def allows(cadence: Cadence, day: date, *, autumn_starts: MonthDay) -> bool:
    """Tell whether a day is in the months, seasons and weeks that the words name and spare."""
    _, week, _ = day.isocalendar()
    parity = WeekParity.ODD if week % 2 else WeekParity.EVEN
    if cadence.week_parity not in (None, parity):
        return False
    if cadence.months and day.month not in cadence.months:
        return False
    if cadence.between and not any(
        between_span(cadence.between, year).holds(day) for year in (day.year - 1, day.year)
    ):
        return False
    if cadence.weeks and week not in cadence.weeks:
        return False
    if cadence.seasons and not any(
        season_span(day.year, season, autumn_starts=autumn_starts).holds(day)
        for season in cadence.seasons
    ):
        return False
    return day.month not in cadence.except_months and week not in cadence.except_weeks


def is_spared(cadence: Cadence, day: date, autumn_starts: MonthDay) -> bool:
    """Tell whether a day, or the period it is the middle of, is one that the words allow.

    What is said of months, seasons and weeks beside "i året" parts the year into windows
    instead, so only months that are excepted take from a year.
    """
    if cadence.unit is CadenceUnit.YEAR:
        return day.month not in cadence.except_months
    return allows(cadence, day, autumn_starts=autumn_starts)
