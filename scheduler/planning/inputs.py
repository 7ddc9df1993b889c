"""What a year is planned from: frozen values that the use cases fill from the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.kinds import Weekday
from scheduler.domain.enums import AttendanceRule, ClosedDayRule, ClosedKind, LinkKind

__all__ = [
    "ClosedSpan",
    "DeadlineInput",
    "FixedMeeting",
    "FixedWhy",
    "ForumInput",
    "LastYearDate",
    "LinkInput",
    "SeatInput",
    "SeriesKey",
    "Weights",
    "YearInput",
]

SeriesKey = tuple[str, str | None]
"""A forum's slug and its unit's slug, or None when the forum is one series."""


class FixedWhy(StrEnum):
    """Why a meeting is a fixed point of the plan."""

    HAND = "hand"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"
    OTHERS = "others"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class SeatInput:
    """Someone who attends a forum; `busy_unit` is who cannot be in two rooms at once.

    `name` is the position's name, for the reasons. A seat on call never blocks a date; one that
    attends once a month is at one meeting of each month and blocks no other.
    """

    busy_unit: str
    attends: AttendanceRule = AttendanceRule.EVERY_MEETING
    name: str = ""


@dataclass(frozen=True, slots=True)
class ForumInput:
    """One series of meetings: a forum, or a forum at one of its units.

    `weekday` and `starts` are preferences that bind when given; what the cadence says comes
    first. Gaps are calendar days between two neighbouring meetings of the series. `exclusions`
    are spans (first day, last day) in which this series does not meet; `unfit` are those of its
    days that are excluded because somebody who is needed cannot come.
    """

    slug: str
    name: str
    cadence: Cadence
    duration: timedelta
    unit: str | None = None
    unit_name: str | None = None
    weekday: Weekday | None = None
    starts: time | None = None
    place: str | None = None
    seats: tuple[SeatInput, ...] = ()
    closed_kinds: frozenset[ClosedKind] = frozenset(ClosedKind)
    on_closed: ClosedDayRule = ClosedDayRule.SKIP
    anchor_on: date | None = None
    min_gap_days: int | None = None
    max_gap_days: int | None = None
    exclusions: tuple[tuple[date, date], ...] = ()
    unfit: frozenset[date] = frozenset()
    case_level: bool = False

    @property
    def key(self) -> SeriesKey:
        """Return what names the series within its municipality."""
        return (self.slug, self.unit)


@dataclass(frozen=True, slots=True)
class LinkInput:
    """How the dates of `target` depend on those of `source` (slugs).

    AFTER: each meeting of target is at least `days` (never fewer than 1) after a meeting of
    source in the same semester. RECEIVES_MINUTES: each meeting of target has a meeting of source
    before it, and none in the `days` days before it. AGENDA_ITEM moves no date.
    """

    kind: LinkKind
    source: str
    target: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class DeadlineInput:
    """A case that a forum treats before it is delivered on `due_on`.

    One of the forum's meetings lies in the `days` calendar days up to and including that day; with
    a unit it is one of the meetings there. `words` name who the case is delivered to.
    """

    forum: str
    unit: str | None
    due_on: date
    days: int
    words: str

    @property
    def first_day(self) -> date:
        """Return the first day on which a meeting is near enough."""
        return self.due_on - timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class FixedMeeting:
    """A meeting that the plan works around and never moves.

    Without a forum it is only a busy time (of another municipality, say) and is never named.
    A cancelled meeting keeps its place in the count and makes nobody busy. Meetings of a linked
    forum before the period count as meetings to come after. `guests` tells that those who attend
    once a month are at this one.
    """

    date: date
    start: time
    end: time
    busy_units: frozenset[str]
    why: FixedWhy
    forum: str | None = None
    unit: str | None = None
    number: int | None = None
    place: str | None = None
    guests: bool = False


@dataclass(frozen=True, slots=True)
class ClosedSpan:
    """Days, both ends included, on which forums that heed this kind do not meet."""

    starts_on: date
    ends_on: date
    kind: ClosedKind
    name: str


@dataclass(frozen=True, slots=True)
class LastYearDate:
    """A meeting of last year: its weekday is preferred, and links may build on it."""

    forum: str
    unit: str | None
    date: date


@dataclass(frozen=True, slots=True)
class Weights:
    """What a plan costs, in hundredths of a day away from the evenly spread date."""

    day: int = 100
    weekday: int = 400
    bridge_day: int = 300
    half_hour: int = 2
    rhythm_missed: int = 1_000
    replan_weekday: int = 2_000
    replan_moved: int = 3_000
    replan_published: int = 30_000


@dataclass(frozen=True, slots=True)
class YearInput:
    """Everything a year is planned from; equal input gives equal dates.

    No meeting is placed before `plan_from`. `core_time` bounds the times that the planner
    chooses itself. `autumn_starts_on` gives the month and day of school start, where the autumn
    semester begins; without one it is 15 August.
    """

    municipality: str
    starts_on: date
    ends_on: date
    forums: tuple[ForumInput, ...]
    plan_from: date | None = None
    links: tuple[LinkInput, ...] = ()
    deadlines: tuple[DeadlineInput, ...] = ()
    fixed: tuple[FixedMeeting, ...] = ()
    closed: tuple[ClosedSpan, ...] = ()
    core_time: tuple[time, time] = (time(8), time(15, 30))
    preferred_start: time = time(9)
    autumn_starts_on: date | None = None
    last_year: tuple[LastYearDate, ...] = ()
    weights: Weights = field(default_factory=Weights)

    @property
    def first_day(self) -> date:
        """Return the first day on which a new meeting may be placed."""
        return max(self.starts_on, self.plan_from or self.starts_on)

    @property
    def period(self) -> str:
        """Return the period as people write it: "2027" or "2027/28"."""
        if self.starts_on.year == self.ends_on.year:
            return str(self.starts_on.year)
        return f"{self.starts_on.year}/{self.ends_on.year % 100:02d}"
