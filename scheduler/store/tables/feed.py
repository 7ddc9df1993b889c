"""Subscriptions to calendars."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import FeedDetail, FeedScope
from scheduler.domain.language import Language
from scheduler.store.tables.columns import Instant, enum_text

__all__ = ["FeedToken"]


class FeedToken(SQLModel, table=True):
    """One subscription; only the hash of its secret is kept."""

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    scope: FeedScope = Field(sa_type=enum_text(FeedScope))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    position_id: int | None = Field(default=None, foreign_key="position.id")
    forum_id: int | None = Field(default=None, foreign_key="forum.id")
    with_duties: bool = True
    detail: FeedDetail = Field(default=FeedDetail.FULL, sa_type=enum_text(FeedDetail))
    label: str
    language: Language = Field(sa_type=enum_text(Language))
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    fetched_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    fetched_by: str | None = None
