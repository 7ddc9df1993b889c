"""What has happened to a meeting: the log's rows, with names looked up (privacy rule 8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.store.tables import AuditEvent, Person

__all__ = ["MeetingEvent", "meeting_history"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEvent:
    """One change; `by` is None for the program itself and for someone who has been removed."""

    at: datetime
    action: str
    by: str | None
    before: dict[str, Any]
    after: dict[str, Any]


def meeting_history(session: Session, meeting_id: int) -> tuple[MeetingEvent, ...]:
    """Return a meeting's changes, the newest first. The caller may see the meeting."""
    rows = session.exec(
        select(AuditEvent, Person.name)
        .outerjoin(Person, col(Person.id) == AuditEvent.person_id)
        .where(AuditEvent.entity == "meeting", AuditEvent.entity_id == meeting_id)
        .order_by(col(AuditEvent.at).desc(), col(AuditEvent.id).desc())
    ).all()
    return tuple(
        MeetingEvent(
            at=event.at,
            action=event.action,
            by=name,
            before=event.before or {},
            after=event.after or {},
        )
        for event, name in rows
    )
