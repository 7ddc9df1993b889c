"""Who is to have which coming meetings as invitations: people who chose it, and rooms."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import EXPECTED_STATES, AttendanceRule, HolderKind
from scheduler.store.in_force import in_use
from scheduler.store.tables import (
    Forum,
    Holder,
    Meeting,
    Municipality,
    Outbox,
    Person,
    Position,
    Seat,
    YearPlan,
)
from scheduler.usecases.invitations.own_coming_meetings import ends_at, who_comes
from scheduler.usecases.invitations.recipient import Recipient
from scheduler.usecases.invitations.told import KIND
from scheduler.usecases.invitations.told_record import what_was_told
from scheduler.usecases.visibility import Selection

__all__ = [
    "is_to_have",
    "room_of",
    "sends_content",
    "silent_municipalities",
    "wanted_by_people",
    "wanted_by_rooms",
]


def sends_content(municipality: Municipality) -> bool:
    """Tell whether its mails may say what they are about: an invitation is nothing else."""
    return municipality.choices.get("content_free_mail") is not True


def wanted_by_people(
    session: Session,
    *,
    now: datetime,
    meeting_ids: Collection[int] | None = None,
    person_id: int | None = None,
    municipality_id: int | None = None,
) -> set[tuple[int, Recipient]]:
    """Return meeting and person for everyone who is to have these as invitations.

    Those who chose invitations have all that are theirs; those who chose the subscription since,
    and let what they had stand, have just that, for as long as it is theirs. All meetings ahead
    are looked at where none are named, and nothing is read of others than those that are.
    """
    today = today_of(now)
    silent = silent_municipalities(session)
    kept = _kept(session, meeting_ids, person_id, municipality_id, today)
    chose = _who_chose(session, meeting_ids, person_id, municipality_id, today)
    which = Selection(
        municipality_id=municipality_id,
        meeting_ids=None if meeting_ids is None else frozenset(meeting_ids),
    )
    comes = who_comes(session, {*chose, *kept}, which, now=now) if chose or kept else set()
    unheard = _meetings_of(session, silent) if silent and comes else set()
    return {
        (each, Recipient(person_id=person))
        for each, person in comes
        if each not in unheard and (person not in kept or each in kept[person])
    }


def wanted_by_rooms(
    session: Session,
    *,
    now: datetime,
    meeting_ids: Collection[int] | None = None,
    municipality_id: int | None = None,
) -> set[tuple[int, Recipient]]:
    """Return meeting and room for the coming published meetings of forums that have a room."""
    rows = session.exec(
        select(Meeting, Forum, Municipality)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .join(YearPlan, col(YearPlan.id) == Meeting.year_plan_id)
        .join(Municipality, col(Municipality.id) == Meeting.municipality_id)
        .where(
            col(Forum.room_email).is_not(None),
            col(YearPlan.published_at).is_not(None),
            col(Meeting.state).in_(EXPECTED_STATES),
            Meeting.held_on >= today_of(now),
            *([] if meeting_ids is None else [col(Meeting.id).in_(meeting_ids)]),
            *([] if municipality_id is None else [Meeting.municipality_id == municipality_id]),
        )
    ).all()
    return {
        (meeting.id, Recipient(room_email=room))
        for meeting, forum, municipality in rows
        if meeting.id is not None
        and (room := room_of(forum, meeting.place)) is not None
        and ends_at(meeting) > now
        and sends_content(municipality)
    }


def silent_municipalities(session: Session) -> set[int]:
    """Return the municipalities whose mails say only that something waits."""
    return {
        one.id
        for one in session.exec(select(Municipality))
        if one.id is not None and not sends_content(one)
    }


def room_of(forum: Forum, place: str | None) -> str | None:
    """Return the mailbox of the forum's room, where a meeting is in it and not somewhere else.

    A meeting that was set when the place had other words is in the room under those.
    """
    is_there = not place or not forum.place or place in (forum.place, *forum.earlier_places)
    return forum.room_email.lower() if forum.room_email and is_there else None


def is_to_have(session: Session, meeting_id: int, recipient: Recipient, *, now: datetime) -> bool:
    """Tell whether the recipient is to have the meeting now, read afresh."""
    if recipient.person_id is None:
        wanted = wanted_by_rooms(session, now=now, meeting_ids=[meeting_id])
    else:
        wanted = wanted_by_people(
            session, now=now, meeting_ids=[meeting_id], person_id=recipient.person_id
        )
    return (meeting_id, recipient) in wanted


def _who_chose(
    session: Session,
    meeting_ids: Collection[int] | None,
    person_id: int | None,
    municipality_id: int | None,
    today: date,
) -> list[int]:
    query = select(Person.id).where(
        col(Person.wants_invitations).is_(True), col(Person.active).is_(True)
    )
    if person_id is not None:
        query = query.where(Person.id == person_id)
    elif meeting_ids is not None:
        forums = select(Meeting.forum_id).where(col(Meeting.id).in_(meeting_ids))
        holds = (
            select(Holder.person_id)
            .join(Seat, col(Seat.position_id) == Holder.position_id)
            .where(
                col(Seat.forum_id).in_(forums),
                Seat.attends != AttendanceRule.ON_CALL,
                in_use(Seat.retired_on, today),
                col(Holder.kind) != HolderKind.DELEGATE,
            )
        )
        query = query.where(col(Person.id).in_(holds))
    elif municipality_id is not None:
        here = (
            select(Holder.person_id)
            .join(Position, col(Position.id) == Holder.position_id)
            .where(Position.municipality_id == municipality_id)
        )
        query = query.where(col(Person.id).in_(here))
    return [each for each in session.exec(query.order_by(col(Person.id))) if each is not None]


def _kept(
    session: Session,
    meeting_ids: Collection[int] | None,
    person_id: int | None,
    municipality_id: int | None,
    today: date,
) -> dict[int, set[int]]:
    """Return the meetings ahead that stand by invitation with people who chose none any more."""
    conditions: list[Any] = []
    if meeting_ids is not None:
        conditions.append(col(Meeting.id).in_(meeting_ids))
    if person_id is not None:
        conditions.append(Outbox.person_id == person_id)
    if municipality_id is not None:
        conditions.append(Meeting.municipality_id == municipality_id)
    rows = session.exec(
        select(Outbox.meeting_id, Outbox.person_id)
        .join(Person, col(Person.id) == Outbox.person_id)
        .join(Meeting, col(Meeting.id) == Outbox.meeting_id)
        .where(
            Outbox.kind == KIND,
            col(Person.wants_invitations).is_(False),
            col(Person.active).is_(True),
            Meeting.held_on >= today,
            *conditions,
        )
        .distinct()
    ).all()
    if not rows:
        return {}
    people = {each for _meeting, each in rows}
    told_of = what_was_told(
        session,
        meeting_ids={each for each, _person in rows if each is not None},
        person_id=person_id,
    )
    kept: dict[int, set[int]] = {}
    for (stands, recipient), told in told_of.items():
        if recipient.person_id in people and recipient.person_id is not None and told.keeps_it:
            kept.setdefault(recipient.person_id, set()).add(stands)
    return kept


def _meetings_of(session: Session, municipality_ids: Collection[int]) -> set[int]:
    found = session.exec(
        select(Meeting.id).where(col(Meeting.municipality_id).in_(municipality_ids))
    )
    return {each for each in found if each is not None}
