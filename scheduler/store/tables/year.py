"""One planned year: its revision, proposals and meetings."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import MeetingState, YearPlanState
from scheduler.store.tables.columns import Instant, JsonValue, enum_text

__all__ = ["Attendance", "Meeting", "Proposal", "YearPlan"]


class YearPlan(SQLModel, table=True):
    """A period ("2027" or "2027/28") of one municipality; every change raises `revision`."""

    __table_args__ = (UniqueConstraint("municipality_id", "period"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    period: str
    starts_on: date
    ends_on: date
    state: YearPlanState = Field(default=YearPlanState.DRAFT, sa_type=enum_text(YearPlanState))
    revision: int = 0
    published_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class Proposal(SQLModel, table=True):
    """A proposed year with its reasons, made against one revision."""

    id: int | None = Field(default=None, primary_key=True)
    year_plan_id: int = Field(foreign_key="yearplan.id", index=True)
    base_revision: int
    made_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    applied_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    record: dict[str, Any] = Field(sa_column=Column(JsonValue, nullable=False))


class Meeting(SQLModel, table=True):
    """One dated meeting in civil time of the municipality's zone.

    `sequence` is RFC 5545's: raised on every change of time, place or state. A moved meeting was
    first on `moved_from` at `moved_from_starts` (None in rows moved before it was noted).
    `reworded_at` is when its calendar entry last came to say something else although the meeting
    did not change.
    """

    __table_args__ = (UniqueConstraint("year_plan_id", "forum_id", "unit_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    year_plan_id: int = Field(foreign_key="yearplan.id", index=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    number: int
    uid: str = Field(unique=True)
    held_on: date = Field(index=True)
    starts: time
    ends: time
    place: str | None = None
    state: MeetingState = Field(default=MeetingState.PROPOSED, sa_type=enum_text(MeetingState))
    sequence: int = 0
    reasons: list[dict[str, Any]] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False)
    )
    set_by_hand: bool = False
    moved_from: date | None = None
    moved_from_starts: time | None = None
    monthly_guests: bool = False
    changed_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    reworded_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    cancelled_at: datetime | None = Field(default=None, sa_column=Column(Instant))


class Attendance(SQLModel, table=True):
    """A position's answer to one meeting; `through` tells whether a page or a calendar gave it."""

    __table_args__ = (UniqueConstraint("meeting_id", "position_id", "person_id"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    position_id: int = Field(foreign_key="position.id")
    person_id: int = Field(foreign_key="person.id")
    answer: str
    answered_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    through: str | None = None
