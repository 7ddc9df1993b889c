"""A row of the database by its slug, in the form in which file and database are compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel

from scheduler.store.tables import (
    ClosedPeriod,
    CouncilDate,
    Forum,
    ForumLink,
    Measure,
    Municipality,
    MunicipalService,
    Plan,
    Position,
    RecurringDuty,
    Seat,
    Unit,
)

__all__ = [
    "TABLES",
    "Default",
    "Entity",
    "Following",
    "Key",
    "Record",
    "Ref",
    "Rows",
    "ref_to",
    "said",
]


class Entity(StrEnum):
    """What a plan file fills, in the order in which rows must be made."""

    MUNICIPALITY = "municipality"
    UNIT = "unit"
    POSITION = "position"
    SERVICE = "service"
    PLAN = "plan"
    FORUM = "forum"
    SEAT = "seat"
    LINK = "link"
    MEASURE = "measure"
    DUTY = "duty"
    CLOSED = "closed"
    COUNCIL = "council"


TABLES: Mapping[Entity, type[SQLModel]] = {
    Entity.MUNICIPALITY: Municipality,
    Entity.UNIT: Unit,
    Entity.POSITION: Position,
    Entity.SERVICE: MunicipalService,
    Entity.PLAN: Plan,
    Entity.FORUM: Forum,
    Entity.SEAT: Seat,
    Entity.LINK: ForumLink,
    Entity.MEASURE: Measure,
    Entity.DUTY: RecurringDuty,
    Entity.CLOSED: ClosedPeriod,
    Entity.COUNCIL: CouncilDate,
}


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Names a row within its municipality; seats and links are named by what they join."""

    entity: Entity
    slug: str

    def __str__(self) -> str:
        return f"{self.entity.value} {self.slug}"


@dataclass(frozen=True, slots=True)
class Ref:
    """Another row, by its slug instead of its number."""

    entity: Entity
    slug: str


@dataclass(frozen=True, slots=True)
class Default:
    """What a new row begins with; in a row that is there, people may have chosen otherwise."""

    value: Any


@dataclass(frozen=True, slots=True)
class Following:
    """A value that follows one of the municipality's choices, which was `earlier` until now.

    A row that still has the earlier value follows; one that somebody set apart keeps its own.
    """

    value: Any
    earlier: Any


Record = dict[str, Any]
Rows = dict[Key, Record]


def ref_to(entity: Entity, slug: str | None) -> Ref | None:
    """Return the reference to another row, or None where none is named."""
    return None if slug is None else Ref(entity, slug)


def said(column: str, value: Any) -> Record:
    """Return a column that the file speaks of, and nothing for one that it does not."""
    return {} if value is None else {column: value}
