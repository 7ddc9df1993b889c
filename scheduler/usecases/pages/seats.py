"""Who sits in a forum, and as what a reader sits in each of theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from scheduler.domain.enums import INCUMBENT_KINDS, AttendanceRule, Function
from scheduler.domain.snapshots import SeatSnapshot
from scheduler.store.in_force import in_use
from scheduler.store.tables import Forum, Position, Seat, Unit
from scheduler.usecases.people.holders import holders_on
from scheduler.usecases.viewer import Viewer

__all__ = ["OwnSeats", "own_seats", "read_seats"]

_ORDER = {function: number for number, function in enumerate(Function)}


@dataclass(frozen=True, slots=True)
class OwnSeats:
    """The functions of a reader, by forum and unit; a seat without unit counts in every unit."""

    functions: Mapping[tuple[int, int | None], tuple[Function, ...]]

    def in_meeting(self, forum_id: int, unit_id: int | None) -> tuple[Function, ...]:
        """Return what the reader is in one series, the weightiest first."""
        found = {*self.functions.get((forum_id, None), ())}
        if unit_id is not None:
            found |= {*self.functions.get((forum_id, unit_id), ())}
        return tuple(sorted(found, key=_ORDER.__getitem__))

    @property
    def forum_ids(self) -> frozenset[int]:
        """Return the forums in which the reader has any seat."""
        return frozenset(forum_id for forum_id, _unit_id in self.functions)


def own_seats(session: Session, viewer: Viewer) -> OwnSeats:
    """Return the reader's seats in every municipality, in one query."""
    rows = session.exec(
        select(Seat.forum_id, Seat.unit_id, col(Seat.function)).where(
            col(Seat.position_id).in_(viewer.position_ids),
            Seat.attends != AttendanceRule.ON_CALL,
            in_use(Seat.retired_on, viewer.today),
        )
    ).all()
    functions: dict[tuple[int, int | None], tuple[Function, ...]] = defaultdict(tuple)
    for forum_id, unit_id, function in rows:
        functions[(forum_id, unit_id)] += (function,)
    return OwnSeats(dict(functions))


def read_seats(
    session: Session, *conditions: ColumnElement[bool], today: date
) -> tuple[SeatSnapshot, ...]:
    """Return the seats that meet the conditions, by function and title, with who holds them today.

    The conditions say which seats the reader may see; they may name Seat and Forum.
    """
    place = aliased(Unit)
    rows = session.exec(
        select(Seat, Position, func.coalesce(Unit.name, place.name))
        .join(Position, col(Position.id) == Seat.position_id)
        .join(Forum, col(Forum.id) == Seat.forum_id)
        .outerjoin(Unit, col(Unit.id) == Seat.unit_id)
        .outerjoin(place, col(place.id) == Position.unit_id)
        .where(
            *conditions,
            in_use(Seat.retired_on, today),
        )
    ).all()
    names = _holders(session, {seat.position_id for seat, _position, _unit in rows}, today=today)
    seats = [
        SeatSnapshot(
            position_id=seat.position_id,
            position_slug=position.slug,
            position_title=position.title,
            old_title=position.old_title,
            unit_name=_unsaid(unit_name, position.title),
            function=seat.function,
            attends=seat.attends,
            holders=tuple(names[seat.position_id]),
        )
        for seat, position, unit_name in rows
    ]
    return tuple(
        sorted(
            seats,
            key=lambda seat: (_ORDER[seat.function], seat.position_title, seat.unit_name or ""),
        )
    )


def _unsaid(unit_name: str | None, title: str) -> str | None:
    """Return the unit, but for one that the position's title says already."""
    return None if unit_name and title.endswith(f", {unit_name}") else unit_name


def _holders(session: Session, position_ids: set[int], *, today: date) -> dict[int, list[str]]:
    names: dict[int, list[str]] = defaultdict(list)
    for holder in sorted(holders_on(session, position_ids, today), key=lambda one: one.name):
        if holder.kind in INCUMBENT_KINDS:
            names[holder.position_id].append(holder.name)
    return names
