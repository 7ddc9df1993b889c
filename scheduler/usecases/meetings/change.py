"""The one guarded step that every change of meetings takes, with its log and what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import Attendance, AuditEvent, Meeting, YearPlan
from scheduler.usecases.feeds.reworded import reword_papers
from scheduler.usecases.invitations.bring_in_line import invite_to_each
from scheduler.usecases.invitations.invited import Invited
from scheduler.usecases.meetings.errors import MeetingChangedError, MeetingStateError
from scheduler.usecases.meetings.mails import ChangeMails, mails_of_change
from scheduler.usecases.reminders import announce_change, follow_meetings
from scheduler.usecases.reminders.announcement import start_of
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["ChangedMeeting", "MeetingEdit", "MeetingStep", "change_meetings", "take_step"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingEdit:
    """One change of one meeting, asked for by somebody who looked at the version `sequence`.

    It is allowed from the states in `from_states`. `action` is its word in the log, and `values`
    are the columns that get other values.
    """

    meeting_id: int
    action: str
    sequence: int
    from_states: Collection[MeetingState]
    values: Mapping[str, Any]


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
    edit: MeetingEdit,
    *,
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
) -> MeetingStep:
    """Change one meeting and, in the same transaction, its duties, mails, year and log.

    As `change_meetings`; then whoever has it hears at once, where it was near or is so now.
    """
    (changed,) = change_meetings(
        session, [edit], now=now, actor_id=actor_id, holidays_of=holidays_of
    )
    announced = announce_change(session, changed.meeting, was=changed.was, now=now)
    return MeetingStep(
        duties=changed.duties,
        announced=announced,
        mails=mails_of_change(session, changed.meeting, announced > 0, changed.invited, now=now),
        answers=changed.answers,
    )


def change_meetings(
    session: Session,
    edits: Sequence[MeetingEdit],
    *,
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
) -> list[ChangedMeeting]:
    """Change meetings with their duties, invitations, years and log; who hears is the caller's.

    Each meeting may be in `edits` once. Answers given for another time fall away: who came then
    may not be able to now. What follows is worked out for all of them together, since a database
    that only one can write to waits meanwhile.

    Raises:
        MeetingChangedError: a meeting is another by now.
        MeetingStateError: it is in none of its `from_states`.
    """
    if not edits:
        return []
    ids = [edit.meeting_id for edit in edits]
    meetings = _read(session, ids)
    was = {each: start_of(meeting) for each, meeting in meetings.items()}
    before = {each: _record(meeting) for each, meeting in meetings.items()}
    for edit in edits:
        _change(session, meetings[edit.meeting_id], edit, now)
    meetings = _read(session, ids)
    after = {each: _record(meeting) for each, meeting in meetings.items()}
    for edit in edits:
        meeting = meetings[edit.meeting_id]
        year = session.get_one(YearPlan, meeting.year_plan_id)
        year.revision += 1
        session.add(year)
        session.add(
            AuditEvent(
                at=now,
                municipality_id=meeting.municipality_id,
                person_id=actor_id,
                action=edit.action,
                entity="meeting",
                entity_id=edit.meeting_id,
                before=before[edit.meeting_id],
                after=after[edit.meeting_id],
            )
        )
    session.flush()
    duties = follow_meetings(session, ids, now=now, holidays_of=holidays_of)

    def changed_in(*names: str) -> list[int]:
        return [each for each in ids if any(before[each][of] != after[each][of] for of in names)]

    reword_papers(session, changed_in("held_on"), now=now)
    answers = _forget_answers(session, changed_in("held_on", "starts", "ends"))
    invited = invite_to_each(session, ids, now=now)
    return [
        ChangedMeeting(meetings[each], was[each], duties[each], answers[each], invited[each])
        for each in ids
    ]


def _read(session: Session, meeting_ids: Collection[int]) -> dict[int, Meeting]:
    found = session.exec(
        select(Meeting)
        .where(col(Meeting.id).in_(meeting_ids))
        .execution_options(populate_existing=True)
    )
    return {id_of(meeting): meeting for meeting in found}


def _change(session: Session, meeting: Meeting, edit: MeetingEdit, now: datetime) -> None:
    if meeting.state not in edit.from_states:
        raise MeetingStateError(edit.meeting_id, meeting.state)
    if not guarded_update(
        session,
        Meeting,
        col(Meeting.id) == edit.meeting_id,
        col(Meeting.sequence) == edit.sequence,
        col(Meeting.state).in_(edit.from_states),
        sequence=edit.sequence + 1,
        changed_at=now,
        **edit.values,
    ):
        raise MeetingChangedError(edit.meeting_id)


def _forget_answers(session: Session, meeting_ids: Collection[int]) -> Counter[int]:
    """Throw the answers to these meetings away; return how many each had."""
    if not meeting_ids:
        return Counter()
    gone = session.connection().execute(
        delete(Attendance)
        .where(col(Attendance.meeting_id).in_(meeting_ids))
        .returning(col(Attendance.meeting_id))
    )
    return Counter(meeting_id for (meeting_id,) in gone)


def _record(meeting: Meeting) -> dict[str, Any]:
    return {
        "held_on": meeting.held_on.isoformat(),
        "starts": meeting.starts.isoformat("minutes"),
        "ends": meeting.ends.isoformat("minutes"),
        "place": meeting.place,
        "state": meeting.state.value,
    }
