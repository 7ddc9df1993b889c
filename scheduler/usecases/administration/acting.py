"""Who changes something, where and when, and the note of it in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from scheduler.store.tables import AuditEvent

__all__ = ["Acting", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """A person at work in one municipality; every row that is read or changed must be its own."""

    municipality_id: int
    person_id: int
    now: datetime
    today: date


def note(
    session: Session,
    acting: Acting,
    action: str,
    *,
    entity: str,
    entity_id: int | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write down what was done: ids and values, never a person's name (privacy rule 8)."""
    session.add(
        AuditEvent(
            at=acting.now,
            municipality_id=acting.municipality_id,
            person_id=acting.person_id,
            action=action,
            entity=entity,
            entity_id=entity_id,
            before=before,
            after=after,
        )
    )
    session.flush()
