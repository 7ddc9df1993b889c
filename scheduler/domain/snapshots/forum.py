"""One forum and its seats as their reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from scheduler.domain.enums import (
    AttendanceRule,
    ForumKind,
    ForumLevel,
    Function,
    MinutesRule,
    SetBy,
    UnitKind,
)

__all__ = ["ForumSnapshot", "SeatSnapshot"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumSnapshot:
    """A forum; `chosen` names what is the municipality's own choice and not the plan's.

    `by_seat` tells whether the reader holds a seat in it. A reader without one sees a case-level
    forum only as the planner, and then without place, mandate and seats.
    """

    id: int
    municipality_id: int
    slug: str
    name: str
    kind: ForumKind
    level: ForumLevel
    mandate: str | None
    rhythm_words: str | None
    cadence: dict[str, Any] | None
    adjustable: bool
    weekday: str | None
    starts: time | None
    duration_minutes: int
    place: str | None
    minutes_rule: MinutesRule
    notice_days: int
    minutes_days: int
    agenda: tuple[str, ...]
    per_unit: UnitKind | None
    dates_set_by: SetBy
    elected: bool
    chosen: frozenset[str]
    by_seat: bool

    @property
    def on_demand(self) -> bool:
        """Tell whether its slots are held only if needed."""
        return bool((self.cadence or {}).get("on_demand"))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatSnapshot:
    """A seat with the position that has it and the people who hold that position today.

    `unit_name` is the unit the seat is for, or else the unit the position is at.
    """

    position_id: int
    position_slug: str
    position_title: str
    old_title: str | None
    unit_name: str | None
    function: Function
    attends: AttendanceRule
    holders: tuple[str, ...]
