"""One duty as its reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from scheduler.domain.enums import UNFINISHED_STATES, DutyKind, DutyState, ForumLevel

__all__ = ["DutySnapshot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutySnapshot:
    """A duty with the names its title is made of; each name is None where it does not apply.

    `item_name` is the recurring duty's own name in the plan. `position_id` is None where the plan
    names nobody; `named_person_id` is the one of several holders who has it. `treated_on` and
    `treated_by` are the council's meeting that the due day is counted back from.
    """

    id: int
    uid: str
    sequence: int
    municipality_id: int
    municipality_slug: str
    municipality_name: str
    timezone: str
    period: str
    kind: DutyKind
    forum_id: int | None
    forum_slug: str | None
    forum_name: str | None
    level: ForumLevel | None
    unit_name: str | None
    meeting_id: int | None
    meeting_number: int | None
    meeting_on: date | None
    service_name: str | None
    measure_name: str | None
    item_name: str | None
    legal_basis: str | None
    position_id: int | None
    position_title: str | None
    leader_position_id: int | None
    due_on: date
    promised_on: date
    state: DutyState
    postponed: bool
    done_at: datetime | None
    done_through: str | None
    link: str | None
    version: int
    changed_at: datetime
    named_person_id: int | None = None
    treated_on: date | None = None
    treated_by: str | None = None
    reworded_at: datetime | None = None

    @property
    def said_at(self) -> datetime:
        """Return when its calendar entry last came to say something else."""
        return max(self.changed_at, self.reworded_at or self.changed_at)

    @property
    def is_unfinished(self) -> bool:
        """Tell whether somebody still has to do it."""
        return self.state in UNFINISHED_STATES

    def is_late(self, today: date) -> bool:
        """Tell whether it was due before today and is still not done."""
        return self.is_unfinished and self.due_on < today

    @property
    def subject(self) -> str:
        """Return the name of what the duty is about: forum with unit, service, measure or item.

        An item in a forum's meeting comes first, then the forum.
        """
        parts = [
            self.item_name if self.forum_name else None,
            self.forum_name or self.service_name or self.measure_name or self.item_name,
            self.unit_name,
        ]
        return ", ".join(part for part in parts if part)
