"""Moves one meeting to another day, another time or another place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from sqlmodel import Session

from scheduler.domain.enums import EXPECTED_STATES, MeetingState
from scheduler.planning import Reason, ReasonCode, reason_to_record
from scheduler.store.tables import Meeting
from scheduler.usecases.meetings.change import MeetingEdit, MeetingStep, take_step
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["MeetingTime", "first_start", "move_meeting", "with_standing_place"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingTime:
    """When and where a meeting is, in the civil time of its municipality."""

    held_on: date
    starts: time
    ends: time
    place: str | None


def move_meeting(
    session: Session,
    meeting_id: int,
    to: MeetingTime,
    *,
    sequence: int,
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
) -> MeetingStep:
    """Move a meeting that has not been held; it keeps its UID, and is then set by hand.

    A new date or time makes it moved, from the time it had first; back on that date and time it
    stays so, since calendars have seen the other. A new place alone leaves the state. Why the old
    date was chosen says nothing of the new one, which is set by hand.

    Raises:
        MeetingChangedError: the meeting is another than the one with `sequence`.
        MeetingStateError: it is cancelled or held.
    """
    meeting = session.get_one(Meeting, meeting_id, populate_existing=True)
    by_hand = [reason_to_record(Reason(ReasonCode.KEPT_HAND))]
    same_time = (meeting.held_on, meeting.starts, meeting.ends) == (to.held_on, to.starts, to.ends)
    edit = MeetingEdit(
        meeting_id=meeting_id,
        action="move_meeting",
        sequence=sequence,
        from_states=EXPECTED_STATES,
        values={
            "held_on": to.held_on,
            "starts": to.starts,
            "ends": to.ends,
            "place": to.place,
            "state": meeting.state if same_time else MeetingState.MOVED,
            **({} if same_time else first_start(meeting)),
            "set_by_hand": True,
            "reasons": meeting.reasons if same_time else by_hand,
        },
    )
    return take_step(session, edit, now=now, actor_id=actor_id, holidays_of=holidays_of)


def first_start(meeting: Meeting) -> dict[str, date | time]:
    """Return what is to be kept of when a meeting that is moved now was to begin first."""
    if meeting.moved_from is not None:
        return {}
    return {"moved_from": meeting.held_on, "moved_from_starts": meeting.starts}


def with_standing_place(session: Session, meeting_id: int, to: MeetingTime) -> MeetingTime:
    """Return the time with the place that stands: who may not see it may not change it either."""
    return replace(to, place=session.get_one(Meeting, meeting_id).place)
