"""The rounds of a year, and the log of the steps that each takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    DateRound,
    YearPlan,
)

__all__ = ["note_round", "rounds_of"]


def rounds_of(session: Session, year_plan: YearPlan) -> Sequence[DateRound]:
    """Return every round of a year, the oldest first."""
    return session.exec(
        select(DateRound)
        .where(DateRound.year_plan_id == id_of(year_plan))
        .order_by(col(DateRound.id))
    ).all()


def note_round(
    session: Session,
    found: DateRound,
    action: str,
    now: datetime,
    actor_id: int | None,
    after: dict[str, Any],
) -> None:
    """Write a step of a round in the log."""
    session.add(
        AuditEvent(
            at=now,
            municipality_id=found.municipality_id,
            person_id=actor_id,
            action=action,
            entity="year_plan",
            entity_id=found.year_plan_id,
            after=after,
        )
    )
    session.flush()
