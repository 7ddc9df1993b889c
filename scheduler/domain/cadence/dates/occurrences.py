"""Every date and window that a cadence gives in a span of days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.dates.closed import IsClosed, placed
from scheduler.domain.cadence.dates.named import (
    day_in_month,
    is_spared,
    nth_weekdays,
    weekdays_of,
)
from scheduler.domain.cadence.dates.planned import (
    NeedCode,
    NeedsChoice,
    Occurrences,
    Window,
)
from scheduler.domain.cadence.dates.spans import MonthDay, Span, season_span, spans_of, week_starts
from scheduler.domain.cadence.dates.turns import is_turn, overlapping, whole_years
from scheduler.domain.cadence.dates.windows import named_spans, windows_in
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit
from scheduler.domain.enums import ClosedDayRule

__all__ = ["occurrences"]

_AUTUMN_STARTS: MonthDay = (8, 15)
_NO_SPAN = Occurrences()


def occurrences(
    cadence: Cadence,
    *,
    starts_on: date,
    ends_on: date,
    anchor_on: date | None,
    is_closed: IsClosed,
    on_closed: ClosedDayRule,
    autumn_starts: MonthDay = _AUTUMN_STARTS,
) -> Occurrences:
    """Give the dates and windows from `starts_on` to `ends_on`, both included.

    Words that name the day give dates, which move off closed days by `on_closed`; words that
    only count give one window for each expected meeting, since the planner chooses the day.
    `anchor_on` is a day on which it was held or is to be held: every interval of two or more
    counts from it, across New Year; without one `needs` says what to choose and nothing is
    dated. `autumn_starts` is month and day of school start. A span that ends before it starts
    gives nothing.
    """
    if ends_on < starts_on:
        return _NO_SPAN
    within = Span(starts_on, ends_on)
    need = _need(cadence, anchor_on)
    if need is not None:
        return Occurrences(needs=need)
    days = _named_days(cadence, within, anchor_on, autumn_starts)
    if days is not None:
        chosen = [day for day in days if within.holds(day)]
        if cadence.kind is CadenceKind.STATUS_DATE:
            return placed(chosen, within=within, is_closed=_never, on_closed=on_closed)
        return placed(chosen, within=within, is_closed=is_closed, on_closed=on_closed)
    windows = sorted(
        _windows(cadence, within, anchor_on, autumn_starts), key=lambda w: (w.starts_on, w.number)
    )
    return Occurrences(windows=tuple(windows))


def _never(_: date) -> bool:
    return False


_NEEDS = {
    CadenceKind.VAGUE: NeedCode.RHYTHM,
    CadenceKind.UNKNOWN: NeedCode.RHYTHM,
    CadenceKind.PATTERN: NeedCode.RHYTHM,
    CadenceKind.REFERENCE: NeedCode.RHYTHM,
    CadenceKind.TIME_ONLY: NeedCode.RHYTHM,
    CadenceKind.RELATIVE: NeedCode.EVENT,
}


def _need(cadence: Cadence, anchor_on: date | None) -> NeedsChoice | None:
    if cadence.kind in _NEEDS:
        code = _NEEDS[cadence.kind]
        if code is NeedCode.EVENT and cadence.anchor == "møte":
            code = NeedCode.MEETING
        return NeedsChoice(code)
    if cadence.kind is CadenceKind.WINDOW and cadence.school_holidays and not cadence.gives_dates:
        return NeedsChoice(NeedCode.SCHOOL_HOLIDAYS)
    if cadence.kind is CadenceKind.RECURRENCE and cadence.unit is None:
        return NeedsChoice(NeedCode.RHYTHM)
    if cadence.needs_anchor and anchor_on is None:
        fortnightly = cadence.unit is CadenceUnit.WEEK and cadence.interval == 2
        code = NeedCode.WEEK_PARITY if fortnightly else NeedCode.ANCHOR
        return NeedsChoice(code, cadence.unit, cadence.interval)
    return None


def _named_days(
    cadence: Cadence, within: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> list[date] | None:
    """The days that the words themselves name; None when they leave the day open."""
    if cadence.kind is CadenceKind.RECURRENCE:
        days = _recurring_days(cadence, within, anchor_on, autumn_starts)
        if days is None:
            return None
        return [day for day in days if is_spared(cadence, day, autumn_starts)]
    if cadence.kind is CadenceKind.WINDOW and cadence.weekdays and len(cadence.weeks) > 0:
        return [
            day
            for year in _years(cadence, within)
            for span in _weeks_of(cadence, year, autumn_starts)
            for day in weekdays_of(cadence, span)
        ]
    if cadence.kind in (CadenceKind.DEADLINE, CadenceKind.STATUS_DATE, CadenceKind.ONE_OFF):
        return _calendar_days(cadence, within, autumn_starts)
    return None


def _recurring_days(
    cadence: Cadence, within: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> Iterator[date] | None:
    unit = cadence.unit
    if unit is CadenceUnit.DAY:
        return (span.starts_on for span in _periods(cadence, within, anchor_on, autumn_starts))
    if unit is CadenceUnit.YEAR and cadence.weeks and cadence.weekdays:
        return (
            day
            for year in _years(cadence, within)
            for span in _weeks_of(cadence, year, autumn_starts)
            for day in weekdays_of(cadence, span)
        )
    if cadence.day is not None:
        return _days_of_months(cadence, within, anchor_on, autumn_starts)
    if not cadence.weekdays or cadence.has_open_count:
        return None
    if unit is CadenceUnit.WEEK:
        if cadence.count_max != len(cadence.weekdays):
            return None
        wide = Span(week_starts(within.starts_on), within.ends_on + timedelta(days=6))
        return (
            day
            for week in _periods(cadence, wide, anchor_on, autumn_starts)
            for day in weekdays_of(cadence, week)
        )
    if cadence.ordinal is None or cadence.ordinal_of_week:
        return None
    return _nth_days(cadence, within, anchor_on, autumn_starts)


def _weeks_of(cadence: Cadence, year: int, autumn_starts: MonthDay) -> list[Span]:
    """The weeks that the words name, one by one."""
    return [
        span
        for week in cadence.weeks
        for span in named_spans(replace(cadence, weeks=(week,)), year, autumn_starts=autumn_starts)
    ]


def _nth_days(
    cadence: Cadence, within: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> Iterator[date] | None:
    ordinals = len(cadence.more_ordinals) or 1
    per_period = ordinals * len(cadence.weekdays)
    if cadence.unit is CadenceUnit.YEAR and cadence.months:
        if cadence.count_max != per_period * len(cadence.months):
            return None
        monthly = replace(cadence, unit=CadenceUnit.MONTH, interval=1)
        years = {
            span.starts_on.year
            for span in _periods(
                replace(cadence, months=()), whole_years(within), anchor_on, autumn_starts
            )
        }
        return (
            day
            for month in overlapping(CadenceUnit.MONTH, within, autumn_starts)
            if month.starts_on.month in cadence.months and month.starts_on.year in years
            for day in nth_weekdays(monthly, month)
        )
    if cadence.count_max != per_period:
        return None
    assert_unit = cadence.unit or CadenceUnit.MONTH
    return (
        day
        for period in overlapping(assert_unit, within, autumn_starts)
        if is_turn(cadence, period, anchor_on, autumn_starts)
        for day in nth_weekdays(cadence, period)
    )


def _days_of_months(
    cadence: Cadence, within: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> Iterator[date]:
    """ "den 15. i hver måned", "1. mars hvert år"."""
    day = cadence.day or 1
    if cadence.unit is CadenceUnit.MONTH or cadence.month is None:
        for month in overlapping(CadenceUnit.MONTH, within, autumn_starts):
            if is_turn(cadence, month, anchor_on, autumn_starts):
                yield day_in_month(month.starts_on.year, month.starts_on.month, day)
        return
    for year in overlapping(CadenceUnit.YEAR, within, autumn_starts):
        if is_turn(cadence, year, anchor_on, autumn_starts):
            for month_number, month_day in cadence.more_dates or ((cadence.month, day),):
                yield day_in_month(year.starts_on.year, month_number, month_day)


def _calendar_days(cadence: Cadence, within: Span, autumn_starts: MonthDay) -> list[date] | None:
    """The day of a deadline, a status or a single event; the last day of a named time."""
    if cadence.month is not None and cadence.day is not None:
        pairs = cadence.more_dates or ((cadence.month, cadence.day),)
        return [
            day_in_month(year, month, day)
            for year in _years(cadence, within)
            for month, day in pairs
        ]
    if cadence.day is not None:
        return [
            day_in_month(month.starts_on.year, month.starts_on.month, cadence.day)
            for month in overlapping(CadenceUnit.MONTH, within, autumn_starts)
        ]
    if cadence.kind is CadenceKind.ONE_OFF:
        return None
    if cadence.month is not None and not cadence.months:
        cadence = replace(cadence, months=(cadence.month,))
    return [
        span.ends_on
        for year in _years(cadence, within)
        for span in named_spans(cadence, year, autumn_starts=autumn_starts)[-1:]
    ]


def _windows(
    cadence: Cadence, within: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> Iterator[Window]:
    low, high = cadence.count_min, cadence.count_max
    if cadence.kind is not CadenceKind.RECURRENCE:
        if cadence.kind not in (CadenceKind.WINDOW, CadenceKind.ONE_OFF):
            return
        for year in _years(cadence, within):
            spans = named_spans(cadence, year, autumn_starts=autumn_starts)
            for span in spans or ([_year(year)] if cadence.year is not None else []):
                yield from windows_in([span], low=low or 1, high=high or low or 1, within=within)
        return
    if cadence.unit is CadenceUnit.YEAR and (cadence.weeks or cadence.months or cadence.seasons):
        yield from _windows_in_named(cadence, within, anchor_on, autumn_starts)
        return
    for period in _periods(cadence, within, anchor_on, autumn_starts):
        if not is_spared(cadence, period.middle, autumn_starts):
            continue
        if cadence.season_counts:
            low = high = _season_count(cadence, period, autumn_starts)
        yield from windows_in([period], low=low, high=high, within=within)


def _windows_in_named(
    cadence: Cadence, within: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> Iterator[Window]:
    """ "2 ganger i året, vår og høst": the year's meetings in the times named."""
    plain = replace(cadence, weeks=(), months=(), seasons=(), between=())
    for year in overlapping(CadenceUnit.YEAR, within, autumn_starts):
        if not is_turn(plain, year, anchor_on, autumn_starts):
            continue
        spans = named_spans(cadence, year.starts_on.year, autumn_starts=autumn_starts)
        if spans:
            yield from windows_in(
                spans, low=cadence.count_min, high=cadence.count_max, within=within
            )


def _season_count(cadence: Cadence, period: Span, autumn_starts: MonthDay) -> int:
    for season, count in cadence.season_counts:
        if season_span(period.starts_on.year, season, autumn_starts=autumn_starts) == period:
            return count
    return cadence.count_max or 1


def _periods(
    cadence: Cadence, within: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> Iterator[Span]:
    """The periods whose turn it is. A year runs from the first day asked for."""
    unit = cadence.unit or CadenceUnit.YEAR
    if unit is CadenceUnit.YEAR:
        for span in _years_from(within):
            if is_turn(cadence, span, anchor_on, autumn_starts):
                yield span
        return
    for span in spans_of(unit, within, autumn_starts=autumn_starts):
        if is_turn(cadence, span, anchor_on, autumn_starts):
            yield span


def _years_from(within: Span) -> Iterator[Span]:
    """Years that start on the first day asked for, so that a school year is one year."""
    first = within.starts_on
    while first <= within.ends_on:
        following = day_in_month(first.year + 1, within.starts_on.month, within.starts_on.day)
        year = Span(first, following - timedelta(days=1))
        # Days beyond a whole year that are less than half of the next one add no year.
        if first == within.starts_on or within.holds(year.middle):
            yield year
        first = following


def _year(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def _years(cadence: Cadence, within: Span) -> range:
    """The years that the words name, or those of the span and the one before (for "uke 51-2")."""
    if cadence.year is not None:
        return range(cadence.year, (cadence.last_year or cadence.year) + 1)
    if cadence.next_year is not None:
        return range(cadence.next_year, cadence.next_year + 1)
    return range(within.starts_on.year - 1, within.ends_on.year + 1)
