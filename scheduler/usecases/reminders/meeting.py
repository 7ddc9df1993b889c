"""What a moved or cancelled meeting does to its duties and their reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.duties import paper_due_on
from scheduler.domain.enums import UNFINISHED_STATES, DutyKind, DutyState, MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.workdays import WorkingDays
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting
from scheduler.usecases.reminders.announcement import announce_change
from scheduler.usecases.reminders.schedule import cancel_duty_reminders, schedule_duty_reminders
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.working_days import working_days

__all__ = ["MeetingChange", "follow_meeting", "recompute_for_meeting"]

_PAPERS = (DutyKind.NOTICE, DutyKind.AGENDA, DutyKind.MINUTES, DutyKind.FORUM_ITEM)
_FOLLOWS_MEETING = (*UNFINISHED_STATES, DutyState.CANCELLED)


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
    """Bring the duties and mails of a meeting in line after it was changed and flushed.

    `was` is when it began before. Papers that are done stay done. Where the meeting was, or is now,
    less than the municipality's hours (72) ahead, every seat and guest hears at once.
    """
    duties = follow_meeting(session, meeting_id, now=now, holidays_of=holidays_of)
    meeting = session.get_one(Meeting, meeting_id)
    return MeetingChange(duties, announce_change(session, meeting, was=was, now=now))


def follow_meeting(
    session: Session, meeting_id: int, *, now: datetime, holidays_of: HolidaysOf
) -> int:
    """Bring the duties of a changed meeting in line, and tell nobody; return how many changed."""
    meeting = session.get_one(Meeting, meeting_id, populate_existing=True)
    forum = session.get_one(Forum, meeting.forum_id)
    duties = session.exec(
        select(Duty).where(Duty.meeting_id == meeting_id, col(Duty.state).in_(_FOLLOWS_MEETING))
    ).all()
    days = working_days(session, meeting.municipality_id, [meeting.held_on.year], holidays_of)
    changed = [duty for duty in duties if _follow(session, duty, meeting, forum, days, now)]
    ids = [id_of(duty) for duty in duties]
    if meeting.state is MeetingState.CANCELLED:
        cancel_duty_reminders(session, ids, now=now, because="meeting cancelled")
    else:
        schedule_duty_reminders(session, ids, now=now, holidays_of=holidays_of)
    return len(changed)


def _follow(
    session: Session,
    duty: Duty,
    meeting: Meeting,
    forum: Forum,
    days: WorkingDays,
    now: datetime,
) -> bool:
    due_on = duty.due_on
    if duty.kind in _PAPERS and not (duty.kind is DutyKind.MINUTES and duty.postponed):
        due_on = paper_due_on(
            duty.kind,
            meeting.held_on,
            notice_days=forum.notice_days,
            minutes_days=forum.minutes_days,
            days=days,
        )
    state = duty.state
    if meeting.state is MeetingState.CANCELLED:
        state = DutyState.CANCELLED
    elif state is DutyState.CANCELLED:
        state = DutyState.OPEN
    if (due_on, state) == (duty.due_on, duty.state):
        return False
    changed = guarded_update(
        session,
        Duty,
        col(Duty.id) == duty.id,
        col(Duty.version) == duty.version,
        due_on=due_on,
        state=state,
        version=duty.version + 1,
        sequence=duty.sequence + 1,
        changed_at=now,
    )
    session.refresh(duty)
    return changed
