"""The series that a meeting can be added to."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from scheduler.store.tables import Forum, Unit

__all__ = ["SeriesChoice", "series_of", "series_with_rows"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesChoice:
    """A series that a meeting can be added to; `key` names it in a form."""

    key: str
    forum: str
    name: str
    minutes: int


def series_of(session: Session, municipality_id: int) -> tuple[SeriesChoice, ...]:
    """Return the series that meetings can be added to, by name."""
    choices = (choice for choice, _pair in series_with_rows(session, municipality_id))
    return tuple(sorted(choices, key=lambda choice: (choice.name, choice.key)))


def series_with_rows(
    session: Session, municipality_id: int
) -> list[tuple[SeriesChoice, tuple[Forum, Unit | None]]]:
    """Return the same, each with its forum and unit."""
    units = {
        unit.slug: unit
        for unit in session.exec(select(Unit).where(Unit.municipality_id == municipality_id))
    }
    found: list[tuple[SeriesChoice, tuple[Forum, Unit | None]]] = []
    for forum in session.exec(
        select(Forum).where(
            Forum.municipality_id == municipality_id, col(Forum.retired_on).is_(None)
        )
    ):
        places = [units[slug] for slug in forum.units if slug in units] if forum.units else [None]
        for unit in places:
            key = f"{forum.slug}@{unit.slug}" if unit else forum.slug
            name = f"{forum.name}, {unit.name}" if unit else forum.name
            choice = SeriesChoice(
                key=key, forum=forum.slug, name=name, minutes=forum.duration_minutes
            )
            found.append((choice, (forum, unit)))
    return found
