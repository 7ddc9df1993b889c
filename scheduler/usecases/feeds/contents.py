"""What a subscription shows: its meetings and duties, through the one visibility filter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.enums import FeedScope, MeetingState
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.store.tables import Forum, Holder, Municipality, Person, Position, Seat
from scheduler.usecases.feeds.subscriptions import FeedTarget
from scheduler.usecases.visibility import (
    Selection,
    Viewer,
    own_duties,
    own_meetings,
    viewer_of,
    viewer_of_municipality,
    viewer_of_position,
    visible_duties,
    visible_meetings,
)

__all__ = ["FeedContents", "GoneError", "feed_contents"]

_HISTORY = timedelta(days=366)
_CANCELLED_STAYS = timedelta(days=30)
_LEAVER_KEEPS = timedelta(days=30)


class GoneError(Exception):
    """Nothing will ever come here again: the feed's person has left, or its subject is gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContents:
    """The rows of one feed, and the name it goes by."""

    name: str
    municipality_names: tuple[str, ...]
    meetings: tuple[MeetingSnapshot, ...]
    duties: tuple[DutySnapshot, ...]


def feed_contents(
    session: Session,
    target: FeedTarget,
    *,
    owner_id: int | None,
    with_duties: bool,
    now: datetime,
    today: date,
) -> FeedContents:
    """Return what stands in a feed: twelve months back and everything published ahead.

    A cancelled meeting stays for 30 days after it was called off (FEEDS.md, checklist). A leaver
    sees nothing from the day after the last holding, and is gone 30 days later (PRIVACY.md 11).
    A feed of a forum shows its owner what the owner may see today; one without an owner is an
    administrator's print for a member, and shows what members see.

    Raises:
        GoneError: the subject of the feed is no more.
    """
    name, viewer, selection = _subject(session, target, owner_id, today)
    selection = replace(selection, from_on=today - _HISTORY)
    if target.scope in (FeedScope.PERSON, FeedScope.POSITION):
        meetings = own_meetings(session, viewer, selection)
        duties = own_duties(session, viewer, selection) if with_duties else ()
    else:
        meetings = visible_meetings(session, viewer, selection)
        duties = visible_duties(session, viewer, selection) if with_duties else ()
    return FeedContents(
        name=name,
        municipality_names=_municipality_names(session, viewer),
        meetings=tuple(one for one in meetings if _still_shown(one, now)),
        duties=duties,
    )


def _still_shown(meeting: MeetingSnapshot, now: datetime) -> bool:
    if meeting.state is not MeetingState.CANCELLED or meeting.cancelled_at is None:
        return True
    return meeting.cancelled_at + _CANCELLED_STAYS > now


def _subject(
    session: Session, target: FeedTarget, owner_id: int | None, today: date
) -> tuple[str, Viewer, Selection]:
    match target.scope:
        case FeedScope.PERSON:
            return _person(session, target.person_id, today)
        case FeedScope.POSITION:
            return _position(session, target.position_id, today)
        case FeedScope.FORUM:
            return _forum(session, target.forum_id, owner_id, today)
        case FeedScope.MUNICIPALITY:
            return _municipality(session, target.municipality_id, today)


def _person(session: Session, person_id: int | None, today: date) -> tuple[str, Viewer, Selection]:
    person = session.get(Person, person_id) if person_id is not None else None
    if person is None or person.id is None:
        raise GoneError
    viewer = viewer_of(session, person.id, today=today)
    if not viewer.municipality_ids and _left_before(session, person.id, today - _LEAVER_KEEPS):
        raise GoneError
    return person.name, viewer, Selection()


def _left_before(session: Session, person_id: int, day: date) -> bool:
    """Tell whether every holding of the person ended before that day."""
    holders = session.exec(select(Holder).where(Holder.person_id == person_id)).all()
    return all(row.until_on is not None and row.until_on < day for row in holders)


def _position(
    session: Session, position_id: int | None, today: date
) -> tuple[str, Viewer, Selection]:
    position = session.get(Position, position_id) if position_id is not None else None
    if position is None or position.id is None:
        raise GoneError
    return position.title, viewer_of_position(session, position.id, today=today), Selection()


def _forum(
    session: Session, forum_id: int | None, owner_id: int | None, today: date
) -> tuple[str, Viewer, Selection]:
    forum = session.get(Forum, forum_id) if forum_id is not None else None
    if forum is None or (forum.retired_on is not None and forum.retired_on <= today):
        raise GoneError
    selection = Selection(forum_id=forum.id)
    if owner_id is not None:
        return forum.name, viewer_of(session, owner_id, today=today), selection
    seats = session.exec(
        select(Seat.position_id).where(
            Seat.forum_id == forum.id,
            col(Seat.retired_on).is_(None) | (col(Seat.retired_on) > today),
        )
    )
    viewer = replace(
        viewer_of_municipality(forum.municipality_id, today=today), position_ids=frozenset(seats)
    )
    return forum.name, viewer, selection


def _municipality(
    session: Session, municipality_id: int | None, today: date
) -> tuple[str, Viewer, Selection]:
    found = session.get(Municipality, municipality_id) if municipality_id is not None else None
    if found is None or found.id is None:
        raise GoneError
    selection = Selection(municipality_id=found.id)
    return found.name, viewer_of_municipality(found.id, today=today), selection


def _municipality_names(session: Session, viewer: Viewer) -> tuple[str, ...]:
    return tuple(
        session.exec(
            select(Municipality.name)
            .where(col(Municipality.id).in_(viewer.municipality_ids))
            .order_by(Municipality.name)
        )
    )
