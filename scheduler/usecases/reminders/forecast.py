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
        select(Outbox, Duty, Meeting.held_on, Person.email)
        .outerjoin(Duty, col(Duty.id) == col(Outbox.duty_id))
        .outerjoin(Meeting, col(Meeting.id) == col(Outbox.meeting_id))
        .outerjoin(Person, col(Person.id) == col(Outbox.person_id))
        .where(
            Outbox.municipality_id == id_of(municipality),
            Outbox.due_at >= from_at,
            Outbox.due_at < until_at,
            Outbox.kind != "login",
        )
        .order_by(col(Outbox.due_at), col(Outbox.id))
    ).all()
    positions = _slugs(session, Position, municipality)
    forums = _slugs(session, Forum, municipality)
    return tuple(
        Expected(
            due_at=outbox.due_at,
            kind=outbox.kind,
            step=outbox.step,
            state=outbox.state,
            position=positions.get(outbox.position_id),
            recipient=outbox.recipient or person or _today(session, outbox, duty, today),
            forum=forums.get(duty.forum_id) if duty else None,
            meeting=held_on,
        )
        for outbox, duty, held_on, person in rows
    )


def _today(session: Session, outbox: Outbox, duty: Duty | None, today: date) -> str | None:
    if duty is None or outbox.function is None:
        return None
    found = recipients_of(session, duty, Audience(outbox.function), on=today)
    return ", ".join(reader.email for reader in found.readers) if found else None


def _slugs(
    session: Session, table: type[Position] | type[Forum], municipality: Municipality
) -> dict[int | None, str]:
    rows = session.exec(select(table).where(table.municipality_id == id_of(municipality)))
    return {row.id: row.slug for row in rows}
