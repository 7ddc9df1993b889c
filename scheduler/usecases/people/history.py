"""Everybody who has held a position, or will."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import HolderKind
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave, Person

__all__ = ["PastHolding", "position_history"]


@dataclass(frozen=True, slots=True)
class PastHolding:
    """One person's time in a position, with the spans of leave; the last days are included."""

    holder_id: int
    person_id: int
    name: str
    kind: HolderKind
    from_on: date
    until_on: date | None
    away: tuple[tuple[date, date], ...]


def position_history(session: Session, position_id: int) -> tuple[PastHolding, ...]:
    """Return every holding of a position, the newest first.

    What was ended before it began is left out: nobody ever held the position by it.
    """
    rows = session.exec(
        select(Holder, Person)
        .join(Person, col(Person.id) == col(Holder.person_id))
        .where(Holder.position_id == position_id)
        .order_by(col(Holder.from_on).desc(), col(Holder.id).desc())
    ).all()
    away: dict[int, list[tuple[date, date]]] = {}
    for leave in session.exec(
        select(Leave)
        .where(col(Leave.holder_id).in_([id_of(holder) for holder, _person in rows]))
        .order_by(col(Leave.starts_on))
    ):
        away.setdefault(leave.holder_id, []).append((leave.starts_on, leave.ends_on))
    return tuple(
        PastHolding(
            id_of(holder),
            id_of(person),
            person.name,
            holder.kind,
            holder.from_on,
            holder.until_on,
            tuple(away.get(id_of(holder), ())),
        )
        for holder, person in rows
        if holder.until_on is None or holder.until_on >= holder.from_on
    )
