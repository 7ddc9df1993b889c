"""Which id changed what, when, from what to what (privacy rule 8: ids, never names)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from scheduler.store.tables.columns import Instant, JsonValue

__all__ = ["AuditEvent"]


class AuditEvent(SQLModel, table=True):
    """One change; rows are only ever added."""

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_column=Column(Instant, nullable=False))
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    action: str
    entity: str
    entity_id: int | None = None
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonValue))
    after: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonValue))
