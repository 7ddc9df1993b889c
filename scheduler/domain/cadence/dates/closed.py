"""Moves a date off a closed day by the forum's rule, and says why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from scheduler.domain.cadence.dates.planned import (
    DateReason,
    Occurrences,
    PlannedDate,
    ReasonCode,
    SkippedDate,
)
from scheduler.domain.cadence.dates.spans import Span
from scheduler.domain.enums import ClosedDayRule

__all__ = ["IsClosed", "placed"]

IsClosed = Callable[[date], bool]
_FARTHEST = 28
_SATURDAY = 6


def placed(
    days: Iterable[date], *, within: Span, is_closed: IsClosed, on_closed: ClosedDayRule
) -> Occurrences:
    """Place each day on itself, or on the nearest open day before or after it.

    A move stays within the span, off weekends and off days that are already taken; when no such
    day is within four weeks the date is skipped and told of.
    """
    wanted = sorted(set(days))
    taken = {day for day in wanted if not is_closed(day)}
    planned: list[PlannedDate] = []
    skipped: list[SkippedDate] = []
    for day in wanted:
        if day in taken:
            planned.append(
                PlannedDate(date=day, moved_from=None, reason=DateReason(ReasonCode.AS_STATED))
            )
            continue
        if on_closed is ClosedDayRule.SKIP:
            skipped.append(SkippedDate(date=day, reason=DateReason(ReasonCode.CLOSED, day)))
            continue
        step = -1 if on_closed is ClosedDayRule.EARLIER else 1
        other = _nearest(day, step, within=within, is_closed=is_closed, taken=taken)
        if other is None:
            reason = DateReason(ReasonCode.NO_OPEN_DAY_NEAR, day)
            skipped.append(SkippedDate(date=day, reason=reason))
            continue
        taken.add(other)
        code = ReasonCode.MOVED_EARLIER if step < 0 else ReasonCode.MOVED_LATER
        planned.append(PlannedDate(date=other, moved_from=day, reason=DateReason(code, day)))
    planned.sort(key=lambda one: one.date)
    return Occurrences(dates=tuple(planned), skipped=tuple(skipped))


def _nearest(
    day: date, step: int, *, within: Span, is_closed: IsClosed, taken: set[date]
) -> date | None:
    for distance in range(1, _FARTHEST + 1):
        other = day + timedelta(days=step * distance)
        if not within.holds(other):
            return None
        if other.isoweekday() < _SATURDAY and other not in taken and not is_closed(other):
            return other
    return None
