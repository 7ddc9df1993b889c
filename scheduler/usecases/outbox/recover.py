"""What a worker that died left behind, and what came too late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, col, select

from scheduler.domain.reminders import OutboxState, ResendPolicy
from scheduler.store.rows import id_of
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox.transition import FREE, spent, take_step
from scheduler.usecases.reminders.upsert import let_go

__all__ = ["expire_due", "mark_uncertain", "recover_left"]

_AT_ONCE = 200
_RESEND_AFTER = timedelta(minutes=5)


def recover_left(session: Session, *, now: datetime) -> int:
    """Take over rows whose lease has run out; return how many there were.

    One that was only in hand is due again. One that was being sent may have arrived.
    """
    rows = session.exec(
        select(Outbox)
        .where(text("state IN ('leased', 'sending')"), col(Outbox.lease_until) < now)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        if row.state == OutboxState.SENDING:
            mark_uncertain(session, row, now=now, detail="found in sending")
        else:
            take_step(
                session,
                id_of(row),
                OutboxState.LEASED,
                OutboxState.SCHEDULED,
                at=now,
                token=row.lease_token,
                detail="lease ran out",
                **FREE,
            )
    return len(rows)


def mark_uncertain(session: Session, row: Outbox, *, now: datetime, detail: str) -> bool:
    """Note that nobody knows whether a mail arrived; a formal notice goes once more, unchanged."""
    row_id = id_of(row)
    if not take_step(
        session,
        row_id,
        OutboxState.SENDING,
        OutboxState.UNCERTAIN,
        at=now,
        token=row.lease_token,
        detail=detail,
        **FREE,
        **spent(row),
    ):
        return False
    if row.resend_policy == ResendPolicy.ONCE and row.resends == 0 and row.expires_at > now:
        take_step(
            session,
            row_id,
            OutboxState.UNCERTAIN,
            OutboxState.SCHEDULED,
            at=now,
            detail="resent once",
            resends=1,
            next_at=min(now + _RESEND_AFTER, row.expires_at),
        )
    return True


def expire_due(session: Session, *, now: datetime) -> int:
    """Put away rows that are past their use; return how many there were.

    One that was tried and never got through has failed; one that was never tried is skipped.
    """
    rows = session.exec(
        select(Outbox)
        .where(text("state = 'scheduled'"), Outbox.next_at <= now, Outbox.expires_at <= now)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        tried = row.attempt > 0 or row.resends > 0
        take_step(
            session,
            id_of(row),
            OutboxState.SCHEDULED,
            OutboxState.FAILED if tried else OutboxState.SKIPPED,
            at=now,
            detail="past its use",
            **spent(row),
        )
    let_go(session, _ids(rows), now=now)
    return len(rows)


def _ids(rows: Sequence[Outbox]) -> list[int]:
    return [id_of(row) for row in rows]
