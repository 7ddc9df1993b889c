"""Whose feed it is: its name, the reader it is made for, and whether it is over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from sqlmodel import Session, col, select

from scheduler.domain.enums import FeedScope
from scheduler.store.in_force import in_use
from scheduler.store.tables import Forum, Holder, Municipality, Person, Position, Seat
from scheduler.usecases.feeds.stays import CANCELLED_STAYS
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.visibility import (
    Selection,
    Viewer,
    viewer_of,
    viewer_of_municipality,
    viewer_of_position,
    visible_forums,
)

__all__ = ["FeedSubject", "GoneError", "feed_subject"]

# A leaver's feed is empty from the next day, and gone after this (privacy rule 11).
_LEAVER_KEEPS: Final = timedelta(days=30)
_ONE_DAY: Final = timedelta(days=1)
# Until what was called off on its last day is shown no more.
_RETIRED_KEEPS: Final = CANCELLED_STAYS + _ONE_DAY


class GoneError(Exception):
    """Nothing will ever come here again: the feed's person has left, or its subject is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSubject:
    """What a feed is called, who it is made for, and which rows it asks for.

    `person_id` is whose calendar it ends up in and `reader` who they are today, where that is
    known. `gone_on` is the day from which it is gone, where its person has left or its forum is
    out of use.
    """

    name: str
    viewer: Viewer
    selection: Selection
    person_id: int | None
    reader: Viewer | None = None
    gone_on: date | None = None


def feed_subject(
    session: Session, target: FeedTarget, *, owner_id: int | None, today: date
) -> FeedSubject:
    """Return the subject of a feed.

    A feed that somebody made for themselves lasts as long as their business there does: they must
    hold the position, or some position in the municipality (privacy rule 11). One without an owner
    was printed by an administrator for the position, the members or the municipality itself.

    Raises:
        GoneError: the subject is no more, or its person left more than 30 days ago.
    """
    match target.scope:
        case FeedScope.PERSON:
            subject = _person(session, target.person_id, today)
        case FeedScope.POSITION:
            subject = _position(session, target.position_id, today)
        case FeedScope.FORUM:
            subject = _forum(session, target.forum_id, owner_id, today)
        case FeedScope.MUNICIPALITY | FeedScope.LEADERS:
            subject = _municipality(session, target.municipality_id, today)
    if owner_id is not None:
        subject = replace(subject, person_id=owner_id)
    return _while_there(session, subject, target, today)


def _while_there(
    session: Session, subject: FeedSubject, target: FeedTarget, today: date
) -> FeedSubject:
    if subject.person_id is None:
        return subject
    reader = viewer_of(session, subject.person_id, today=today)
    match target.scope:
        case FeedScope.POSITION:
            is_there = target.position_id in reader.position_ids
        case FeedScope.FORUM | FeedScope.MUNICIPALITY | FeedScope.LEADERS:
            is_there = target.municipality_id in reader.municipality_ids
        case FeedScope.PERSON:
            is_there = bool(reader.municipality_ids)
    if is_there:
        return replace(subject, reader=reader.away_from_pages)
    gone_on = _gone_on(session, subject.person_id, target)
    if gone_on <= today:
        raise GoneError
    return replace(
        subject,
        viewer=Viewer(person_id=subject.person_id, today=today),
        gone_on=min(gone_on, subject.gone_on or gone_on),
    )


def _gone_on(session: Session, person_id: int, target: FeedTarget) -> date:
    """Return the day from which nobody is there any more, given what stands now."""
    holders = session.exec(
        select(col(Holder.until_on), Holder.position_id, Position.municipality_id)
        .join(Position, col(Position.id) == Holder.position_id)
        .where(Holder.person_id == person_id)
    ).all()
    last_days = [
        until_on or date.max - _LEAVER_KEEPS - timedelta(days=1)
        for until_on, position_id, municipality_id in holders
        if target.position_id in (None, position_id)
        and target.municipality_id in (None, municipality_id)
    ]
    if not last_days or not _is_active(session, person_id):
        return date.min
    return max(last_days) + _LEAVER_KEEPS + timedelta(days=1)


def _is_active(session: Session, person_id: int) -> bool:
    return bool(session.exec(select(Person.active).where(Person.id == person_id)).one_or_none())


def _person(session: Session, person_id: int | None, today: date) -> FeedSubject:
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.id is None:
        raise GoneError
    return FeedSubject(
        name=person.name,
        viewer=viewer_of(session, person.id, today=today).away_from_pages,
        selection=Selection(),
        person_id=person.id,
    )


def _position(session: Session, position_id: int | None, today: date) -> FeedSubject:
    position = session.get(Position, position_id) if position_id is not None else None
    if position is None or position.id is None or _is_over(position.retired_on, today):
        raise GoneError
    return FeedSubject(
        name=position.title,
        viewer=viewer_of_position(session, position.id, today=today),
        selection=Selection(),
        person_id=None,
    )


def _forum(
    session: Session, forum_id: int | None, owner_id: int | None, today: date
) -> FeedSubject:
    forum = session.get(Forum, forum_id) if forum_id is not None else None
    if forum is None:
        raise GoneError
    # Out of use it shows for a while that its meetings are off, by the name it had.
    retired_on = forum.retired_on if _is_over(forum.retired_on, today) else None
    gone_on = retired_on + _RETIRED_KEEPS if retired_on is not None else None
    if gone_on is not None and gone_on <= today:
        raise GoneError
    if owner_id is not None:
        viewer = viewer_of(session, owner_id, today=today).away_from_pages
    else:
        seats = session.exec(
            select(Seat.position_id).where(
                Seat.forum_id == forum.id,
                in_use(Seat.retired_on, today),
            )
        )
        viewer = replace(
            viewer_of_municipality(forum.municipality_id, today=today),
            position_ids=frozenset(seats),
        )
    selection = Selection(forum_id=forum.id)
    # To whom it is closed now, its name is not told either (privacy rule 4).
    as_of = retired_on - _ONE_DAY if retired_on is not None else today
    seen = visible_forums(session, replace(viewer, today=as_of), selection)
    name = seen[0].name if seen else session.get_one(Municipality, forum.municipality_id).name
    return FeedSubject(
        name=name, viewer=viewer, selection=selection, person_id=None, gone_on=gone_on
    )


def _municipality(session: Session, municipality_id: int | None, today: date) -> FeedSubject:
    found = session.get(Municipality, municipality_id) if municipality_id is not None else None
    if found is None or found.id is None:
        raise GoneError
    return FeedSubject(
        name=found.name,
        viewer=viewer_of_municipality(found.id, today=today),
        selection=Selection(municipality_id=found.id),
        person_id=None,
    )


def _is_over(retired_on: date | None, today: date) -> bool:
    return retired_on is not None and retired_on <= today
