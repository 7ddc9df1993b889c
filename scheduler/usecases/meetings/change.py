"""The one guarded step that every change of a meeting takes, with its log and what follows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from scheduler.domain.enums import MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import Attendance, AuditEvent, Meeting, YearPlan
from scheduler.usecases.feeds.reworded import reword_papers
from scheduler.usecases.invitations.bring_in_line import Invited, invite_to_meetings
from scheduler.usecases.meetings.errors import MeetingChangedError, MeetingStateError
from scheduler.usecases.meetings.mails import ChangeMails, mails_of_change
from scheduler.usecases.reminders import announce_change, follow_meeting
from scheduler.usecases.reminders.announcement import start_of
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["ChangedMeeting", "MeetingStep", "change_meeting", "take_step"]


@dataclass(frozen=True, slots=True)
class ChangedMeeting:
    """A changed meeting of which nobody was told but those who have it as an invitation.

    `was` is when it began before.
    """

    meeting: Meeting
    was: MeetingStart
    duties: int
    answers: int
    invited: Invited


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

    As `change_meeting`; then whoever has it hears at once, where it was near or is so now.
    """
    changed = change_meeting(
        session,
        meeting_id,
        action=action,
        sequence=sequence,
        from_states=from_states,
        now=now,
        actor_id=actor_id,
        holidays_of=holidays_of,
        **values,
    )
    announced = announce_change(session, changed.meeting, was=changed.was, now=now)
    return MeetingStep(
        duties=changed.duties,
        announced=announced,
        mails=mails_of_change(session, changed.meeting, announced > 0, changed.invited, now=now),
        answers=changed.answers,
    )


def change_meeting(
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
) -> ChangedMeeting:
    """Change one meeting with its duties, invitations, year and log; who hears is the caller's.

    `sequence` is that of the meeting the person looked at. Answers given for another time fall
    away: who came then may not be able to now.

    Raises:
        MeetingChangedError: the meeting is another by now.
        MeetingStateError: it is in none of `from_states`.
    """
    meeting = session.get_one(Meeting, meeting_id, populate_existing=True)
    if meeting.state not in from_states:
        raise MeetingStateError(meeting_id, meeting.state)
    was, before = start_of(meeting), _record(meeting)
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
    duties = follow_meeting(session, meeting_id, now=now, holidays_of=holidays_of)
    after = _record(meeting)
    if before["held_on"] != after["held_on"]:
        reword_papers(session, meeting_id, now=now)
    is_another_time = any(before[name] != after[name] for name in ("held_on", "starts", "ends"))
    answers = _forget_answers(session, meeting_id) if is_another_time else 0
    invited = invite_to_meetings(session, [meeting_id], now=now)
    return ChangedMeeting(meeting, was, duties, answers, invited)


def _forget_answers(session: Session, meeting_id: int) -> int:
    gone = session.connection().execute(
        delete(Attendance).where(col(Attendance.meeting_id) == meeting_id)
    )
    return gone.rowcount


def _record(meeting: Meeting) -> dict[str, Any]:
    return {
        "held_on": meeting.held_on.isoformat(),
        "starts": meeting.starts.isoformat("minutes"),
        "ends": meeting.ends.isoformat("minutes"),
        "place": meeting.place,
        "state": meeting.state.value,
    }
