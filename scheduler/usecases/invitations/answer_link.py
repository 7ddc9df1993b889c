"""The links in invitations: good for one person's answer to one meeting, until it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.errors import AarshjulError
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.tables import AnswerLink, Meeting, Person
from scheduler.usecases.access.token import hash_of, new_token
from scheduler.usecases.invitations.own_coming_meetings import own_meetings_ahead
from scheduler.usecases.meetings.answer_meeting import Answer, answer_meeting, own_answer
from scheduler.usecases.meetings.errors import MeetingChangedError
from scheduler.usecases.visibility import viewer_of

__all__ = [
    "AnswerLinkSpentError",
    "Asked",
    "answer_by_link",
    "asked_by_link",
    "drop_old_links",
    "new_answer_link",
]


class AnswerLinkSpentError(AarshjulError):
    """The link is unknown, its meeting is over or called off, or the seat is another's by now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who is asked, about which meeting, and what they answered before, from where."""

    person_id: int
    person_name: str
    meeting: MeetingSnapshot
    answer: Answer | None
    from_calendar: bool


def new_answer_link(session: Session, *, meeting_id: int, person_id: int, now: datetime) -> str:
    """Make a link and return its secret, of which only the hash is kept."""
    token = new_token()
    session.add(
        AnswerLink(
            token_hash=hash_of(token), meeting_id=meeting_id, person_id=person_id, created_at=now
        )
    )
    return token


def asked_by_link(session: Session, token: str, *, now: datetime) -> Asked:
    """Return what a link asks, without answering: programs that scan mail follow links.

    Raises:
        AnswerLinkSpentError: it opens nothing any more.
    """
    link = session.get(AnswerLink, hash_of(token))
    person = session.get(Person, link.person_id) if link is not None else None
    if link is None or person is None:
        raise AnswerLinkSpentError
    # Through the same eyes as the person's own pages: whoever has left sees no meeting.
    found = own_meetings_ahead(session, link.person_id, now=now, meeting_id=link.meeting_id)
    if not found:
        raise AnswerLinkSpentError
    own = own_answer(session, link.meeting_id, link.person_id)
    return Asked(
        person_id=link.person_id,
        person_name=person.name,
        meeting=found[0],
        answer=own.answer if own else None,
        from_calendar=own is not None and own.from_calendar,
    )


def answer_by_link(
    session: Session, token: str, answer: Answer, *, sequence: int | None, now: datetime
) -> Asked:
    """Keep the answer; it may be given anew with the same link until the meeting is over.

    `sequence` is the version of the meeting that was asked about.

    Raises:
        AnswerLinkSpentError: it opens nothing any more.
        MeetingChangedError: they were shown another version of the meeting, or none.
    """
    link = session.get(AnswerLink, hash_of(token))
    if link is not None:
        # Locked as a change locks it, so that none comes between what is read and what is kept.
        session.exec(
            select(Meeting.id).where(Meeting.id == link.meeting_id).with_for_update(read=True)
        ).one()
    asked = asked_by_link(session, token, now=now)
    if asked.meeting.sequence != sequence:
        raise MeetingChangedError(asked.meeting.id)
    viewer = viewer_of(session, asked.person_id, today=today_of(now))
    if not answer_meeting(session, viewer, asked.meeting, answer, now=now):
        raise AnswerLinkSpentError
    session.flush()
    return asked_by_link(session, token, now=now)


def drop_old_links(session: Session, *, now: datetime) -> None:
    """Throw away the links to meetings that are over."""
    over = select(Meeting.id).where(Meeting.held_on < today_of(now))
    session.connection().execute(delete(AnswerLink).where(col(AnswerLink.meeting_id).in_(over)))
