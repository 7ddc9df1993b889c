"""The meetings that a mail to one person names, as they are now."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import HolderKind
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting, Outbox, Unit
from scheduler.usecases.people.holders import holders_on
from scheduler.usecases.reminders.announcement import seats_in

__all__ = ["named_meetings"]


def named_meetings(
    session: Session, row: Outbox, meeting_ids: Collection[int], *, today: date
) -> dict[int, tuple[Meeting, str]]:
    """Return those of the meetings in which the reader has a seat, by start, each with its forum.

    As few queries as the meetings have series, whatever their number.
    """
    if not meeting_ids:
        return {}
    rows = session.exec(
        select(Meeting, Forum.name, Unit.name)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .outerjoin(Unit, col(Unit.id) == Meeting.unit_id)
        .where(col(Meeting.id).in_(meeting_ids))
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Meeting.uid))
    ).all()
    of_series = {(meeting.forum_id, meeting.unit_id): meeting for meeting, _forum, _unit in rows}
    theirs = {each: _has_seat(session, row, one, today) for each, one in of_series.items()}
    return {
        id_of(meeting): (meeting, f"{forum}, {unit}" if unit else forum)
        for meeting, forum, unit in rows
        if theirs[meeting.forum_id, meeting.unit_id]
    }


def _has_seat(session: Session, row: Outbox, meeting: Meeting, today: date) -> bool:
    holders = holders_on(session, seats_in(session, meeting, today), today)
    return any(
        holder.person_id == row.person_id and holder.kind is not HolderKind.DELEGATE
        for holder in holders
    )
