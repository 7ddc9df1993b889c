"""What a mail about a published or changed year says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import ClassVar

from scheduler.domain.meeting_start import MeetingStart

__all__ = ["MovedMeeting", "NearMeeting", "SummaryMail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedMeeting:
    """One of several meetings that were changed together: when it began, and what it is now."""

    forum: str
    moved_from: MeetingStart
    held_on: date
    starts: time
    ends: time
    place: str | None = None
    cancelled: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether its reader knew it to begin at another time."""
        return self.moved_from != MeetingStart(self.held_on, self.starts)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMeeting:
    """A meeting that comes so soon after it was settled that the mail names it."""

    forum: str
    held_on: date
    starts: time
    ends: time
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryMail:
    """A published or changed year, one mail a person.

    `moves` are the reader's meetings where some were changed together, and `near` those of a year
    just published that come soon; `at_once` says that one of them is near.
    """

    template: ClassVar[str] = "summary.j2"
    municipality: str
    period: str
    meetings: int
    published: bool
    home_url: str
    preferences_url: str
    subscribe_url: str
    moves: tuple[MovedMeeting, ...] = ()
    near: tuple[NearMeeting, ...] = ()
    at_once: bool = False
    content_free: bool = False

    @property
    def all_cancelled(self) -> bool:
        """Tell whether each of the meetings that were changed is off."""
        return bool(self.moves) and all(one.cancelled for one in self.moves)
