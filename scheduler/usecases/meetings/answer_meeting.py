"""Answers to a meeting: who comes and who does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from scheduler.domain.enums import AttendanceRule
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Attendance, Person, Position, Seat
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.viewer import Viewer

__all__ = [
    "Answer",
    "AnswersNow",
    "MeetingAnswer",
    "OwnAnswer",
    "Through",
    "answer_meeting",
    "answers_now",
    "answers_to",
    "own_answer",
    "take_back_answer",
]


class Answer(StrEnum):
    """What somebody answers; no reason is asked for or kept (privacy rule 5)."""

    COMES = "yes"
    ABSENT = "no"


class Through(StrEnum):
    """Where an answer was given; the one whose it is can see it."""

    PAGE = "page"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingAnswer:
    """One person's answer for a position."""

    person_id: int
    person_name: str
    position_title: str
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """What somebody answered last, in whichever seat."""

    answer: Answer
    answered_at: datetime
    from_calendar: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswersNow:
    """The answers of those who sit in the meeting today, counted by person.

    `silent` are those who have it in their calendar and have not answered; who is on call is only
    counted when they answer.
    """

    given: tuple[MeetingAnswer, ...]
    comes: int
    absent: int
    silent: int


def answer_meeting(
    session: Session,
    viewer: Viewer,
    meeting: MeetingSnapshot,
    answer: Answer,
    *,
    now: datetime,
    through: Through = Through.PAGE,
) -> bool:
    """Keep the viewer's answer for every seat of theirs in the meeting; tell if there was one."""
    if viewer.person_id is None:
        return False
    # Locked, so that the second of two answers at once finds the first.
    session.exec(select(Person.id).where(Person.id == viewer.person_id).with_for_update()).one()
    positions = session.exec(
        select(Seat.position_id)
        .where(
            sits_in(meeting.forum_id, meeting.unit_id),
            in_use(Seat.retired_on, viewer.today),
            col(Seat.position_id).in_(viewer.position_ids),
        )
        .distinct()
        .order_by(col(Seat.position_id))
    ).all()
    for position_id in positions:
        row = session.exec(
            select(Attendance).where(
                Attendance.meeting_id == meeting.id,
                Attendance.position_id == position_id,
                Attendance.person_id == viewer.person_id,
            )
        ).one_or_none()
        if row is None:
            row = Attendance(
                meeting_id=meeting.id,
                position_id=position_id,
                person_id=viewer.person_id,
                answer=answer.value,
                answered_at=now,
            )
        row.answer, row.answered_at, row.through = answer.value, now, through.value
        session.add(row)
    return bool(positions)


def take_back_answer(session: Session, meeting_id: int, person_id: int) -> None:
    """Forget what the person answered, so that they count as not having answered."""
    session.connection().execute(delete(Attendance).where(*_own(meeting_id, person_id)))


def answers_to(session: Session, meeting_id: int) -> tuple[MeetingAnswer, ...]:
    """Return the answers by title and name. The caller has a seat in the meeting."""
    rows = session.exec(
        select(Attendance, Person.name, Position.title)
        .join(Person, col(Person.id) == Attendance.person_id)
        .join(Position, col(Position.id) == Attendance.position_id)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(col(Position.title), col(Person.name))
    ).all()
    return tuple(
        MeetingAnswer(
            person_id=row.person_id,
            person_name=name,
            position_title=title,
            answer=Answer(row.answer),
        )
        for row, name, title in rows
    )


def answers_now(session: Session, meeting: MeetingSnapshot, *, today: date) -> AnswersNow:
    """Return the answers with their counts; one who has left is in neither.

    The caller has a seat in the meeting.
    """
    seats = session.exec(
        select(Seat).where(
            sits_in(meeting.forum_id, meeting.unit_id), in_use(Seat.retired_on, today)
        )
    ).all()
    readers = readers_of(session, {seat.position_id for seat in seats}, today)
    people = {
        position_id: {reader.person_id for reader in held} for position_id, held in readers.items()
    }
    expected: set[int] = set()
    for seat in seats:
        if _attends(seat, meeting):
            expected |= people[seat.position_id]
    given = tuple(
        one
        for one in answers_to(session, meeting.id)
        if any(one.person_id in held for held in people.values())
    )
    comes = {one.person_id for one in given if one.answer is Answer.COMES}
    answered = {one.person_id for one in given}
    return AnswersNow(
        given=given,
        comes=len(comes),
        absent=len(answered - comes),
        silent=len(expected - answered),
    )


def own_answer(session: Session, meeting_id: int, person_id: int) -> OwnAnswer | None:
    """Return what the person answered last."""
    last = session.exec(
        select(Attendance)
        .where(*_own(meeting_id, person_id))
        .order_by(col(Attendance.answered_at).desc(), col(Attendance.id).desc())
        .limit(1)
    ).first()
    if last is None:
        return None
    return OwnAnswer(
        answer=Answer(last.answer),
        answered_at=last.answered_at,
        from_calendar=last.through == Through.CALENDAR,
    )


def _own(meeting_id: int, person_id: int) -> tuple[ColumnElement[bool], ...]:
    return col(Attendance.meeting_id) == meeting_id, col(Attendance.person_id) == person_id


def _attends(seat: Seat, meeting: MeetingSnapshot) -> bool:
    if seat.attends is AttendanceRule.ONCE_A_MONTH:
        return meeting.monthly_guests
    return seat.attends is AttendanceRule.EVERY_MEETING
