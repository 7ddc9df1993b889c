"""Taking rows in hand: under a lease, so that a worker that dies gives them back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, text, update
from sqlmodel import Session, col, select

from scheduler.domain.reminders import OutboxState
from scheduler.store.tables import Outbox, OutboxEvent
from scheduler.usecases.outbox.settings import WorkerSettings
from scheduler.usecases.outbox.transition import FREE, take_step

__all__ = ["Claim", "claim_due", "give_back", "renew"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A row in hand; `token` is the lease that every step on it names."""

    row_id: int
    token: str
    mail_class: str


def claim_due(
    session: Session, settings: WorkerSettings, *, now: datetime, limit: int
) -> tuple[Claim, ...]:
    """Lease up to `limit` rows that are due, the most urgent first; other workers' are passed by.

    The condition on the state is written out so that both databases use the index of due rows.
    """
    due = session.exec(
        select(Outbox.id, Outbox.mail_class)
        .where(text("state = 'scheduled'"), Outbox.next_at <= now)
        .order_by(col(Outbox.priority), col(Outbox.next_at), col(Outbox.id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not due:
        return ()
    ids = [row_id for row_id, _ in due]
    token = secrets.token_hex(16)
    session.connection().execute(
        update(Outbox)
        .where(col(Outbox.id).in_(ids))
        .values(
            state=OutboxState.LEASED.value,
            lease_owner=settings.worker,
            lease_token=token,
            lease_until=now + settings.lease,
        )
    )
    session.connection().execute(
        insert(OutboxEvent),
        [
            {"outbox_id": row_id, "at": now, "from_state": "scheduled", "to_state": "leased"}
            for row_id in ids
        ],
    )
    return tuple(
        Claim(row_id, token, mail_class) for row_id, mail_class in due if row_id is not None
    )


def renew(
    session: Session, claims: Sequence[Claim], settings: WorkerSettings, *, now: datetime
) -> None:
    """Keep what is still in hand for another lease; what others are changing is passed by."""
    ids = session.exec(
        select(Outbox.id)
        .where(
            col(Outbox.id).in_([claim.row_id for claim in claims]),
            col(Outbox.lease_token).in_({claim.token for claim in claims}),
            col(Outbox.state) == OutboxState.LEASED,
        )
        .with_for_update(skip_locked=True)
    ).all()
    session.connection().execute(
        update(Outbox).where(col(Outbox.id).in_(ids)).values(lease_until=now + settings.lease)
    )


def give_back(session: Session, claims: Sequence[Claim], *, now: datetime, detail: str) -> None:
    """Put rows that were not begun back in the queue."""
    for claim in claims:
        take_step(
            session,
            claim.row_id,
            OutboxState.LEASED,
            OutboxState.SCHEDULED,
            at=now,
            token=claim.token,
            detail=detail,
            **FREE,
        )
