"""A municipality with what is settled for all its forums."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import ClosedKind, PeriodKind, ServiceKind, UnitKind
from scheduler.domain.language import Language
from scheduler.store.tables.columns import JsonValue, enum_text

__all__ = ["ClosedPeriod", "CouncilDate", "MunicipalService", "Municipality", "Unit"]


class Municipality(SQLModel, table=True):
    """One municipality; `choices` are the numbers that no plan gives ("kommunens valg")."""

    id: int | None = Field(default=None, primary_key=True)
    slug: str = Field(unique=True)
    name: str
    number: str | None = None
    language: Language = Field(default=Language.BOKMAL, sa_type=enum_text(Language))
    timezone: str = "Europe/Oslo"
    period_kind: PeriodKind = Field(default=PeriodKind.CALENDAR_YEAR, sa_type=enum_text(PeriodKind))
    choices: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JsonValue, nullable=False)
    )


class ClosedPeriod(SQLModel, table=True):
    """Days on which the forums it applies to hold no meeting."""

    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    slug: str
    name: str
    kind: ClosedKind = Field(sa_type=enum_text(ClosedKind))
    starts_on: date
    ends_on: date
    confirmed: bool = True
    source: str | None = None


class CouncilDate(SQLModel, table=True):
    """A meeting of the council, which deadlines are counted back from.

    `calendar_id` is the imported calendar that brought it, and will take it away again; None where
    a person or the plan file entered it.
    """

    __table_args__ = (UniqueConstraint("municipality_id", "held_on"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    held_on: date
    body: str
    calendar_id: int | None = Field(default=None, foreign_key="importedcalendar.id")


class Unit(SQLModel, table=True):
    """A school, a kindergarten or a department that a forum can be a series for."""

    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    slug: str
    name: str
    kind: UnitKind = Field(sa_type=enum_text(UnitKind))


class MunicipalService(SQLModel, table=True):
    """A service (tjeneste) and the position that leads it."""

    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    slug: str
    name: str
    kind: ServiceKind = Field(default=ServiceKind.BASIC, sa_type=enum_text(ServiceKind))
    leader_position_id: int | None = Field(default=None, foreign_key="position.id")
    source_lines: str | None = None
    retired_on: date | None = None
