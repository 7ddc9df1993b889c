"""What follows a meeting that a test has changed by hand: its papers, and who is told at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.meeting_start import MeetingStart
from scheduler.store.tables import Meeting
from scheduler.usecases.reminders import announce_change, follow_meetings
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["MeetingChange", "recompute_for_meeting"]


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """How many duties got new dates or were cancelled, and how many mails go at once."""

    duties: int
    announced: int


def recompute_for_meeting(
    session: Session,
    meeting_id: int,
    *,
    now: datetime,
    holidays_of: HolidaysOf,
    was: MeetingStart | None = None,
) -> MeetingChange:
    """Bring papers and mails in line, as the use cases that change meetings do."""
    duties = follow_meetings(session, [meeting_id], now=now, holidays_of=holidays_of)[meeting_id]
    meeting = session.get_one(Meeting, meeting_id)
    return MeetingChange(duties, announce_change(session, meeting, was=was, now=now))
