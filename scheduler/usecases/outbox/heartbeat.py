"""Each worker says that it is alive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func
from sqlmodel import Session, select

from scheduler.store.tables import Heartbeat
from scheduler.store.upsert import insert_into

__all__ = ["Pulse", "beat", "read_pulse"]

_SILENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Pulse:
    """Whether a worker is alive, and when one last was; None where none ever has been."""

    alive: bool
    last_at: datetime | None


def beat(session: Session, worker: str, *, version: str, now: datetime) -> None:
    """Note when the worker was last alive, and which version of the program it is."""
    values = {"worker": worker, "at": now, "version": version}
    session.connection().execute(
        insert_into(session, Heartbeat)
        .values(values)
        .on_conflict_do_update(index_elements=["worker"], set_={"at": now, "version": version})
    )


def read_pulse(session: Session, *, now: datetime) -> Pulse:
    """Return whether any worker was alive in the last five minutes."""
    last_at = session.exec(select(func.max(Heartbeat.at))).one()
    return Pulse(alive=last_at is not None and last_at > now - _SILENT, last_at=last_at)
