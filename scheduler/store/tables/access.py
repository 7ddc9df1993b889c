"""Who may come in, and as what."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import Role
from scheduler.store.tables.columns import Instant, enum_text

__all__ = ["ActionLink", "Grant", "LoginToken", "RateCount", "WebSession"]


class Grant(SQLModel, table=True):
    """A role in one municipality, given to a position; or, to a person, in the installation."""

    id: int | None = Field(default=None, primary_key=True)
    role: Role = Field(sa_type=enum_text(Role))
    position_id: int | None = Field(default=None, foreign_key="position.id", index=True)
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)


class LoginToken(SQLModel, table=True):
    """A one-time log-in link; only its hash is kept."""

    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    reusable: bool = False
    used_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class WebSession(SQLModel, table=True):
    """A log-in that lives in the database, so that it can be ended from there."""

    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    seen_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    revoked_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class ActionLink(SQLModel, table=True):
    """A link in a mail, good for one duty, one action and one position until it expires."""

    token_hash: str = Field(primary_key=True)
    duty_id: int = Field(foreign_key="duty.id", index=True)
    action: str
    position_id: int | None = Field(default=None, foreign_key="position.id")
    person_id: int | None = Field(default=None, foreign_key="person.id")
    created_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    expires_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class RateCount(SQLModel, table=True):
    """How often something was asked for in one window of time."""

    __table_args__ = (UniqueConstraint("key", "window_at"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str
    window_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    count: int = 0
