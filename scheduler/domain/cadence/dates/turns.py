"""Whose turn it is when something is done every second or third period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.dates.spans import MonthDay, Span, spans_of, week_starts
from scheduler.domain.cadence.kinds import CadenceUnit

__all__ = ["is_turn", "overlapping", "period_index", "whole_years"]


def is_turn(
    cadence: Cadence, period: Span, anchor_on: date | None, autumn_starts: MonthDay
) -> bool:
    """Tell whether an interval, counted from the anchor, reaches this period.

    Every period is its turn where there is no interval, or nothing to count from.
    """
    interval = cadence.interval or 1
    if interval == 1 or anchor_on is None or not cadence.needs_anchor:
        return True
    unit = cadence.unit or CadenceUnit.YEAR
    if unit is CadenceUnit.YEAR:
        steps = period.starts_on.year - anchor_on.year
        if (anchor_on.month, anchor_on.day) < (period.starts_on.month, period.starts_on.day):
            steps += 1
    else:
        steps = period.index - period_index(unit, anchor_on, autumn_starts)
    return steps % interval == 0


def period_index(unit: CadenceUnit, day: date, autumn_starts: MonthDay) -> int:
    """The number of the period that holds a day, or that follows it between semesters."""
    if unit is CadenceUnit.DAY:
        return day.toordinal()
    if unit is CadenceUnit.WEEK:
        return week_starts(day).toordinal() // 7
    around = Span(date(day.year, 1, 1), date(day.year, 12, 31))
    spans = list(spans_of(unit, around, autumn_starts=autumn_starts))
    return next((span.index for span in spans if day <= span.ends_on), spans[-1].index)


def overlapping(unit: CadenceUnit, within: Span, autumn_starts: MonthDay) -> Iterator[Span]:
    """Every calendar period that has a day in common with the days asked for."""
    wide = whole_years(within)
    for span in spans_of(unit, wide, autumn_starts=autumn_starts):
        if span.ends_on >= within.starts_on and span.starts_on <= within.ends_on:
            yield span


def whole_years(within: Span) -> Span:
    return Span(date(within.starts_on.year, 1, 1), date(within.ends_on.year, 12, 31))
