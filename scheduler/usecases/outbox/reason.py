"""Why a mail is to go, read afresh, and whether that is still so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyState, MeetingState
from scheduler.domain.reminders import Audience, Tone
from scheduler.store.tables import (
    Duty,
    Forum,
    Measure,
    Meeting,
    Municipality,
    MunicipalService,
    Outbox,
    Position,
    RecurringDuty,
    Unit,
)

__all__ = ["DutyReason", "MeetingReason", "duty_reason", "meeting_reason"]


@dataclass(frozen=True, slots=True)
class DutyReason:
    """A duty with everything a mail may say of it."""

    duty: Duty
    municipality: Municipality
    position: str
    forum: str | None
    name: str | None
    meeting: Meeting | None
    audience: Audience
    tone: Tone
    due_on: date
    leader_on: date | None
    only_person: int | None

    def why_not(self, row: Outbox) -> str | None:
        """Return why the mail is no longer true, or None where it is."""
        if self.duty.state not in (DutyState.OPEN, DutyState.IN_REVIEW):
            return self.duty.state.value
        if self.duty.version != row.duty_version:
            return "duty changed"
        if self.meeting is not None and self.meeting.state is MeetingState.CANCELLED:
            return "meeting cancelled"
        return None


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
    found = session.exec(
        select(  # type: ignore[call-overload]
            Duty,
            Municipality,
            Forum,
            Meeting,
            Unit.name,
            Position.title,
            MunicipalService.name,
            Measure.name,
            RecurringDuty.name,
        )
        .join(Municipality, col(Municipality.id) == col(Duty.municipality_id))
        .join(Position, col(Position.id) == col(Duty.position_id))
        .outerjoin(Forum, col(Forum.id) == col(Duty.forum_id))
        .outerjoin(Meeting, col(Meeting.id) == col(Duty.meeting_id))
        .outerjoin(Unit, col(Unit.id) == col(Duty.unit_id))
        .outerjoin(MunicipalService, col(MunicipalService.id) == col(Duty.service_id))
        .outerjoin(Measure, col(Measure.id) == col(Duty.measure_id))
        .outerjoin(RecurringDuty, col(RecurringDuty.id) == col(Duty.recurring_duty_id))
        .where(col(Duty.id) == row.duty_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None or row.payload is None:
        return None
    duty, municipality, forum, meeting, unit, position, *names = found
    said: dict[str, Any] = json.loads(row.payload)
    return DutyReason(
        duty=duty,
        municipality=municipality,
        position=position,
        forum=_with_unit(forum.name, unit) if forum else None,
        name=next((name for name in names if name), None),
        meeting=meeting,
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
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        return None
    meeting, municipality, forum, unit = found
    return MeetingReason(meeting, municipality, _with_unit(forum, unit))


def _with_unit(forum: str, unit: str | None) -> str:
    return f"{forum} ({unit})" if unit else forum
