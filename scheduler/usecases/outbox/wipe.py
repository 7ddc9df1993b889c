"""Wiping what a mail said, long after it went; its hash is kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session, col, or_, select

from scheduler.domain.reminders import ACCEPTED_STATES, LOST_STATES, OutboxState
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox.settings import WorkerSettings

__all__ = ["wipe_old"]

_AT_ONCE = 500
_ENDED = (*ACCEPTED_STATES, *LOST_STATES, OutboxState.CANCELLED)


def wipe_old(session: Session, settings: WorkerSettings, *, now: datetime) -> int:
    """Wipe the bytes, the address and the server's words of mails that went long ago.

    Returns how many there were; call again while there are any.
    """
    before = now - settings.wipe_after
    ids = session.exec(
        select(Outbox.id)
        .where(
            col(Outbox.message).is_not(None),
            or_(col(Outbox.sent_at) <= before, col(Outbox.message_at) <= before),
            col(Outbox.state).in_(_ENDED),
        )
        .limit(_AT_ONCE)
    ).all()
    if ids:
        session.connection().execute(
            update(Outbox)
            .where(col(Outbox.id).in_(ids))
            .values(message=None, recipient=None, smtp_reply=None, last_error=None)
        )
    return len(ids)
