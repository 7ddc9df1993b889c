"""Positions, and the people who hold them from one day to another."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import HolderKind
from scheduler.domain.language import Language
from scheduler.store.tables.columns import Instant, enum_text

__all__ = ["Holder", "Leave", "Person", "Position"]


class Position(SQLModel, table=True):
    """A stilling. Seats and duties belong to it, whoever holds it."""

    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    slug: str
    title: str
    old_title: str | None = None
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    held_by_several: bool = False
    external: bool = False
    source_lines: str | None = None
    retired_on: date | None = None


class Person(SQLModel, table=True):
    """One per installation, known by the lower-cased work e-mail.

    `mobile` is used for nothing but the text messages asked for at `texts_asked_at`.
    """

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(unique=True)
    name: str
    language: Language | None = Field(default=None, sa_type=enum_text(Language))
    mobile: str | None = None
    texts_asked_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    active: bool = True
    digest_weekday: int | None = None
    quiet_from: date | None = None
    quiet_until: date | None = None
    wants_invitations: bool = False
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class Holder(SQLModel, table=True):
    """A person in a position from one day to another, both included."""

    id: int | None = Field(default=None, primary_key=True)
    position_id: int = Field(foreign_key="position.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: HolderKind = Field(default=HolderKind.HOLDER, sa_type=enum_text(HolderKind))
    from_on: date
    until_on: date | None = None


class Leave(SQLModel, table=True):
    """A span in which a holder is away and the deputy stands in."""

    id: int | None = Field(default=None, primary_key=True)
    holder_id: int = Field(foreign_key="holder.id", index=True)
    starts_on: date
    ends_on: date
