"""A round of the proposed dates before they are published: who is asked, and what did not fit."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import DateRoundState
from scheduler.store.tables.columns import Instant, enum_text

__all__ = [
    "DateRound",
    "DateRoundAnswer",
    "DateRoundDate",
    "DateRoundLink",
    "DateRoundPerson",
]


class DateRound(SQLModel, table=True):
    """One round; `closes_on` is the last day on which it can be answered."""

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    year_plan_id: int = Field(foreign_key="yearplan.id", index=True)
    state: DateRoundState = Field(default=DateRoundState.OPEN, sa_type=enum_text(DateRoundState))
    opened_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    opened_by: int | None = Field(default=None, foreign_key="person.id")
    closes_on: date
    ended_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class DateRoundDate(SQLModel, table=True):
    """One date as it was asked about; its meeting is known by series and number, if it is left.

    `stands` says that the planner keeps the date although it does not fit somebody.
    """

    __table_args__ = (UniqueConstraint("round_id", "forum_id", "unit_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="dateround.id", index=True)
    forum_id: int = Field(foreign_key="forum.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    number: int
    held_on: date
    starts: time
    ends: time
    monthly_guests: bool = False
    stands: bool = False


class DateRoundPerson(SQLModel, table=True):
    """One person who was asked; when they answered is forgotten with the answers."""

    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="dateround.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    answered_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    reminded_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class DateRoundLink(SQLModel, table=True):
    """A mailed link to one person's answers; only its hash is kept."""

    token_hash: str = Field(primary_key=True)
    asked_id: int = Field(foreign_key="dateroundperson.id", index=True)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))


class DateRoundAnswer(SQLModel, table=True):
    """A date that does not fit a person: no reason, and nothing about those that fit."""

    __table_args__ = (UniqueConstraint("asked_id", "date_id"),)

    id: int | None = Field(default=None, primary_key=True)
    asked_id: int = Field(foreign_key="dateroundperson.id", index=True)
    date_id: int = Field(foreign_key="daterounddate.id", index=True)
