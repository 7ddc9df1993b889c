"""Fetches every calendar that has an address again; what is new waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
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
    today, done = now.astimezone(_ZONE).date(), 0
    for calendar_id, address in addresses:
        found = _found(address or "", fetch, read, today)
        with database.write() as session:
            row = session.get(ImportedCalendar, calendar_id, with_for_update=True)
            if row is None or row.address != address:
                continue
            if isinstance(found, str):
                row.fault = found
            else:
                take_in(row, found, today=today, now=now)
                done += 1
            session.add(row)
    return done


def _found(
    address: str, fetch: Callable[[str], bytes], read: ReadDays, today: date
) -> CalendarDays | str:
    try:
        return read(fetch(address), today)
    except (FetchError, UnreadableCalendarError) as error:
        return str(error.fault)
