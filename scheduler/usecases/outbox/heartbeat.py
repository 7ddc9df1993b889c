"""Each worker says that it is alive."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.store.tables import Heartbeat
from scheduler.store.upsert import insert_into

__all__ = ["beat"]


def beat(session: Session, worker: str, *, version: str, now: datetime) -> None:
    """Note when the worker was last alive, and which version of the program it is."""
    values = {"worker": worker, "at": now, "version": version}
    session.connection().execute(
        insert_into(session, Heartbeat)
        .values(values)
        .on_conflict_do_update(index_elements=["worker"], set_={"at": now, "version": version})
    )
