"""What the planning wants to know of a calendar of others: its days, in the years ahead."""

from __future__ import annotations

from datetime import date
from typing import Final

from calendars.errors import CalendarReadError, ReadFault
from calendars.imported import ProblemCode, Window
from calendars.reading import read_calendar
from scheduler.usecases.imported_calendars.days import (
    CalendarDays,
    NamedDays,
    UnreadableCalendarError,
)

__all__ = ["read_days"]

_YEARS_BACK: Final = 1
_YEARS_AHEAD: Final = 3
# More than a day that is named for each day of the years: nothing that anybody looks through.
_MOST_DAYS: Final = 4_000


def read_days(content: bytes, today: date) -> CalendarDays:
    """Return the days that entries touch, in the year before this one and the three after it.

    Whole years, so that what goes on for ever looks the same from one day to the next. An entry
    that its owner marked as taking no time counts too: holidays are marked so.

    Raises:
        UnreadableCalendarError: the file is no calendar, is cut off, or goes beyond the limits.
    """
    window = Window(date(today.year - _YEARS_BACK, 1, 1), date(today.year + _YEARS_AHEAD, 12, 31))
    try:
        found = read_calendar(content, window=window)
    except CalendarReadError as error:
        raise UnreadableCalendarError(error.fault.value) from error
    days = {NamedDays(one.first_on, one.last_on, one.title) for one in found.entries}
    if len(days) > _MOST_DAYS:
        raise UnreadableCalendarError(ReadFault.TOO_MANY_EVENTS.value)
    return CalendarDays(
        days=tuple(sorted(days)),
        left_out=sum(one.code is not ProblemCode.NOT_UTF8 for one in found.problems),
    )
