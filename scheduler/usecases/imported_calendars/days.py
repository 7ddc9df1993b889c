"""The days that a calendar of others names, as the planning wants to know them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from scheduler.domain.errors import AarshjulError

__all__ = [
    "CalendarDays",
    "CalendarFault",
    "NamedDays",
    "ReadDays",
    "UnreadableCalendarError",
    "from_json",
    "to_json",
]


@dataclass(frozen=True, slots=True, order=True)
class NamedDays:
    """One or more days, both included, and what they are called."""

    starts_on: date
    ends_on: date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDays:
    """What a calendar holds in the years that are planned, and how many entries were unreadable."""

    days: tuple[NamedDays, ...]
    left_out: int


class CalendarFault(StrEnum):
    """Why a calendar has no days, where neither its address nor its file was found to be wrong."""

    UNEXPECTED = "unexpected"


class UnreadableCalendarError(AarshjulError):
    """The file is no calendar that can be used; `fault` names why."""

    def __init__(self, fault: str) -> None:
        """Keep why."""
        super().__init__(fault)
        self.fault = fault


ReadDays = Callable[[bytes, date], CalendarDays]
"""Reads a file as of a day; raises UnreadableCalendarError. The calendars package stands behind."""


def to_json(days: Iterable[NamedDays]) -> list[dict[str, Any]]:
    """Return the days as they are kept."""
    return [
        {
            "starts_on": one.starts_on.isoformat(),
            "ends_on": one.ends_on.isoformat(),
            "title": one.title,
        }
        for one in sorted(set(days))
    ]


def from_json(kept: Iterable[dict[str, Any]]) -> tuple[NamedDays, ...]:
    """Return the days that are kept."""
    return tuple(
        NamedDays(
            date.fromisoformat(one["starts_on"]), date.fromisoformat(one["ends_on"]), one["title"]
        )
        for one in kept
    )
