"""A period found in somebody's school calendar, and what makes it doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.domain.enums import ClosedKind

__all__ = ["Doubt", "FoundPeriod", "doubts_of"]

_LONG_DAYS = 75


class Doubt(StrEnum):
    """Why a person must look twice."""

    WRONG_WEEKDAY = "wrong_weekday"
    ENDS_BEFORE_START = "ends_before_start"
    VERY_LONG = "very_long"
    ONLY_WEEKEND = "only_weekend"
    PUBLIC_HOLIDAY = "public_holiday"
    SCHOOL_DAY = "school_day"
    STANDS_ALREADY = "stands_already"
    OUTSIDE_PERIOD = "outside_period"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPeriod:
    """A period as it was read; `line` is the line's own text, for the person who confirms it."""

    name: str
    kind: ClosedKind
    starts_on: date
    ends_on: date
    line: str
    doubts: tuple[Doubt, ...] = ()


def doubts_of(
    starts_on: date, ends_on: date, weekdays: tuple[int | None, ...] = ()
) -> tuple[Doubt, ...]:
    """Return what the dates themselves make doubtful.

    `weekdays` are those that the text named beside the first and the last day, 1 for Monday:
    published calendars do contain days that do not exist.
    """
    doubts = []
    for day, said in zip((starts_on, ends_on), weekdays, strict=False):
        if said is not None and day.isoweekday() != said:
            doubts.append(Doubt.WRONG_WEEKDAY)
    if ends_on < starts_on:
        doubts.append(Doubt.ENDS_BEFORE_START)
    length = (ends_on - starts_on).days
    if length > _LONG_DAYS:
        doubts.append(Doubt.VERY_LONG)
    if 0 <= length <= 1 and starts_on.isoweekday() > 5 and ends_on.isoweekday() > 5:
        doubts.append(Doubt.ONLY_WEEKEND)
    return tuple(dict.fromkeys(doubts))
