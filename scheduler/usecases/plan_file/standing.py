"""The rows that stand in the database, in the form in which a plan file asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from scheduler.store.tables import Forum, Municipality, Seat
from scheduler.usecases.plan_file.record import TABLES, Entity, Key, Record, Ref, Rows

__all__ = ["REFERENCES", "Standing", "read_standing"]

REFERENCES: dict[str, Entity] = {
    "unit_id": Entity.UNIT,
    "position_id": Entity.POSITION,
    "leader_position_id": Entity.POSITION,
    "owner_position_id": Entity.POSITION,
    "forum_id": Entity.FORUM,
    "from_forum_id": Entity.FORUM,
    "to_forum_id": Entity.FORUM,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The municipality's rows by key: their values, and the rows themselves to be changed."""

    municipality_id: int | None
    values: Rows
    rows: dict[Key, Any]

    def choices(self) -> dict[str, Any]:
        """Return the choices that hold until now; nothing for a new municipality."""
        for key, record in self.values.items():
            if key.entity is Entity.MUNICIPALITY:
                return dict(record["choices"])
        return {}

    def settled(self) -> dict[str, str]:
        """Return the day on which each settled question was settled."""
        plan = self.values.get(Key(Entity.PLAN, "plan"))
        return {
            question["slug"]: question["settled_on"]
            for question in (plan["questions"] if plan else [])
            if question.get("settled_on")
        }


def read_standing(session: Session, municipality_slug: str) -> Standing:
    """Return everything of one municipality that a plan file may fill."""
    municipality = session.exec(
        select(Municipality).where(Municipality.slug == municipality_slug)
    ).one_or_none()
    if municipality is None:
        return Standing(None, {}, {})
    slugs: dict[tuple[Entity, int], str] = {}
    values: Rows = {}
    rows: dict[Key, Any] = {}
    for entity in Entity:
        for row in _rows(session, entity, municipality):
            record = _record(row, slugs)
            key = Key(entity, _slug(entity, row, record))
            slugs[entity, row.id] = key.slug
            values[key], rows[key] = record, row
    return Standing(municipality.id, values, rows)


def _rows(session: Session, entity: Entity, municipality: Municipality) -> Iterable[Any]:
    if entity is Entity.MUNICIPALITY:
        return [municipality]
    if entity is Entity.SEAT:
        return session.exec(
            select(Seat)
            .join(Forum)
            .where(Forum.municipality_id == municipality.id)
            .order_by(col(Seat.id))
        ).all()
    table: Any = TABLES[entity]
    rows: Iterable[Any] = session.exec(
        select(table).where(table.municipality_id == municipality.id).order_by(table.id)
    ).all()
    return rows


def _record(row: Any, slugs: dict[tuple[Entity, int], str]) -> Record:
    record: Record = {}
    for column, value in row.model_dump().items():
        entity = REFERENCES.get(column)
        if entity is not None and value is not None:
            value = Ref(entity, slugs[entity, value])
        record[column] = value
    return record


def _slug(entity: Entity, row: Any, record: Record) -> str:
    if entity is Entity.PLAN:
        return "plan"
    if entity is Entity.COUNCIL:
        return str(record["held_on"].isoformat())
    if entity is Entity.SEAT:
        unit = record["unit_id"].slug if record["unit_id"] else ""
        position, function = record["position_id"].slug, record["function"].value
        return "/".join((record["forum_id"].slug, position, function, unit))
    if entity is Entity.LINK:
        forums = (record["from_forum_id"].slug, record["to_forum_id"].slug)
        return "/".join((record["kind"].value, *forums, record["item"]))
    return str(row.slug)
