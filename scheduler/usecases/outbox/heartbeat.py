"""Each worker says that it is alive."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from scheduler.store.tables import Heartbeat

__all__ = ["beat"]


def beat(session: Session, worker: str, *, version: str, now: datetime) -> None:
    """Note when the worker was last alive, and which version of the program it is."""
    dialect = session.get_bind().dialect.name
    values = {"worker": worker, "at": now, "version": version}
    statement: Any = (sqlite if dialect == "sqlite" else postgresql).insert(Heartbeat)
    session.connection().execute(
        statement.values(values).on_conflict_do_update(
            index_elements=["worker"], set_={"at": now, "version": version}
        )
    )
