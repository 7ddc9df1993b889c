"""Subscriptions, and the bytes kept for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.language import Language
from scheduler.store.tables.columns import Instant, JsonValue, enum_text

__all__ = ["FeedToken", "KeptFeed"]


class FeedToken(SQLModel, table=True):
    """One subscription; only the hash of its secret is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    scope: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    position_id: int | None = Field(default=None, foreign_key="position.id")
    forum_id: int | None = Field(default=None, foreign_key="forum.id")
    label: str
    language: Language = Field(sa_type=enum_text(Language))
    options: dict[str, Any] = Field(
        default_factory=dict, sa_column=Column(JsonValue, nullable=False)
    )
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    fetched_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    fetched_by: str | None = None


class KeptFeed(SQLModel, table=True):
    """A feed's bytes, good until `valid_until` or the next change of `stamp`."""

    __table_args__ = (UniqueConstraint("token_id"),)

    id: int | None = Field(default=None, primary_key=True)
    token_id: int = Field(foreign_key="feedtoken.id")
    stamp: int
    valid_until: datetime = Field(sa_column=Column(Instant, nullable=False))
    etag: str
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
