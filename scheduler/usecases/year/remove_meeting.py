"""Removes a meeting that nobody has been told of."""

from __future__ import annotations

from sqlalchemy import delete, update
from sqlmodel import Session, col

from scheduler.store.tables import Attendance, Duty, Meeting, Outbox

__all__ = ["remove_meeting"]


def remove_meeting(session: Session, row: Meeting) -> None:
    """Remove the meeting and cut what an undone publishing left tied to it; nothing of it went."""
    for table in (Duty, Outbox):
        session.connection().execute(
            update(table).where(col(table.meeting_id) == row.id).values(meeting_id=None)
        )
    session.connection().execute(delete(Attendance).where(col(Attendance.meeting_id) == row.id))
    session.delete(row)
