"""Something a position must do by a date."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.store.tables.columns import Instant, enum_text

__all__ = ["Duty"]


class Duty(SQLModel, table=True):
    """A dated duty. `position_id` is None where the plan names nobody; it is asked at first run.

    `key` names the duty within its municipality, so that publishing again finds it; `version` is
    raised on every change, so that a mail made for an older one is never sent. `named_person_id` is
    the one of a position's several holders who has this duty. `treated_on` and `treated_by` are the
    council's meeting that the due day is counted back from. `reworded_at` is when its calendar
    entry last came to say something else although the duty did not change.
    """

    __table_args__ = (UniqueConstraint("municipality_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    key: str
    uid: str = Field(unique=True)
    kind: DutyKind = Field(sa_type=enum_text(DutyKind))
    period: str
    forum_id: int | None = Field(default=None, foreign_key="forum.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    meeting_id: int | None = Field(default=None, foreign_key="meeting.id", index=True)
    service_id: int | None = Field(default=None, foreign_key="municipalservice.id")
    measure_id: int | None = Field(default=None, foreign_key="measure.id")
    recurring_duty_id: int | None = Field(default=None, foreign_key="recurringduty.id")
    position_id: int | None = Field(default=None, foreign_key="position.id", index=True)
    leader_position_id: int | None = Field(default=None, foreign_key="position.id")
    named_person_id: int | None = Field(default=None, foreign_key="person.id")
    due_on: date = Field(index=True)
    promised_on: date
    treated_on: date | None = None
    treated_by: str | None = None
    state: DutyState = Field(default=DutyState.OPEN, sa_type=enum_text(DutyState))
    postponed: bool = False
    done_at: datetime | None = Field(default=None, sa_column=Column(Instant))
    done_by_id: int | None = Field(default=None, foreign_key="person.id")
    done_through: str | None = None
    link: str | None = None
    version: int = 0
    sequence: int = 0
    changed_at: datetime = Field(sa_column=Column(Instant, nullable=False))
    reworded_at: datetime | None = Field(default=None, sa_column=Column(Instant))
