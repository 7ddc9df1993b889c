"""Why a mail is to go, read afresh, and whether that is still so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.reminders import Audience, Tone
from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.tables import Forum, Meeting, Municipality, Outbox, Unit
from scheduler.usecases.pages.duties import read_duty

__all__ = ["DutyReason", "MeetingReason", "duty_reason", "meeting_reason"]


@dataclass(frozen=True, slots=True)
class DutyReason:
    """A duty, and what the step about it says; `due_on` is the deadline it speaks of."""

    duty: DutySnapshot
    municipality: Municipality
    audience: Audience
    tone: Tone
    due_on: date
    leader_on: date | None
    only_person: int | None

    def why_not(self, row: Outbox) -> str | None:
        """Return why the mail is no longer true, or None where it is."""
        if not self.duty.is_unfinished:
            return self.duty.state.value
        if self.tone is Tone.ITEMS and self.duty.level is not None and self.duty.level.is_case:
            # It was asked for while the forum spoke of no single cases (privacy rule 1).
            return "about cases now"
        return None if self.duty.version == row.duty_version else "duty changed"


@dataclass(frozen=True, slots=True)
class MeetingReason:
    """A meeting whose change is to be told."""

    meeting: Meeting
    municipality: Municipality
    forum: str

    def why_not(self, row: Outbox) -> str | None:
        """Return why the mail is no longer true, or None where it is."""
        return None if self.meeting.sequence == row.meeting_sequence else "meeting changed again"


def duty_reason(session: Session, row: Outbox) -> DutyReason | None:
    """Return what a duty's mail is about, or None where the duty is gone."""
    duty = read_duty(session, row.duty_id) if row.duty_id is not None else None
    if duty is None or row.payload is None:
        return None
    said: dict[str, Any] = json.loads(row.payload)
    return DutyReason(
        duty=duty,
        municipality=session.get_one(Municipality, duty.municipality_id),
        audience=Audience(row.function or Audience.RESPONSIBLE),
        tone=Tone(said["tone"]),
        due_on=date.fromisoformat(said["due_on"]),
        leader_on=date.fromisoformat(said["leader_on"]) if said["leader_on"] else None,
        only_person=said.get("only_person"),
    )


def meeting_reason(session: Session, row: Outbox) -> MeetingReason | None:
    """Return what a mail about a changed meeting is about, or None where the meeting is gone."""
    found = session.exec(
        select(Meeting, Municipality, Forum.name, Unit.name)
        .join(Municipality, col(Municipality.id) == col(Meeting.municipality_id))
        .join(Forum, col(Forum.id) == col(Meeting.forum_id))
        .outerjoin(Unit, col(Unit.id) == col(Meeting.unit_id))
        .where(col(Meeting.id) == row.meeting_id)
    ).one_or_none()
    if found is None:
        return None
    meeting, municipality, forum, unit = found
    return MeetingReason(meeting, municipality, f"{forum}, {unit}" if unit else forum)
