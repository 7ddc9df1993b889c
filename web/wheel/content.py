"""What a wheel shows, with every text already in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["Break", "Deadline", "Mark", "MarkState", "Ring", "RingGroup", "WheelContent"]


class MarkState(StrEnum):
    """How a meeting's circle is drawn."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    RESERVED = "reserved"
    FREE = "free"


class RingGroup(StrEnum):
    """Which rings lie together, from the outermost group to the innermost."""

    TEAM = "team"
    COOPERATION = "cooperation"
    RESOURCE = "resource"
    STEERING = "steering"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A meeting: its day, and the sentence that says it without the drawing."""

    on: date
    state: MarkState
    words: str
    href: str
    is_next: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """One forum and its meetings."""

    key: str
    name: str
    group: RingGroup
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """What is due on a day: the day in few words, then what."""

    on: date
    day_words: str
    words: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Days without meetings, both included."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class WheelContent:
    """A period from `starts_on` to `ends_on`, both included, that begins a month."""

    starts_on: date
    ends_on: date
    today: date
    rings: tuple[Ring, ...]
    deadlines: tuple[Deadline, ...]
    breaks: tuple[Break, ...]
