"""Fetches every calendar that has an address again; what is new waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from scheduler.documents.fetch import FetchError
from scheduler.store.database import Database
from scheduler.store.tables import ImportedCalendar
from scheduler.usecases.imported_calendars.calendars import take_in
from scheduler.usecases.imported_calendars.days import (
    CalendarDays,
    ReadDays,
    UnreadableCalendarError,
)

__all__ = ["refresh_calendars"]

_ZONE: Final = ZoneInfo("Europe/Oslo")


def refresh_calendars(
    database: Database, *, fetch: Callable[[str], bytes], read: ReadDays, now: datetime
) -> int:
    """Fetch the calendars again; return how many could be read.

    One that cannot be fetched or read keeps what was confirmed, and its fault is shown. Nothing
    is locked while the others' servers are waited for.
    """
    with database.read() as session:
        addresses = session.exec(
            select(col(ImportedCalendar.id), ImportedCalendar.address).where(
                col(ImportedCalendar.address).is_not(None)
            )
        ).all()
    done = 0
    for calendar_id, address in addresses:
        found = _found(address or "", fetch, read, now)
        with database.write() as session:
            row = session.get(ImportedCalendar, calendar_id)
            if row is None or row.address != address:
                continue
            if isinstance(found, str):
                row.fault = found
            else:
                take_in(row, found, now=now)
                done += 1
            session.add(row)
    return done


def _found(
    address: str, fetch: Callable[[str], bytes], read: ReadDays, now: datetime
) -> CalendarDays | str:
    try:
        return read(fetch(address), now.astimezone(_ZONE).date())
    except (FetchError, UnreadableCalendarError) as error:
        return str(error.fault)
