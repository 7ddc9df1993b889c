"""What will be sent, when, to whom and why: the outbox as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.reminders import Audience
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting, Municipality, Outbox, Person, Position
from scheduler.usecases.reminders.recipients import recipients_of

__all__ = ["Expected", "forecast"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One mail of the outbox; `recipient` is who would get it today, or who got it."""

    due_at: datetime
    kind: str
    step: str
    state: str
    position: str | None
    recipient: str | None
    forum: str | None
    meeting: date | None

    def as_json(self) -> dict[str, Any]:
        """Return the row as `aarshjul reminders --json` prints it."""
        return {
            "due_at": self.due_at.isoformat(),
            "kind": self.kind,
            "position": self.position,
            "recipient": self.recipient,
            "forum": self.forum,
            "meeting": self.meeting.isoformat() if self.meeting else None,
            "step": self.step,
            "state": self.state,
        }


def forecast(
    session: Session,
    municipality: Municipality,
    *,
    from_at: datetime,
    until_at: datetime,
    today: date,
) -> tuple[Expected, ...]:
    """Return every mail due from `from_at` and before `until_at`, sent and cancelled ones too.

    Log-in links are never shown.
    """
    rows = session.exec(
        select(Outbox, Duty)
        .outerjoin(Duty, col(Duty.id) == col(Outbox.duty_id))
        .where(
            Outbox.municipality_id == id_of(municipality),
            Outbox.due_at >= from_at,
            Outbox.due_at < until_at,
            Outbox.kind != "login",
        )
        .order_by(col(Outbox.due_at), col(Outbox.id))
    ).all()
    own = id_of(municipality)
    positions = session.exec(select(Position).where(Position.municipality_id == own)).all()
    forums = session.exec(select(Forum).where(Forum.municipality_id == own)).all()
    meeting_ids = {outbox.meeting_id for outbox, _duty in rows}
    meetings = session.exec(select(Meeting).where(col(Meeting.id).in_(meeting_ids))).all()
    position_slugs = {row.id: row.slug for row in positions}
    forum_slugs = {row.id: row.slug for row in forums}
    held_on = {row.id: row.held_on for row in meetings}
    return tuple(
        Expected(
            due_at=outbox.due_at,
            kind=outbox.kind,
            step=outbox.step,
            state=outbox.state,
            position=position_slugs.get(outbox.position_id),
            recipient=outbox.recipient or _today(session, outbox, duty, today),
            forum=forum_slugs.get(duty.forum_id) if duty else None,
            meeting=held_on.get(outbox.meeting_id),
        )
        for outbox, duty in rows
    )


def _today(session: Session, outbox: Outbox, duty: Duty | None, today: date) -> str | None:
    if outbox.person_id is not None:
        return session.get_one(Person, outbox.person_id).email
    if duty is None or outbox.function is None:
        return None
    found = recipients_of(session, duty, Audience(outbox.function), on=today)
    return ", ".join(reader.email for reader in found.readers) if found else None
