"""Subscriptions to calendars, and the bytes that are kept for them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import FeedDetail, FeedScope
from scheduler.domain.feeds import FeedAlarm
from scheduler.domain.language import Language
from scheduler.store.tables.columns import Instant, enum_text

__all__ = ["FeedSource", "FeedStamp", "FeedToken", "KeptEntryBytes", "KeptFeed"]


class FeedToken(SQLModel, table=True):
    """One subscription; only the hash of its secret is kept.

    `view` names what it shows and how, so that subscriptions to the same thing share kept bytes.
    `options_changed_at` is when it last came to write its entries another way.
    """

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    view: str = Field(default="", index=True)
    municipality_id: int | None = Field(default=None, foreign_key="municipality.id", index=True)
    owner_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    scope: FeedScope = Field(sa_type=enum_text(FeedScope))
    person_id: int | None = Field(default=None, foreign_key="person.id")
    position_id: int | None = Field(default=None, foreign_key="position.id")
    forum_id: int | None = Field(default=None, foreign_key="forum.id")
    with_duties: bool = True
    with_cancelled: bool = True
    detail: FeedDetail = Field(default=FeedDetail.FULL, sa_type=enum_text(FeedDetail))
    alarm: FeedAlarm = Field(default=FeedAlarm.NONE, sa_type=enum_text(FeedAlarm))
    label: str
    language: Language = Field(sa_type=enum_text(Language))
    options_changed_at: datetime | None = Field(
        default=None, sa_column=Column(Instant, nullable=True)
    )
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    fetched_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    fetched_by: str | None = None


class KeptFeed(SQLModel, table=True):
    """The bytes of one view, good while nothing they were made of has changed.

    They are made of rows whose stamps then added up to `stamps`, by the program `program`, and
    hold from one local midnight until another, in seconds since 1970. `etag` is None where the
    feed is gone for good.
    """

    view: str = Field(primary_key=True)
    program: str
    stamps: int = Field(sa_column=Column(BigInteger, nullable=False))
    etag: str | None = None
    body: bytes = b""
    valid_from: int = Field(sa_column=Column(BigInteger, nullable=False))
    valid_until: int = Field(sa_column=Column(BigInteger, nullable=False))


class FeedSource(SQLModel, table=True):
    """One of the sources that a kept feed is made of."""

    view: str = Field(primary_key=True)
    source: str = Field(primary_key=True)


class FeedStamp(SQLModel, table=True):
    """How often anything of one source has changed; raised by the database's own triggers."""

    source: str = Field(primary_key=True)
    stamp: int = Field(sa_column=Column(BigInteger, nullable=False))


class KeptEntryBytes(SQLModel, table=True):
    """The bytes of one entry in one form, good while `digest` is that of its values."""

    uid: str = Field(primary_key=True)
    form: str = Field(primary_key=True)
    digest: str
    content: bytes
