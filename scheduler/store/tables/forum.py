"""A standing group that meets, its seats, and how its dates depend on others'."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from sqlalchemy import Column, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.domain.enums import (
    AttendanceRule,
    ClosedDayRule,
    ForumKind,
    ForumLevel,
    Function,
    LinkKind,
    MinutesRule,
    SetBy,
    UnitKind,
)
from scheduler.store.tables.columns import JsonValue, enum_text

__all__ = ["Forum", "ForumLink", "Seat"]


class Forum(SQLModel, table=True):
    """A forum; `chosen` names the fields that are the municipality's choice, not the plan's.

    `earlier_places` are the words that its place had before while its room was the same.
    """

    __table_args__ = (UniqueConstraint("municipality_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    slug: str
    name: str
    kind: ForumKind = Field(default=ForumKind.OTHER, sa_type=enum_text(ForumKind))
    level: ForumLevel = Field(sa_type=enum_text(ForumLevel))
    level_words: str | None = None
    mandate: str | None = None
    rhythm_words: str | None = None
    cadence: dict[str, Any] | None = Field(default=None, sa_column=Column(JsonValue))
    adjustable: bool = False
    anchor_on: date | None = None
    weekday: str | None = None
    starts: time | None = None
    duration_minutes: int
    place: str | None = None
    room_email: str | None = None
    minutes_rule: MinutesRule = Field(default=MinutesRule.ALWAYS, sa_type=enum_text(MinutesRule))
    minutes_words: str | None = None
    notice_days: int
    minutes_days: int
    agenda: list[str] = Field(default_factory=list, sa_column=Column(JsonValue, nullable=False))
    closed_kinds: list[str] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False)
    )
    on_closed: ClosedDayRule = Field(default=ClosedDayRule.SKIP, sa_type=enum_text(ClosedDayRule))
    per_unit: UnitKind | None = Field(default=None, sa_type=enum_text(UnitKind))
    units: list[str] = Field(default_factory=list, sa_column=Column(JsonValue, nullable=False))
    dates_set_by: SetBy = Field(default=SetBy.US, sa_type=enum_text(SetBy))
    elected: bool = False
    chosen: list[str] = Field(default_factory=list, sa_column=Column(JsonValue, nullable=False))
    source_lines: str | None = None
    retired_on: date | None = None
    earlier_places: list[str] = Field(
        default_factory=list, sa_column=Column(JsonValue, nullable=False, server_default="[]")
    )


class Seat(SQLModel, table=True):
    """A position in a forum, with what it does there."""

    __table_args__ = (UniqueConstraint("forum_id", "position_id", "function", "unit_id"),)

    id: int | None = Field(default=None, primary_key=True)
    forum_id: int = Field(foreign_key="forum.id", index=True)
    position_id: int = Field(foreign_key="position.id", index=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    function: Function = Field(default=Function.MEMBER, sa_type=enum_text(Function))
    attends: AttendanceRule = Field(
        default=AttendanceRule.EVERY_MEETING, sa_type=enum_text(AttendanceRule)
    )
    retired_on: date | None = None


class ForumLink(SQLModel, table=True):
    """`to_forum` depends on `from_forum`: comes after it, has its minutes, or is an item in it."""

    __table_args__ = (UniqueConstraint("from_forum_id", "to_forum_id", "kind", "item"),)

    id: int | None = Field(default=None, primary_key=True)
    municipality_id: int = Field(foreign_key="municipality.id", index=True)
    kind: LinkKind = Field(sa_type=enum_text(LinkKind))
    from_forum_id: int = Field(foreign_key="forum.id")
    to_forum_id: int = Field(foreign_key="forum.id")
    days: int | None = None
    days_chosen: bool = False
    item: str = ""
    words: str | None = None
    source_lines: str | None = None
