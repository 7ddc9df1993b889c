"""Hands a position from one person to the next in one step, with a preview of what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.enums import (
    EXPECTED_STATES,
    INCUMBENT_KINDS,
    Function,
    HolderKind,
)
from scheduler.store.in_force import holding_lasts_on
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Forum,
    Holder,
    Meeting,
    MunicipalService,
    Person,
    Plan,
    Position,
    Seat,
)
from scheduler.usecases.people.errors import HoldingError, HoldingRefusal
from scheduler.usecases.people.holding import (
    add_holder,
    end_span,
    refuse_without_administrator,
)
from scheduler.usecases.people.person import NewPerson, find_person

__all__ = [
    "FollowingSeat",
    "HandOver",
    "HandOverPreview",
    "Leaving",
    "hand_over",
    "preview_hand_over",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """What is asked for. `first_day` is the successor's first; the last day is the day before.

    Without `to` the position becomes vacant. Without `leaving_holder_ids` everybody who holds it
    or acts in it on the last day leaves; deputies and delegates stay. `kind` tells whether the
    successor holds the position or acts in it.
    """

    position_id: int
    first_day: date
    to: NewPerson | None
    kind: HolderKind = HolderKind.HOLDER
    leaving_holder_ids: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody whose time in the position ends."""

    holder_id: int
    person_id: int
    name: str
    last_day: date


@dataclass(frozen=True, slots=True)
class FollowingSeat:
    """A forum that the successor takes a seat in, and the meetings planned from the first day."""

    forum_id: int
    forum: str
    functions: tuple[Function, ...]
    meetings: int


@dataclass(frozen=True, slots=True)
class HandOverPreview:
    """Everything that follows a hand-over.

    `to_name` is the name the successor is known by, and `to_is_new` tells that nobody with the
    address has been in a position here: whom another municipality knows is not said (privacy rule
    9). `staying` are the names of others who go on in the position. `becomes_vacant` tells that
    nobody is there from `first_day`.
    """

    position: str
    first_day: date
    to_name: str | None
    to_is_new: bool
    leaving: tuple[Leaving, ...]
    staying: tuple[str, ...]
    deputies: tuple[str, ...]
    seats: tuple[FollowingSeat, ...]
    leads_services: tuple[str, ...]
    owns_the_plan: bool
    becomes_vacant: bool


def preview_hand_over(session: Session, request: HandOver) -> HandOverPreview:
    """Return what the hand-over would do, writing nothing.

    Raises:
        HoldingError: there is no such position, or nobody is there to leave it and nobody comes.
    """
    position = _position(session, request.position_id)
    holdings = _still_there(session, request)
    leaving = tuple(
        Leaving(id_of(holder), holder.person_id, person.name, _last_day(request))
        for holder, person in holdings
        if _leaves(request, holder)
    )
    if not leaving and request.to is None:
        raise HoldingError(HoldingRefusal.NOBODY_LEAVES)
    going = {each.holder_id for each in leaving}
    staying = tuple(
        person.name
        for holder, person in holdings
        if id_of(holder) not in going and holder.kind in INCUMBENT_KINDS
    )
    known = _known_here(session, request.to, position.municipality_id) if request.to else None
    return HandOverPreview(
        position=position.title,
        first_day=request.first_day,
        to_name=known.name if known else (request.to.name if request.to else None),
        to_is_new=request.to is not None and known is None,
        leaving=leaving,
        staying=staying,
        deputies=tuple(
            person.name for holder, person in holdings if holder.kind is HolderKind.DEPUTY
        ),
        seats=_seats(session, request),
        leads_services=tuple(
            session.exec(
                select(MunicipalService.name)
                .where(
                    MunicipalService.leader_position_id == request.position_id,
                    col(MunicipalService.retired_on).is_(None),
                )
                .order_by(MunicipalService.name)
            )
        ),
        owns_the_plan=session.exec(
            select(Plan.id).where(Plan.owner_position_id == request.position_id)
        ).first()
        is not None,
        becomes_vacant=request.to is None and not staying,
    )


def hand_over(
    session: Session, request: HandOver, *, now: datetime, actor_id: int | None
) -> HandOverPreview:
    """End the old holdings and begin the new one in the same transaction; the caller commits.

    Seats and duties belong to the position, so they follow without being touched.

    Raises:
        HoldingError: as `preview_hand_over` and `add_holder`, or nobody could administer the
            municipality afterwards.
    """
    preview = preview_hand_over(session, request)
    for each in preview.leaving:
        end_span(session, each.holder_id, last_day=each.last_day, now=now, actor_id=actor_id)
    if request.to is not None:
        add_holder(
            session,
            request.position_id,
            request.to,
            kind=request.kind,
            from_on=request.first_day,
            now=now,
            actor_id=actor_id,
        )
    refuse_without_administrator(
        session, _position(session, request.position_id), request.first_day
    )
    return preview


def _position(session: Session, position_id: int) -> Position:
    position = session.get(Position, position_id)
    if position is None:
        raise HoldingError(HoldingRefusal.NO_SUCH_POSITION)
    return position


def _known_here(session: Session, new: NewPerson, municipality_id: int) -> Person | None:
    person = find_person(session, new.email)
    if person is None:
        return None
    holding = (
        select(Holder.id)
        .join(Position, col(Position.id) == Holder.position_id)
        .where(Holder.person_id == person.id, Position.municipality_id == municipality_id)
    )
    return person if session.exec(holding.limit(1)).first() is not None else None


def _last_day(request: HandOver) -> date:
    return request.first_day - timedelta(days=1)


def _still_there(session: Session, request: HandOver) -> list[tuple[Holder, Person]]:
    """Return everybody who is, or by then will be, in the position and not yet through with it."""
    return list(
        session.exec(
            select(Holder, Person)
            .join(Person, col(Person.id) == col(Holder.person_id))
            .where(
                Holder.position_id == request.position_id,
                holding_lasts_on(request.first_day),
            )
            .order_by(Person.name, col(Holder.id))
        )
    )


def _leaves(request: HandOver, holder: Holder) -> bool:
    if request.leaving_holder_ids is not None:
        return holder.id in request.leaving_holder_ids
    return holder.kind in INCUMBENT_KINDS


def _seats(session: Session, request: HandOver) -> tuple[FollowingSeat, ...]:
    rows = session.exec(
        select(Seat, Forum)
        .join(Forum)
        .where(
            Seat.position_id == request.position_id,
            col(Seat.retired_on).is_(None),
            col(Forum.retired_on).is_(None),
        )
        .order_by(Forum.name, col(Seat.id))
    )
    by_forum: dict[tuple[str, int], list[Seat]] = {}
    for seat, forum in rows:
        by_forum.setdefault((forum.name, id_of(forum)), []).append(seat)
    return tuple(
        FollowingSeat(
            forum_id,
            name,
            tuple(dict.fromkeys(seat.function for seat in seats)),
            _coming_meetings(session, forum_id, seats, request.first_day),
        )
        for (name, forum_id), seats in by_forum.items()
    )


def _coming_meetings(session: Session, forum_id: int, seats: list[Seat], first_day: date) -> int:
    where = [
        col(Meeting.forum_id) == forum_id,
        col(Meeting.held_on) >= first_day,
        col(Meeting.state).in_(EXPECTED_STATES),
    ]
    units = {seat.unit_id for seat in seats}
    if None not in units:
        where.append(col(Meeting.unit_id).in_(units))
    return len(session.exec(select(Meeting.id).where(*where)).all())
