"""Who has a role by way of a position on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import INCUMBENT_KINDS, Role
from scheduler.store.in_force import in_use
from scheduler.store.tables import Grant, Position
from scheduler.usecases.people.holders import HolderSnapshot, holders_on, stands_in

__all__ = ["role_holders"]


def role_holders(
    session: Session, role: Role, *, today: date, municipality_id: int | None = None
) -> tuple[int, ...]:
    """Return the ids, in order, of those to ask for who has the role in a position that day.

    They are who stands in the position, as a viewer does: those who hold it or act in it and are
    there, else the deputies. Where nobody is there at all, those who are away, who have the role
    all the same. A retired position is nobody's. Without a municipality, of all of them.
    """
    where = [col(Grant.role) == role, in_use(Position.retired_on, today)]
    if municipality_id is not None:
        where.append(col(Position.municipality_id) == municipality_id)
    positions = session.exec(
        select(col(Position.id))
        .join(Grant, col(Grant.position_id) == col(Position.id))
        .where(*where)
        .distinct()
    ).all()
    of_position: dict[int, list[HolderSnapshot]] = defaultdict(list)
    for holder in holders_on(session, [each for each in positions if each is not None], today):
        of_position[holder.position_id].append(holder)
    found = {each.person_id for holders in of_position.values() for each in _there(holders)}
    return tuple(sorted(found))


def _there(holders: list[HolderSnapshot]) -> Iterator[HolderSnapshot]:
    yield from stands_in(holders) or (
        holder for holder in holders if holder.kind in INCUMBENT_KINDS
    )
