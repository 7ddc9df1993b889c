"""The one guarded step that every change of a meeting takes, with its log and what follows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from scheduler.domain.enums import MeetingState
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import Attendance, AuditEvent, Meeting, YearPlan
from scheduler.usecases.invitations.bring_in_line import invite_to_meetings
from scheduler.usecases.meetings.errors import MeetingChangedError, MeetingStateError
from scheduler.usecases.meetings.mails import ChangeMails, mails_of_change
from scheduler.usecases.reminders import recompute_for_meeting
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["MeetingStep", "take_step"]


@dataclass(frozen=True, slots=True)
class MeetingStep:
    """What followed: duties with new dates or cancelled, rows of mail at once, and who gets what.

    `answers` counts the answers that fell away because they were given for another time.
    """

    duties: int
    announced: int
    mails: ChangeMails
    answers: int


def take_step(
    session: Session,
    meeting_id: int,
    *,
    action: str,
    sequence: int,
    from_states: Collection[MeetingState],
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
    **values: Any,
) -> MeetingStep:
    """Change one meeting and, in the same transaction, its duties, mails, year and log.

    `sequence` is that of the meeting the person looked at. Answers given for another time fall
    away: who came then may not be able to now.

    Raises:
        MeetingChangedError: the meeting is another by now.
        MeetingStateError: it is in none of `from_states`.
    """
    meeting = session.get_one(Meeting, meeting_id, populate_existing=True)
    if meeting.state not in from_states:
        raise MeetingStateError(meeting_id, meeting.state)
    was_on, before = meeting.held_on, _record(meeting)
    if not guarded_update(
        session,
        Meeting,
        col(Meeting.id) == meeting_id,
        col(Meeting.sequence) == sequence,
        col(Meeting.state).in_(from_states),
        sequence=sequence + 1,
        changed_at=now,
        **values,
    ):
        raise MeetingChangedError(meeting_id)
    session.refresh(meeting)
    year = session.get_one(YearPlan, meeting.year_plan_id)
    year.revision += 1
    session.add(year)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=meeting.municipality_id,
            person_id=actor_id,
            action=action,
            entity="meeting",
            entity_id=meeting_id,
            before=before,
            after=_record(meeting),
        )
    )
    session.flush()
    change = recompute_for_meeting(
        session, meeting_id, now=now, holidays_of=holidays_of, was_on=_moved(was_on, meeting)
    )
    after = _record(meeting)
    is_another_time = any(before[name] != after[name] for name in ("held_on", "starts", "ends"))
    answers = _forget_answers(session, meeting_id) if is_another_time else 0
    invited = invite_to_meetings(session, [meeting_id], now=now)
    return MeetingStep(
        duties=change.duties,
        announced=change.announced,
        mails=mails_of_change(session, meeting, change.announced > 0, invited, now=now),
        answers=answers,
    )


def _forget_answers(session: Session, meeting_id: int) -> int:
    gone = session.connection().execute(
        delete(Attendance).where(col(Attendance.meeting_id) == meeting_id)
    )
    return gone.rowcount


def _moved(was_on: date, meeting: Meeting) -> date | None:
    return was_on if was_on != meeting.held_on else None


def _record(meeting: Meeting) -> dict[str, Any]:
    return {
        "held_on": meeting.held_on.isoformat(),
        "starts": meeting.starts.isoformat("minutes"),
        "ends": meeting.ends.isoformat("minutes"),
        "place": meeting.place,
        "state": meeting.state.value,
    }
