"""Which meetings stand in whose calendar by an invitation, and which invitations never arrived."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.reminders import LOST_STATES
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting, Person
from scheduler.usecases.invitations.own_coming_meetings import ends_at
from scheduler.usecases.invitations.told import Message, Told
from scheduler.usecases.invitations.told_record import told_to_person, what_was_told

__all__ = [
    "comes_by_invitation",
    "invited_to",
    "lost_messages",
    "missed_by",
    "unreached_people",
]


def comes_by_invitation(session: Session, person_id: int) -> frozenset[int]:
    """Return the meetings that stand in the person's calendar by invitation, also the past ones.

    They are in no feed of theirs: every other meeting is, so that none is seen twice or nowhere.
    """
    told_of = told_to_person(session, person_id)
    return frozenset(
        one.meeting_id
        for one in _now(session, told_of)
        if told_of[one.meeting_id].stands(sequence=one.sequence, is_cancelled=one.is_cancelled)
    )


def invited_to(session: Session, meeting_id: int) -> frozenset[int]:
    """Return the people in whose calendars the meeting stands by invitation."""
    told_of = _told_people(session, meeting_id)
    return frozenset(
        person_id
        for one in _now(session, [meeting_id])
        for person_id, told in told_of.items()
        if told.stands(sequence=one.sequence, is_cancelled=one.is_cancelled)
    )


def unreached_people(session: Session, meeting_id: int) -> tuple[str, ...]:
    """Return the names of those whose newest message about the meeting did not arrive."""
    told_of = _told_people(session, meeting_id)
    people = session.exec(
        select(Person).where(col(Person.id).in_(told_of), col(Person.active).is_(True))
    ).all()
    return tuple(
        sorted(
            person.name
            for one in _now(session, [meeting_id])
            for person in people
            if person.id is not None
            and told_of[person.id].was_missed(
                sequence=one.sequence,
                is_cancelled=one.is_cancelled,
                wants=person.wants_invitations,
            )
        )
    )


def missed_by(session: Session, person_id: int) -> frozenset[int]:
    """Return the meetings of which the newest message to the person did not arrive."""
    told_of = told_to_person(session, person_id)
    wants = session.get_one(Person, person_id).wants_invitations
    return frozenset(
        one.meeting_id
        for one in _now(session, told_of)
        if told_of[one.meeting_id].was_missed(
            sequence=one.sequence, is_cancelled=one.is_cancelled, wants=wants
        )
    )


def lost_messages(
    session: Session, person_id: int, *, municipality_id: int, now: datetime
) -> list[Message]:
    """Return the newest messages to the person that did not arrive, about meetings still ahead."""
    newest = {
        meeting_id: told.newest
        for meeting_id, told in told_to_person(session, person_id).items()
        if told.newest is not None and told.newest.state in LOST_STATES
    }
    meetings = session.exec(
        select(Meeting)
        .where(col(Meeting.id).in_(newest), Meeting.municipality_id == municipality_id)
        .order_by(col(Meeting.id))
    )
    return [newest[id_of(one)] for one in meetings if ends_at(one) > now]


@dataclass(frozen=True, slots=True)
class _MeetingNow:
    """A meeting's present version, and whether it is called off."""

    meeting_id: int
    sequence: int
    is_cancelled: bool


def _now(session: Session, meeting_ids: Collection[int]) -> Iterator[_MeetingNow]:
    if not meeting_ids:
        return
    rows = session.exec(
        select(Meeting.id, Meeting.sequence, col(Meeting.state)).where(
            col(Meeting.id).in_(meeting_ids)
        )
    ).all()
    for meeting_id, sequence, state in rows:
        if meeting_id is not None:
            yield _MeetingNow(meeting_id, sequence, state is MeetingState.CANCELLED)


def _told_people(session: Session, meeting_id: int) -> dict[int, Told]:
    found = what_was_told(session, meeting_ids=[meeting_id])
    return {
        recipient.person_id: told
        for (_meeting, recipient), told in found.items()
        if recipient.person_id is not None
    }
