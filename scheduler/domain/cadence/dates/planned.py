"""What a cadence gives in a span of days: dates, windows, and what is not known yet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.cadence.kinds import CadenceUnit

__all__ = [
    "DateReason",
    "NeedCode",
    "NeedsChoice",
    "Occurrences",
    "PlannedDate",
    "ReasonCode",
    "SkippedDate",
    "Window",
]


class ReasonCode(StrEnum):
    """Why a date is where it is, or is missing."""

    AS_STATED = "as_stated"
    MOVED_EARLIER = "moved_earlier"
    MOVED_LATER = "moved_later"
    CLOSED = "closed"
    NO_OPEN_DAY_NEAR = "no_open_day_near"


@dataclass(frozen=True, slots=True)
class DateReason:
    """A reason with the closed day that it is about."""

    code: ReasonCode
    closed_on: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDate:
    """A date that the words give; `moved_from` is the closed day it stood on."""

    date: datetime.date
    moved_from: datetime.date | None
    reason: DateReason


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedDate:
    """A date that the words give and the closed days take away."""

    date: datetime.date
    reason: DateReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Days, both ends included, in which one meeting is expected.

    `count_min` 0 marks a meeting that is held only if it fits ("3-4": the fourth). A window is
    number `number` of `of` within its period.
    """

    starts_on: datetime.date
    ends_on: datetime.date
    count_min: int
    count_max: int
    number: int = 1
    of: int = 1


class NeedCode(StrEnum):
    """What a person or the planner must say before there are dates."""

    WEEK_PARITY = "week_parity"
    ANCHOR = "anchor"
    RHYTHM = "rhythm"
    MEETING = "meeting"
    EVENT = "event"
    SCHOOL_HOLIDAYS = "school_holidays"


@dataclass(frozen=True, slots=True)
class NeedsChoice:
    """What is missing; `interval` and `unit` say of what rhythm."""

    code: NeedCode
    unit: CadenceUnit | None = None
    interval: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrences:
    """The dates and windows of a cadence, in the order of the calendar."""

    dates: tuple[PlannedDate, ...] = ()
    windows: tuple[Window, ...] = ()
    skipped: tuple[SkippedDate, ...] = ()
    needs: NeedsChoice | None = None
