"""The year as a problem: series with candidate days and costs, links, and what stands fast.

Days are date ordinals, clock times and lengths are sixtieths of an hour.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from scheduler.domain.enums import LinkKind
from scheduler.planning.busy import Busy
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.inputs import DeadlineInput, FixedMeeting, ForumInput, SeriesKey, YearInput
from scheduler.planning.proposal import Note, Unmet
from scheduler.planning.reasons import Reason

__all__ = [
    "Deadline",
    "FreeRhythm",
    "Link",
    "Placed",
    "Problem",
    "Series",
    "Slot",
    "SlotWindow",
    "Spacing",
]


class Spacing(StrEnum):
    """Where the least distance between two meetings of a series comes from."""

    GIVEN = "given"
    DEFAULT = "default"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SlotWindow:
    """A span of the series with the days that are open in it, in order.

    `ideals_by_count` has the evenly spread days still to be filled when `most` meetings are held,
    and the same for each smaller count down to `least`. `move_cost` is what any other day than the
    ideal costs besides its distance: something where meetings stand already.
    """

    first: int
    last: int
    days: tuple[int, ...]
    ideals_by_count: tuple[tuple[int, tuple[int, ...]], ...]
    move_cost: int = 0

    @property
    def most(self) -> int:
        """Return how many meetings to place if they fit."""
        return max(count for count, _ in self.ideals_by_count)

    @property
    def least(self) -> int:
        """Return how many meetings must be placed."""
        return min(count for count, _ in self.ideals_by_count)

    def ideals(self, count: int) -> tuple[int, ...]:
        """Return the evenly spread days for a count."""
        return dict(self.ideals_by_count)[count]


@dataclass(frozen=True, slots=True)
class Series:
    """A forum (at a unit) whose dates the planner chooses.

    `starts` are the possible clock times with their cost, cheapest first. `day_costs` holds what
    a day costs besides its distance from the ideal. `own_days` are its kept meetings, and
    `guest_days` those of them that the monthly guests attend.
    """

    index: int
    forum: ForumInput
    starts: tuple[tuple[int, int], ...]
    length: int
    resources: tuple[str, ...]
    windows: tuple[SlotWindow, ...]
    min_gap: int
    max_gap: int | None
    spacing: Spacing
    wished_gap: int
    own_days: tuple[int, ...]
    day_costs: dict[int, int]
    guest_days: tuple[int, ...] = ()
    # Filled as slots are asked for: the same few counts are asked for again and again.
    slots_by_counts: dict[tuple[int, ...], tuple[Slot, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @property
    def key(self) -> SeriesKey:
        """Return what names the series."""
        return self.forum.key

    @property
    def most(self) -> tuple[int, ...]:
        """Return the preferred count of each window."""
        return tuple(window.most for window in self.windows)

    @property
    def least(self) -> tuple[int, ...]:
        """Return the least count of each window."""
        return tuple(window.least for window in self.windows)

    def slots(self, counts: tuple[int, ...], *, day_cost: int) -> tuple[Slot, ...]:
        """Return the meetings to place when each window holds its count."""
        known = self.slots_by_counts.get(counts)
        if known is None:
            known = tuple(
                Slot(self.index, ideal, window.days, self._costs(window, ideal, day_cost))
                for window, count in zip(self.windows, counts, strict=True)
                for ideal in window.ideals(count)
            )
            self.slots_by_counts[counts] = known
        return known

    def _costs(self, window: SlotWindow, ideal: int, day_cost: int) -> tuple[int, ...]:
        extra, move = self.day_costs, window.move_cost
        costs = [abs(day - ideal) * day_cost for day in window.days]
        if extra:
            costs = [cost + extra.get(day, 0) for cost, day in zip(costs, window.days, strict=True)]
        if move:
            costs = [
                cost + (move if day != ideal else 0)
                for cost, day in zip(costs, window.days, strict=True)
            ]
        return tuple(costs)


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting to place: its evenly spread day, and its possible days with their costs."""

    series: int
    ideal: int
    days: tuple[int, ...]
    costs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency between series, with the days on either side that stand fast already."""

    kind: LinkKind
    source: str
    target: str
    days: int
    sources: tuple[int, ...]
    source_days: tuple[int, ...]
    targets: tuple[int, ...]
    target_days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One of the sources has a meeting from `first` to `last`; no day that stands fast is there."""

    given: DeadlineInput
    first: int
    last: int
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A meeting of a series with a fixed rhythm, placed while the problem was made.

    With `guests` those who attend once a month are at this one, and are in `resources`.
    """

    forum: ForumInput
    day: int
    start: int
    length: int
    resources: tuple[str, ...]
    reasons: tuple[Reason, ...]
    guests: bool = False


@dataclass(frozen=True, slots=True)
class FreeRhythm:
    """A rhythm whose weekday or weeks neither words nor habit settle.

    `taken` is the option that is followed, `missed` how many more of its dates got no meeting
    than closed days alone take from the best of the options.
    """

    key: SeriesKey
    options: int
    taken: int
    missed: int


@dataclass(frozen=True, slots=True)
class Problem:
    """All of it. `busy` holds what stands fast: fixed meetings and fixed rhythms."""

    year: YearInput
    closed: ClosedDays
    busy: Busy
    series: tuple[Series, ...]
    links: tuple[Link, ...]
    rhythms: tuple[Placed, ...]
    kept: tuple[FixedMeeting, ...]
    unmet: tuple[Unmet, ...]
    notes: tuple[Note, ...]
    semesters: dict[int, int | None] = field(default_factory=dict)
    free_rhythms: tuple[FreeRhythm, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    unspaced: frozenset[SeriesKey] = frozenset()

    @property
    def rhythm_cost(self) -> int:
        """Return what the free rhythms cost by the dates that they miss."""
        return self.year.weights.rhythm_missed * sum(free.missed for free in self.free_rhythms)

    @property
    def spacings(self) -> tuple[Spacing, ...]:
        """Return where each series has its least distance between meetings from."""
        return tuple(series.spacing for series in self.series)
