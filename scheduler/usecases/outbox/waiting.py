"""How much waits to be sent, and from when: what a worker says as it starts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, func, select

from scheduler.store.tables import Outbox

__all__ = ["Waiting", "read_waiting"]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many mails are in line, of all municipalities, and when the first may go.

    `next_at` is None where none is in line, and lies behind where one is due already.
    """

    mails: int
    next_at: datetime | None


def read_waiting(session: Session) -> Waiting:
    """Return what is in line now."""
    # Written out so that the index of waiting rows is used.
    in_line = text("state = 'scheduled'")
    mails, next_at = session.exec(
        select(func.count(), func.min(Outbox.next_at)).select_from(Outbox).where(in_line)
    ).one()
    return Waiting(mails, next_at)
