"""Counts how often something is asked for, and says when it is too often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete
from sqlmodel import Session, col

from scheduler.store.tables import RateCount
from scheduler.store.upsert import insert_into

__all__ = ["Limit", "within_limit"]

_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` in each window of the clock."""

    name: str
    times: int
    window: timedelta


def within_limit(session: Session, limit: Limit, what: str, *, now: datetime) -> bool:
    """Count one more for `what` and tell whether it is still within the limit.

    `what` (an address of mail or machine) is kept as a hash, and for a day. Counting is one
    statement, so any number of processes count together.
    """
    statement = insert_into(session, RateCount).values(
        key=f"{limit.name}:{sha256(what.encode()).hexdigest()}",
        window_at=_window_start(limit, now),
        count=1,
    )
    counted = session.connection().execute(
        statement.on_conflict_do_update(
            index_elements=["key", "window_at"], set_={"count": col(RateCount.count) + 1}
        ).returning(col(RateCount.count))
    )
    times: int = counted.scalar_one()
    session.connection().execute(delete(RateCount).where(col(RateCount.window_at) < now - _KEPT))
    return times <= limit.times


def _on_postgresql(session: Session) -> bool:
    return session.connection().dialect.name == "postgresql"


def _window_start(limit: Limit, now: datetime) -> datetime:
    since = now.timestamp() // limit.window.total_seconds()
    return datetime.fromtimestamp(since * limit.window.total_seconds(), UTC)
