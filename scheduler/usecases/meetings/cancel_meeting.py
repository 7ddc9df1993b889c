"""Cancels one meeting, and takes a cancelled one up again."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import EXPECTED_STATES, MeetingState
from scheduler.store.tables import Forum, Meeting
from scheduler.usecases.meetings.change import MeetingEdit, MeetingStep, take_step
from scheduler.usecases.meetings.errors import MeetingStateError
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["cancel_meeting", "cancelling", "reinstate_meeting"]


def cancel_meeting(
    session: Session,
    meeting_id: int,
    *,
    sequence: int,
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
) -> MeetingStep:
    """Cancel a meeting that has not been held; its papers fall away.

    For a slot that is held only if needed this sets it free again.

    Raises:
        MeetingChangedError: the meeting is another than the one with `sequence`.
        MeetingStateError: it is cancelled or held already.
    """
    return take_step(
        session,
        cancelling(meeting_id, sequence=sequence, now=now),
        now=now,
        actor_id=actor_id,
        holidays_of=holidays_of,
    )


def cancelling(meeting_id: int, *, sequence: int, now: datetime) -> MeetingEdit:
    """Return the change that cancels a meeting, to be made among others."""
    return MeetingEdit(
        meeting_id=meeting_id,
        action="cancel_meeting",
        sequence=sequence,
        from_states=EXPECTED_STATES,
        values={
            "state": MeetingState.CANCELLED,
            "cancelled_at": now,
            "set_by_hand": True,
        },
    )


def reinstate_meeting(
    session: Session,
    meeting_id: int,
    *,
    sequence: int,
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
) -> MeetingStep:
    """Take a cancelled meeting up again at its old time, with its papers.

    Raises:
        MeetingChangedError: the meeting is another than the one with `sequence`.
        MeetingStateError: it is not cancelled, or its forum is out of use.
    """
    meeting = session.get_one(Meeting, meeting_id, populate_existing=True)
    retired_on = session.get_one(Forum, meeting.forum_id).retired_on
    if retired_on is not None and retired_on <= today_of(now):
        raise MeetingStateError(meeting_id, meeting.state)
    was_moved = meeting.moved_from is not None
    edit = MeetingEdit(
        meeting_id=meeting_id,
        action="reinstate_meeting",
        sequence=sequence,
        from_states=(MeetingState.CANCELLED,),
        values={
            "state": MeetingState.MOVED if was_moved else MeetingState.PLANNED,
            "cancelled_at": None,
        },
    )
    return take_step(session, edit, now=now, actor_id=actor_id, holidays_of=holidays_of)
