"""What a moved or cancelled meeting does to its duties and whom it is told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.duties import paper_due_on
from scheduler.domain.enums import UNFINISHED_STATES, DutyKind, DutyState, MeetingState
from scheduler.domain.reminders import MailClass, ResendPolicy, reminder_settings
from scheduler.domain.workdays import WorkingDays
from scheduler.store.guarded import guarded_update
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting, Municipality, Seat
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.reminders.schedule import cancel_duty_reminders, schedule_duty_reminders
from scheduler.usecases.reminders.upsert import upsert_rows
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.working_days import working_days

__all__ = ["TEXT_KIND", "MeetingChange", "recompute_for_meeting"]

TEXT_KIND = "text"

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
    was_on: date | None = None,
) -> MeetingChange:
    """Bring the duties and mails of a meeting in line after it was changed and flushed.

    `was_on` is the date it had before. Papers that are done stay done. Where the meeting was, or
    is now, less than the municipality's hours (72) ahead, every seat and guest hears at once.
    """
    meeting = session.get_one(Meeting, meeting_id, populate_existing=True)
    forum = session.get_one(Forum, meeting.forum_id)
    municipality = session.get_one(Municipality, meeting.municipality_id)
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
    return MeetingChange(
        len(changed), _announce(session, meeting, forum, municipality, now, was_on)
    )


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


def _announce(
    session: Session,
    meeting: Meeting,
    forum: Forum,
    municipality: Municipality,
    now: datetime,
    was_on: date | None,
) -> int:
    if meeting.state in (MeetingState.PROPOSED, MeetingState.HELD):
        return 0
    zone = ZoneInfo(municipality.timezone)
    dates = [each for each in (was_on, meeting.held_on) if each is not None]
    if meeting.state is MeetingState.MOVED and was_on is None and meeting.moved_from is not None:
        dates.append(meeting.moved_from)
    starts = [datetime.combine(each, meeting.starts, tzinfo=zone) for each in dates]
    limit = timedelta(hours=reminder_settings(municipality.choices, forum.slug).change_hours)
    if not any(now <= start < now + limit for start in starts):
        return 0
    seats = session.exec(
        select(Seat.position_id)
        .where(
            sits_in(meeting.forum_id, meeting.unit_id),
            in_use(Seat.retired_on, today_of(now)),
        )
        .distinct()
        .order_by(col(Seat.position_id))
    ).all()
    rows = [
        {
            "municipality_id": meeting.municipality_id,
            "dedup_key": f"{municipality.slug}:change:{meeting.id}:{seat}:{meeting.sequence}",
            "kind": "change",
            "step": "change",
            "mail_class": MailClass.CHANGE.value,
            "meeting_id": meeting.id,
            "meeting_sequence": meeting.sequence,
            "position_id": seat,
            "priority": MailClass.CHANGE.priority,
            "due_at": now,
            "expires_at": max(*starts, now) + timedelta(days=1),
            "resend_policy": ResendPolicy.ONCE.value,
        }
        for seat in seats
    ]
    announced = upsert_rows(session, rows, now=now, detail="meeting changed") if rows else 0
    texts = [
        {
            **rows[0],
            "dedup_key": f"{municipality.slug}:text:{meeting.id}:{person}:{meeting.sequence}",
            "kind": TEXT_KIND,
            "position_id": None,
            "person_id": person,
        }
        for person in _who_wants_texts(session, seats, today_of(now))
    ]
    if texts:
        upsert_rows(session, texts, now=now, detail="meeting changed")
    return announced


def _who_wants_texts(session: Session, positions: Sequence[int], on: date) -> list[int]:
    readers = readers_of(session, positions, on).values()
    return sorted({each.person_id for found in readers for each in found if each.texts_to})
