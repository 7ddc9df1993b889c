"""A forum of a plan file, its seats and how its dates depend on others'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from scheduler.domain.cadence.kinds import Weekday
from scheduler.domain.enums import (
    AttendanceRule,
    ClosedDayRule,
    ClosedKind,
    ForumKind,
    ForumLevel,
    Function,
    LinkKind,
    MinutesRule,
    SetBy,
    UnitKind,
)
from scheduler.domain.planfile.entries import Rhythm

__all__ = ["ForumEntry", "LinkEntry", "SeatEntry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatEntry:
    """A position in a forum; with a unit it sits in that unit's series only."""

    line: int
    position: str
    unit: str | None
    function: Function
    attends: AttendanceRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumEntry:
    """A forum. What is None is not said, and settled by `Choices` or left open.

    `level` is what it counts as; `level_is_settled` is false where the plan mixes cases and
    systems, and then a person may decide otherwise later (privacy rule 3). `units` holds every
    series. `chosen` names keys that are the municipality's choice and not the plan's.
    """

    line: int
    slug: str
    name: str
    kind: ForumKind
    level: ForumLevel
    level_is_settled: bool
    level_words: str | None
    mandate: str | None
    rhythm: Rhythm | None
    chosen_rhythm: Rhythm | None
    adjustable: bool
    anchor_on: date | None
    weekday: Weekday | None
    starts: time | None
    duration_minutes: int | None
    place: str | None
    room_email: str | None
    minutes_rule: MinutesRule
    minutes_words: str | None
    notice_days: int | None
    minutes_days: int | None
    agenda: tuple[str, ...]
    closed: tuple[ClosedKind, ...] | None
    on_closed: ClosedDayRule
    per_unit: UnitKind | None
    units: tuple[str, ...]
    dates_set_by: SetBy
    elected: bool
    chosen: tuple[str, ...]
    seats: tuple[SeatEntry, ...]
    source_lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkEntry:
    """How the dates of `to_forum` depend on `from_forum`; without `days` the choice is used."""

    line: int
    kind: LinkKind
    from_forum: str
    to_forum: str
    days: int | None
    item: str
    words: str | None
    source_lines: str | None
