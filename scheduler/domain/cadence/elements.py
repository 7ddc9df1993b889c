"""The parts of a rhythm that the grammar finds, before they are put together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum, auto

from scheduler.domain.cadence.kinds import CadenceUnit, Season, Weekday, WeekParity
from scheduler.domain.cadence.problems import Ambiguity, Problem

__all__ = [
    "Amount",
    "Bound",
    "BoundKind",
    "Clock",
    "Day",
    "DaySpan",
    "Days",
    "Deadline",
    "Duration",
    "Element",
    "Exclusion",
    "Fault",
    "Found",
    "Mark",
    "MarkKind",
    "MonthlyDay",
    "Months",
    "Offset",
    "OrdinalWeek",
    "Parity",
    "Period",
    "SeasonAmount",
    "Seasons",
    "StatusDay",
    "Weeks",
    "Years",
]


class BoundKind(StrEnum):
    """Which end a lone "minst" or "maks" sets."""

    MIN = auto()
    MAX = auto()


class MarkKind(StrEnum):
    """A word that colours the rhythm beside it."""

    APPROX = auto()
    DEMAND = auto()
    EXTRA = auto()
    VAGUE = auto()
    CONTINUOUS = auto()
    REFERENCE = auto()
    MODAL = auto()
    FIXED = auto()
    ADJUST = auto()
    HOLIDAY = auto()
    SCHOOL_YEAR = auto()
    ANCHOR = auto()
    OPENING = auto()
    ATTEND = auto()
    TASK = auto()
    WHAT = auto()
    CASE = auto()
    PER_UNIT = auto()
    PART_OF_DAY = auto()
    TOTAL = auto()
    EVENT = auto()
    EXPECTED = auto()
    START = auto()
    ONCE = auto()


@dataclass(frozen=True, slots=True)
class Amount:
    """How many; `article` is a bare "et møte"."""

    low: int | None
    high: int | None
    article: bool = False
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Bound:
    """A "minst" or "maks" without a number of its own."""

    kind: BoundKind


@dataclass(frozen=True, slots=True)
class Period:
    """A unit that comes again; `each` when the words alone make a rhythm ("hver uke").

    `bare` is "per semester", which makes one only when nothing else is said.
    """

    unit: CadenceUnit
    interval: int = 1
    interval_max: int | None = None
    each: bool = False
    bare: bool = False
    school_year: bool = False
    ambiguity: Ambiguity | None = None
    implied: bool = False


@dataclass(frozen=True, slots=True)
class Days:
    """Weekdays, perhaps every n-th, perhaps the n-th of a month, perhaps only in a name."""

    days: tuple[Weekday, ...]
    every: bool = False
    interval: int = 1
    ordinals: tuple[int, ...] = ()
    named: bool = False
    either: bool = False
    plural: bool = False
    part_of_day: str | None = None


@dataclass(frozen=True, slots=True)
class OrdinalWeek:
    """The n-th week of a month, -1 for the last."""

    ordinals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parity:
    """Even or odd ISO weeks."""

    parity: WeekParity


@dataclass(frozen=True, slots=True)
class Weeks:
    """ISO weeks by number, spans written out."""

    weeks: tuple[int, ...]
    span: bool = False


@dataclass(frozen=True, slots=True)
class Months:
    """Months by number, spans written out; `span` when one time within them is meant."""

    months: tuple[int, ...]
    span: bool = False
    part: str | None = None
    every: bool = False


@dataclass(frozen=True, slots=True)
class Seasons:
    """Seasons by name."""

    seasons: tuple[Season, ...]
    every: bool = False
    span: bool = False
    part: str | None = None


@dataclass(frozen=True, slots=True)
class SeasonAmount:
    """How many in one of the two semesters ("4 før jul", "1 høst")."""

    season: Season
    low: int | None
    high: int | None
    approx: bool = False
    each: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """A year or a span of years."""

    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month."""

    month: int
    day: int
    year: int | None = None


@dataclass(frozen=True, slots=True)
class DaySpan:
    """A first and a last day; across New Year when the last stands before the first."""

    first: Day
    last: Day


@dataclass(frozen=True, slots=True)
class MonthlyDay:
    """A day of every month ("den 15. i hver måned")."""

    day: int


@dataclass(frozen=True, slots=True)
class Clock:
    """Times of the day: spans, or a start or an end alone."""

    ranges: tuple[tuple[time, time], ...] = ()
    start: time | None = None
    end: time | None = None


@dataclass(frozen=True, slots=True)
class Duration:
    """How long a meeting lasts, in minutes."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Offset:
    """So long before (negative) or after an anchor, or within so long of it."""

    days: int | None = None
    months: int | None = None
    hours: int | None = None
    working: bool = False
    anchor: str | None = None
    within_days: tuple[int, ...] = ()
    within_months: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when: the target holds whatever is known of the day."""

    target: Element | None
    month: int | None = None
    day: int | None = None
    anchor: str | None = None
    every: CadenceUnit | None = None


@dataclass(frozen=True, slots=True)
class StatusDay:
    """The day that figures are from ("per 30. april")."""

    day: Day


@dataclass(frozen=True, slots=True)
class Exclusion:
    """When not: months, weeks or holidays."""

    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    holidays: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A colouring word and what it says."""

    kind: MarkKind
    value: object = True


@dataclass(frozen=True, slots=True)
class Fault:
    """Words in the form of a rhythm that cannot be one."""

    problem: Problem


Element = (
    Amount
    | Bound
    | Period
    | Days
    | OrdinalWeek
    | Parity
    | Weeks
    | Months
    | Seasons
    | SeasonAmount
    | Years
    | Day
    | DaySpan
    | MonthlyDay
    | Clock
    | Duration
    | Offset
    | Deadline
    | StatusDay
    | Exclusion
    | Mark
    | Fault
)


@dataclass(frozen=True, slots=True)
class Found:
    """An element with the places of its first lexeme and of the one after its last."""

    element: Element
    first: int
    after: int
