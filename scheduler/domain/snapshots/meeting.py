"""One meeting as its reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from scheduler.domain.enums import ForumLevel, MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.periods import read_period

__all__ = ["MeetingSnapshot", "SlotState"]


class SlotState(StrEnum):
    """What is said of a slot held only if needed: never whether it was used (privacy rule 4)."""

    RESERVED = "reserved"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSnapshot:
    """A meeting, already cut down to what its reader may see.

    Date and clock times are civil time in `timezone`. `of` is the number of meetings in the same
    series (period, forum and unit). `place` and `reasons` are empty for a reader who sees only
    the date of a case-level meeting, and `agenda` is always empty at case level.
    """

    id: int
    uid: str
    sequence: int
    municipality_id: int
    municipality_slug: str
    municipality_name: str
    timezone: str
    period: str
    forum_id: int
    forum_slug: str
    forum_name: str
    unit_id: int | None
    unit_name: str | None
    number: int
    of: int
    held_on: date
    starts: time
    ends: time
    place: str | None
    state: MeetingState
    level: ForumLevel
    on_demand: bool
    moved_from: date | None
    moved_from_starts: time | None = None
    reasons: tuple[dict[str, Any], ...]
    set_by_hand: bool
    monthly_guests: bool
    changed_at: datetime
    cancelled_at: datetime | None
    agenda: tuple[str, ...]
    reworded_at: datetime | None = None

    @property
    def said_at(self) -> datetime:
        """Return when its calendar entry last came to say something else."""
        return max(self.changed_at, self.reworded_at or self.changed_at)

    @property
    def slot(self) -> SlotState | None:
        """Return what is said of a slot held only if needed, or None for other meetings."""
        if not self.on_demand:
            return None
        return SlotState.FREE if self.state is MeetingState.CANCELLED else SlotState.RESERVED

    @property
    def was_first(self) -> MeetingStart | None:
        """Return when a moved meeting was to begin first, or None where it begins then again.

        Where that clock time was never noted, it counts as the one it has now.
        """
        if self.moved_from is None:
            return None
        first = MeetingStart(self.moved_from, self.moved_from_starts or self.starts)
        return None if first == MeetingStart(self.held_on, self.starts) else first

    @property
    def is_outside_period(self) -> bool:
        """Tell whether it was moved out of the year that its number counts in."""
        period = read_period(self.period)
        return not period.starts_on <= self.held_on <= period.ends_on

    @property
    def title(self) -> str:
        """Return the forum's name, with the unit's where the forum is one series per unit."""
        return f"{self.forum_name}, {self.unit_name}" if self.unit_name else self.forum_name
