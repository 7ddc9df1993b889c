"""What a moved or cancelled meeting does to its duties and their reminders."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.duties import paper_due_on
from scheduler.domain.enums import UNFINISHED_STATES, DutyKind, DutyState, MeetingState
from scheduler.domain.workdays import WorkingDays
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting
from scheduler.usecases.reminders.schedule import cancel_duty_reminders, schedule_duty_reminders
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.working_days import working_days

__all__ = ["follow_meetings"]

_PAPERS = (DutyKind.NOTICE, DutyKind.AGENDA, DutyKind.MINUTES, DutyKind.FORUM_ITEM)
_FOLLOWS_MEETING = (*UNFINISHED_STATES, DutyState.CANCELLED)


def follow_meetings(
    session: Session, meeting_ids: Collection[int], *, now: datetime, holidays_of: HolidaysOf
) -> Counter[int]:
    """Bring the duties of changed meetings in line, and tell nobody; return how many changed."""
    meetings = {
        id_of(meeting): (meeting, forum)
        for meeting, forum in session.exec(
            select(Meeting, Forum)
            .join(Forum, col(Forum.id) == Meeting.forum_id)
            .where(col(Meeting.id).in_(meeting_ids))
            .execution_options(populate_existing=True)
        )
    }
    duties = _duties_of(session, meeting_ids)
    days = _days(session, [meeting for meeting, _forum in meetings.values()], holidays_of)
    changed: Counter[int] = Counter()
    cancelled, due = list[int](), list[int]()
    for meeting_id, theirs in duties.items():
        meeting, forum = meetings[meeting_id]
        for duty in theirs:
            changed[meeting_id] += _follow(
                session, duty, meeting, forum, days[meeting.municipality_id], now
            )
        is_off = meeting.state is MeetingState.CANCELLED
        (cancelled if is_off else due).extend(id_of(duty) for duty in theirs)
    # What was changed by its own statement is to be seen by whoever has the rows in hand.
    _duties_of(session, [each for each, count in changed.items() if count])
    if cancelled:
        cancel_duty_reminders(session, cancelled, now=now, because="meeting cancelled")
    schedule_duty_reminders(session, due, now=now, holidays_of=holidays_of)
    return changed


def _duties_of(session: Session, meeting_ids: Collection[int]) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in session.exec(
        select(Duty)
        .where(col(Duty.meeting_id).in_(meeting_ids), col(Duty.state).in_(_FOLLOWS_MEETING))
        .order_by(col(Duty.id))
        .execution_options(populate_existing=True)
    ):
        found[duty.meeting_id or 0].append(duty)
    return found


def _days(
    session: Session, meetings: Collection[Meeting], holidays_of: HolidaysOf
) -> dict[int, WorkingDays]:
    """Return the working days around the meetings, by municipality."""
    years: dict[int, set[int]] = defaultdict(set)
    for meeting in meetings:
        years[meeting.municipality_id].add(meeting.held_on.year)
    return {each: working_days(session, each, of, holidays_of) for each, of in years.items()}


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
    return guarded_update(
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
