"""Positions with who holds them, for the administration's pages."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, col, select

from scheduler.domain.enums import Role
from scheduler.store.in_force import in_use
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant, Holder, Position
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.errors import NotHereError
from scheduler.usecases.people import (
    HolderSnapshot,
    PastHolding,
    current_holders,
    position_history,
    stands_in,
)

__all__ = [
    "PositionDetails",
    "PositionLine",
    "PositionState",
    "holding_here",
    "position_details",
    "position_lines",
    "position_row",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionState:
    """Who has the position today; `at_work` do its work, the rest are away, deputies or delegates.

    Nobody at work means vacant.
    """

    at_work: tuple[HolderSnapshot, ...]
    others: tuple[HolderSnapshot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionLine:
    """One position in the list."""

    id: int
    slug: str
    title: str
    old_title: str | None
    external: bool
    roles: tuple[Role, ...]
    state: PositionState


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionDetails:
    """One position with every holding, the newest first."""

    id: int
    slug: str
    title: str
    old_title: str | None
    held_by_several: bool
    external: bool
    roles: tuple[Role, ...]
    state: PositionState
    holdings: tuple[PastHolding, ...]


def position_lines(session: Session, acting: Acting) -> tuple[PositionLine, ...]:
    """Return the positions in use, by title, each with who has it today."""
    states = _states(session, acting)
    roles = _roles(session, acting.municipality_id)
    rows = session.exec(
        select(Position)
        .where(
            Position.municipality_id == acting.municipality_id,
            in_use(Position.retired_on, acting.today),
        )
        .order_by(col(Position.title), col(Position.id))
    )
    return tuple(
        PositionLine(
            id=id_of(row),
            slug=row.slug,
            title=row.title,
            old_title=row.old_title,
            external=row.external,
            roles=roles.get(id_of(row), ()),
            state=states.get(id_of(row), _VACANT),
        )
        for row in rows
    )


def position_details(session: Session, acting: Acting, slug: str) -> PositionDetails:
    """Return one position with every holding.

    Raises:
        NotHereError: the municipality has no such position.
    """
    row = position_row(session, acting, slug)
    position_id = id_of(row)
    return PositionDetails(
        id=position_id,
        slug=row.slug,
        title=row.title,
        old_title=row.old_title,
        held_by_several=row.held_by_several,
        external=row.external,
        roles=_roles(session, acting.municipality_id).get(position_id, ()),
        state=_states(session, acting).get(position_id, _VACANT),
        holdings=position_history(session, position_id),
    )


def position_row(session: Session, acting: Acting, slug: str) -> Position:
    """Return the municipality's position with this slug.

    Raises:
        NotHereError: there is none.
    """
    row = session.exec(
        select(Position).where(
            Position.municipality_id == acting.municipality_id, Position.slug == slug
        )
    ).one_or_none()
    if row is None:
        raise NotHereError(slug)
    return row


def holding_here(session: Session, acting: Acting, slug: str, holder_id: int) -> int:
    """Return the id of a holding after making sure that it is of this position, here.

    Raises:
        NotHereError: it is not.
    """
    holder = session.get(Holder, holder_id)
    if holder is None or holder.position_id != id_of(position_row(session, acting, slug)):
        raise NotHereError(holder_id)
    return holder_id


_VACANT = PositionState(at_work=(), others=())


def _states(session: Session, acting: Acting) -> dict[int, PositionState]:
    by_position: dict[int, list[HolderSnapshot]] = defaultdict(list)
    for holder in current_holders(
        session, municipality_id=acting.municipality_id, day=acting.today
    ):
        by_position[holder.position_id].append(holder)
    states = {}
    for position_id, holders in by_position.items():
        at_work = stands_in(holders)
        others = tuple(holder for holder in holders if holder not in at_work)
        states[position_id] = PositionState(at_work=at_work, others=others)
    return states


def _roles(session: Session, municipality_id: int) -> dict[int, tuple[Role, ...]]:
    rows = session.exec(
        select(Grant)
        .join(Position, col(Position.id) == col(Grant.position_id))
        .where(Position.municipality_id == municipality_id)
    )
    found: dict[int, set[Role]] = defaultdict(set)
    for row in rows:
        if row.position_id is not None:
            found[row.position_id].add(row.role)
    return {
        position_id: tuple(role for role in Role if role in roles)
        for position_id, roles in found.items()
    }
