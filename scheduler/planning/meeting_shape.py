"""What a meeting of a forum takes: when it may start, how long it lasts, who and which room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from scheduler.domain.enums import AttendanceRule
from scheduler.planning.inputs import ForumInput, YearInput

__all__ = [
    "clock",
    "forum_resources",
    "guest_resources",
    "length_of",
    "resources_of",
    "starts_of",
]

_STEP = 30


def starts_of(year: YearInput, forum: ForumInput) -> tuple[tuple[int, int], ...]:
    """Return the clock times a forum may start at with their cost, cheapest first.

    A time that was chosen, or that stands in the plan's words, is the only one.
    """
    given = forum.starts or _words_start(forum)
    if given is not None:
        return ((clock(given), 0),)
    length = length_of(forum)
    first, last = (clock(at) for at in year.core_time)
    preferred = min(max(first, clock(year.preferred_start)), max(first, last - length))
    starts = range(first, max(first, last - length) + 1, _STEP)
    costed = (
        (start, year.weights.half_hour * (abs(start - preferred) // _STEP)) for start in starts
    )
    return tuple(sorted(costed, key=lambda pair: (pair[1], pair[0])))


def _words_start(forum: ForumInput) -> time | None:
    if forum.cadence.time_ranges:
        return forum.cadence.time_ranges[0][0]
    return forum.cadence.time_start


def length_of(forum: ForumInput) -> int:
    """Return how long a meeting lasts, in sixtieths of an hour."""
    # The words' own span of time holds only when no other start was chosen for the forum.
    if forum.starts is None and forum.cadence.time_ranges:
        start, end = forum.cadence.time_ranges[0]
        if end > start:
            return clock(end) - clock(start)
    return int(forum.duration.total_seconds()) // 60


def forum_resources(forum: ForumInput) -> tuple[str, ...]:
    """Return the keys of the people and the room that every meeting of a forum takes."""
    units = (seat.busy_unit for seat in forum.seats if seat.attends is AttendanceRule.EVERY_MEETING)
    return resources_of(units, forum.place, forum.unit)


def guest_resources(forum: ForumInput) -> tuple[str, ...]:
    """Return the keys of the people who attend once a month."""
    units = (seat.busy_unit for seat in forum.seats if seat.attends is AttendanceRule.ONCE_A_MONTH)
    return resources_of(units, None, None)


def resources_of(units: Iterable[str], place: str | None, unit: str | None) -> tuple[str, ...]:
    """Return the keys of what a meeting takes: its people and its room."""
    # "Skolen" is another room at each unit, so the unit is part of the place.
    rooms = [f"p:{place.casefold()}@{unit or ''}"] if place else []
    return tuple(sorted({f"u:{name}" for name in units}) + rooms)


def clock(at: time) -> int:
    """Return a time of day as sixtieths of an hour past midnight."""
    return at.hour * 60 + at.minute
