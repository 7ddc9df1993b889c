"""What the rules need to know of a duty and its meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from scheduler.domain.enums import DutyKind, DutyState

__all__ = ["DutyFacts"]


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """A duty as it stands.

    `has_leader` tells whether there is anybody else to tell: a leader who is not the one
    responsible, or the plan's owner. `asks_seats` that the forum's other seats are asked for items
    before its notice goes. `meeting_at` is the start of the meeting whose papers it is
    about; `asked_at` is when the minutes went out for comment.
    """

    kind: DutyKind
    state: DutyState
    due_on: date
    has_leader: bool
    has_owner: bool
    asks_seats: bool = False
    meeting_at: datetime | None = None
    asked_at: datetime | None = None
