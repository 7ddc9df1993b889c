"""The units that a forum has a series of meetings for."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Unit

__all__ = ["ForumUnit", "units_of_forum"]


@dataclass(frozen=True, slots=True)
class ForumUnit:
    """A school, a kindergarten or a department."""

    id: int
    slug: str
    name: str


def units_of_forum(session: Session, forum_id: int) -> tuple[ForumUnit, ...]:
    """Return the units by name; none where the forum meets as one."""
    forum = session.get_one(Forum, forum_id)
    units = session.exec(
        select(Unit)
        .where(Unit.municipality_id == forum.municipality_id, col(Unit.slug).in_(forum.units or []))
        .order_by(col(Unit.name))
    )
    return tuple(ForumUnit(id_of(unit), unit.slug, unit.name) for unit in units)
