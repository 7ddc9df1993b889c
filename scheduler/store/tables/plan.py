"""The plan itself, its measures, and what it asks to be done in a rhythm."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import DutyKind, PreventionLevel
from scheduler.store.tables.columns import JsonValue, enum_text

__all__ = ["Measure", "Plan", "RecurringDuty"]


class Plan(SQLModel, table=True):
    """The adopted plan; what is not settled is None and shown as "ikke avklart"."""

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", unique=True)
    title: str
    adopted_on: date | None = None
    valid_until: date | None = None
    owner_position_id: int | None = Field(default=None, foreign_key="position.id")
    shared_with: list[str] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False)
    )
    rules: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False)
    )
    questions: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False)
    )


class Measure(SQLModel, table=True):
    """A tiltak in the plan's own words."""

    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    slug: str
    name: str
    level: PreventionLevel | None = Field(default=None, sa_type=enum_text(PreventionLevel))
    level_words: str | None = None
    status: str | None = None
    target_group: str | None = None
    protective_factor: str | None = None
    responsible: list[str] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False)
    )
    position_id: int | None = Field(default=None, foreign_key="position.id")
    rhythm_words: str | None = None
    cadence: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonValue))
    evaluation_words: str | None = None
    evaluation_cadence: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonValue))
    source_lines: str | None = None
    retired_on: date | None = None


class RecurringDuty(SQLModel, table=True):
    """Something the plan or the law asks for in a rhythm; each round is dated as a duty."""

    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    slug: str
    name: str
    kind: DutyKind = Field(sa_type=enum_text(DutyKind))
    position_id: int | None = Field(default=None, foreign_key="position.id")
    per_service: bool = False
    forum_id: int | None = Field(default=None, foreign_key="forum.id")
    rhythm_words: str | None = None
    cadence: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonValue))
    due_month: int | None = None
    due_day: int | None = None
    last_done_on: date | None = None
    reports_to: str | None = None
    legal_basis: str | None = None
    switched_off_because: str | None = None
    source_lines: str | None = None
    retired_on: date | None = None
