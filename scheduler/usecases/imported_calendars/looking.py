"""Looks into one calendar of others: its days, or why there are none, whatever goes wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date
from traceback import format_tb

from scheduler.documents.fetch import FetchError
from scheduler.usecases.imported_calendars.days import (
    CalendarDays,
    CalendarFault,
    ReadDays,
    UnreadableCalendarError,
)

__all__ = ["days_or_fault", "log_fault"]

_LOG = logging.getLogger("aarshjul.calendars")


def days_or_fault(
    get: Callable[[], bytes], read: ReadDays, *, today: date, calendar_id: int | None = None
) -> CalendarDays | str:
    """Return the days of what `get` gives, or the fault that a person is told.

    What others write may be broken in a way that nobody thought of. That is logged, and is the
    fault of this one calendar (None: one that is not added yet), never of those that follow.
    """
    try:
        return read(get(), today)
    except (FetchError, UnreadableCalendarError) as error:
        return str(error.fault)
    except Exception as error:
        log_fault(error, calendar_id=calendar_id)
        return CalendarFault.UNEXPECTED.value


def log_fault(error: Exception, *, calendar_id: int | None) -> None:
    """Log what failed and where in the program, without what stood in the calendar."""
    place = "".join(format_tb(error.__traceback__))
    _LOG.error("calendar %s failed: %s\n%s", calendar_id, type(error).__name__, place)
