"""Whether the municipality lets its calendars into private calendar programs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, select

from scheduler.store.tables import AuditEvent, Municipality

__all__ = ["allow_private_links", "private_links_allowed"]

_CHOICE: Final = "private_calendar_links"


def private_links_allowed(session: Session, municipality_ids: Collection[int]) -> bool:
    """Tell whether links to private calendars may be shown; one municipality can forbid it."""
    found = session.exec(
        select(col(Municipality.choices)).where(col(Municipality.id).in_(municipality_ids))
    )
    return all(choices.get(_CHOICE, True) is True for choices in found)


def allow_private_links(
    session: Session, municipality_id: int, *, allowed: bool, actor_id: int | None, now: datetime
) -> bool:
    """Let the municipality show such links or not; tell whether that is a change."""
    row = session.get_one(Municipality, municipality_id)
    before = row.choices.get(_CHOICE, True) is True
    if before == allowed:
        return False
    row.choices = {**row.choices, _CHOICE: allowed}
    session.add(row)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=municipality_id,
            person_id=actor_id,
            action="private_links",
            entity="municipality",
            entity_id=municipality_id,
            before={"allowed": before},
            after={"allowed": allowed},
        )
    )
    session.flush()
    return True
