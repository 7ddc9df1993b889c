"""Who of a meeting's seats would be elsewhere at that time, counted and never named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from scheduler.domain.enums import EXPECTED_STATES
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Meeting, Seat
from scheduler.usecases.meetings.move_meeting import MeetingTime

__all__ = ["meetings_at"]


def meetings_at(
    session: Session,
    at: MeetingTime,
    positions: Collection[int],
    which: ColumnElement[bool],
    *,
    today: date,
) -> int:
    """Count the meetings of these positions at that time, of `which` meetings.

    Whose they are is not said.
    """
    return session.exec(
        select(func.count(col(Meeting.id).distinct()))
        .join(Seat, sits_in(Meeting.forum_id, Meeting.unit_id))
        .where(
            which,
            Meeting.held_on == at.held_on,
            Meeting.starts < at.ends,
            Meeting.ends > at.starts,
            col(Meeting.state).in_(EXPECTED_STATES),
            col(Seat.position_id).in_(positions),
            in_use(Seat.retired_on, today),
        )
    ).one()
