"""The series that a round asks about: a forum, or a forum at one unit, by its name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from scheduler.store.tables import DateRoundDate, Forum, Unit

__all__ = ["AskedSeries", "series_of"]


@dataclass(frozen=True, slots=True)
class AskedSeries:
    """What the dates of a series stand under; `is_case` says that it is for its members alone."""

    name: str
    is_case: bool


def series_of(
    session: Session, dates: Collection[DateRoundDate]
) -> dict[tuple[int, int | None], AskedSeries]:
    """Return the series of the dates by the ids of forum and unit."""
    forums = {
        row.id: row
        for row in session.exec(
            select(Forum).where(col(Forum.id).in_({one.forum_id for one in dates}))
        )
    }
    units = {
        row.id: row.name
        for row in session.exec(
            select(Unit).where(col(Unit.id).in_({one.unit_id for one in dates} - {None}))
        )
    }
    found = {}
    for forum_id, unit_id in {(one.forum_id, one.unit_id) for one in dates}:
        forum, unit = forums[forum_id], units.get(unit_id)
        name = f"{forum.name}, {unit}" if unit else forum.name
        found[forum_id, unit_id] = AskedSeries(name, forum.level.is_case)
    return found
