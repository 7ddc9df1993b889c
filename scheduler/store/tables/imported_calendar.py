"""Calendars of others that a municipality plans around."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import ClosedKind
from scheduler.store.tables.columns import Instant, JsonValue, enum_text

__all__ = ["ImportedCalendar"]


class ImportedCalendar(SQLModel, table=True):
    """A calendar from an address, or from a file where `address` is None.

    `closed_kind` is why no meeting is held on its days, or None where its days are the council's
    own meetings. `waiting` is what stands in it and nobody has confirmed yet (None: nothing new),
    `applied` what was confirmed, each a list of {"starts_on", "ends_on", "title"}.
    """

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    name: str
    address: str | None = None
    closed_kind: ClosedKind | None = Field(default=None, sa_type=enum_text(ClosedKind))
    waiting: list[dict[str, Any]] | None = Field(default=None, sa_column=Column(JsonValue))
    applied: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False)
    )
    left_out: int = 0
    fault: str | None = None
    fetched_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    confirmed_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
