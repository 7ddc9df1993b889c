"""How long a feed stays as it is although nobody writes anything: its next day of change."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Select, func, literal, or_, select, union_all
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from scheduler.store.tables import Forum, Holder, Leave, Position, Seat

__all__ = ["next_change_of_holders"]


def next_change_of_holders(
    session: Session, municipality_ids: Set[int], *, person_id: int | None, today: date
) -> date | None:
    """Return the next day after today on which somebody comes, goes, is away or is back.

    Also on which a position, a seat or a forum falls away. Everything in these municipalities
    counts, and the person's own holdings everywhere: a day too many costs one making of a feed,
    a day too few would show it wrong.
    """
    found = session.connection().execute(union_all(*_queries(municipality_ids, person_id, today)))
    days = [day + timedelta(days=later) for later, day in found if day is not None]
    return min(days, default=None)


def _queries(
    municipality_ids: Set[int], person_id: int | None, today: date
) -> Iterator[Select[Any, Any]]:
    in_these = col(Position.municipality_id).in_(municipality_ids)
    theirs = or_(in_these, col(Holder.person_id) == person_id)
    for query in (_first_day(col(Holder.from_on), today), _last_day(col(Holder.until_on), today)):
        yield query.join_from(Holder, Position, col(Position.id) == Holder.position_id).where(
            theirs
        )
    for query in (_first_day(col(Leave.starts_on), today), _last_day(col(Leave.ends_on), today)):
        yield (
            query.join_from(Leave, Holder, col(Holder.id) == Leave.holder_id)
            .join(Position, col(Position.id) == Holder.position_id)
            .where(theirs)
        )
    yield _first_day(col(Position.retired_on), today).where(in_these)
    yield _first_day(col(Forum.retired_on), today).where(
        col(Forum.municipality_id).in_(municipality_ids)
    )
    yield (
        _first_day(col(Seat.retired_on), today)
        .join_from(Seat, Forum, col(Forum.id) == Seat.forum_id)
        .where(col(Forum.municipality_id).in_(municipality_ids))
    )


def _first_day(column: Mapped[Any], today: date) -> Select[Any, Any]:
    """Ask for the next day that a column names as the first on which something is otherwise."""
    return select(literal(0), func.min(column)).where(column > today)


def _last_day(column: Mapped[Any], today: date) -> Select[Any, Any]:
    """Ask for the next day that a column names as the last on which something is so."""
    return select(literal(1), func.min(column)).where(column >= today)
