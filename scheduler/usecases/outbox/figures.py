"""The queue in numbers, for whoever watches over the installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session, func, select

from scheduler.domain.reminders import OutboxState
from scheduler.store.tables import Heartbeat, Outbox

__all__ = ["QueueFigures", "queue_figures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """How many mails are in each state, how late the oldest due one is, and the worker's silence.

    `oldest_due` is zero where nothing is due; `silence` is None where no worker ever was alive.
    """

    by_state: dict[OutboxState, int]
    oldest_due: timedelta
    silence: timedelta | None


def queue_figures(session: Session, *, now: datetime) -> QueueFigures:
    """Return the numbers as they are now, of all municipalities together."""
    counted = dict(session.exec(select(Outbox.state, func.count()).group_by(Outbox.state)).all())
    # Written out so that the index of due rows is used.
    oldest = session.exec(
        select(func.min(Outbox.next_at)).where(text("state = 'scheduled'"), Outbox.next_at <= now)
    ).one()
    beaten_at = session.exec(select(func.max(Heartbeat.at))).one()
    return QueueFigures(
        by_state={state: counted.get(state.value, 0) for state in OutboxState},
        oldest_due=now - oldest if oldest is not None else timedelta(0),
        silence=now - beaten_at if beaten_at is not None else None,
    )
