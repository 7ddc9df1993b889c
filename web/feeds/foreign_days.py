"""What the planning wants to know of a calendar of others: its days, in the years ahead."""

from __future__ import annotations

from datetime import date, timedelta

from calendars.errors import CalendarReadError
from calendars.imported import ProblemCode, Window
from calendars.reading import read_calendar
from scheduler.usecases.imported_calendars.days import (
    CalendarDays,
    NamedDays,
    UnreadableCalendarError,
)

__all__ = ["read_days"]

_BACK = timedelta(days=366)
_AHEAD = timedelta(days=3 * 366)


def read_days(content: bytes, today: date) -> CalendarDays:
    """Return the days that entries touch, from a year back to three years ahead.

    An entry that its owner marked as taking no time counts too: holidays are marked so.

    Raises:
        UnreadableCalendarError: the file is no calendar, is cut off, or goes beyond the limits.
    """
    window = Window(today - _BACK, today + _AHEAD)
    try:
        found = read_calendar(content, window=window)
    except CalendarReadError as error:
        raise UnreadableCalendarError(error.fault.value) from error
    return CalendarDays(
        days=tuple(
            sorted({NamedDays(one.first_on, one.last_on, one.title) for one in found.entries})
        ),
        left_out=sum(one.code is not ProblemCode.NOT_UTF8 for one in found.problems),
    )
