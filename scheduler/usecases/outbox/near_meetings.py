"""The meetings that a mail about a published year names, since they come so soon."""

from __future__ import annotations

import json
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import EXPECTED_STATES
from scheduler.mail import NearMeeting
from scheduler.store.tables import Forum, Meeting, Outbox, Unit
from scheduler.usecases.outbox.moves import has_seat

__all__ = ["near_meetings"]


def near_meetings(session: Session, row: Outbox, *, today: date) -> tuple[NearMeeting, ...]:
    """Return those of the meetings that a mail names which its reader still comes to, by start."""
    said = json.loads(row.payload) if row.payload is not None else {}
    if not said.get("near"):
        return ()
    rows = session.exec(
        select(Meeting, Forum.name, Unit.name)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .outerjoin(Unit, col(Unit.id) == Meeting.unit_id)
        .where(col(Meeting.id).in_(said["near"]), col(Meeting.state).in_(EXPECTED_STATES))
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Meeting.uid))
    ).all()
    return tuple(
        NearMeeting(
            forum=f"{forum}, {unit}" if unit else forum,
            held_on=meeting.held_on,
            starts=meeting.starts,
            ends=meeting.ends,
            place=meeting.place,
        )
        for meeting, forum, unit in rows
        if has_seat(session, row, meeting, today)
    )
