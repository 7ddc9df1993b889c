"""Fetches every calendar that has an address again; what is new waits for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from scheduler.store.database import Database
from scheduler.store.tables import ImportedCalendar
from scheduler.usecases.imported_calendars.calendars import take_in
from scheduler.usecases.imported_calendars.days import CalendarDays, CalendarFault, ReadDays
from scheduler.usecases.imported_calendars.looking import days_or_fault, log_fault

__all__ = ["refresh_calendars"]

_ZONE: Final = ZoneInfo("Europe/Oslo")


def refresh_calendars(
    database: Database, *, fetch: Callable[[str], bytes], read: ReadDays, now: datetime
) -> int:
    """Fetch the calendars again; return how many could be read.

    One that cannot be fetched or read keeps what was confirmed, and its fault is shown; the rest go
    on, whatever is wrong with it. Nothing is locked while the others' servers are waited for.
    """
    with database.read() as session:
        addresses = session.exec(
            select(col(ImportedCalendar.id), ImportedCalendar.address).where(
                col(ImportedCalendar.address).is_not(None)
            )
        ).all()
    fetching = _Fetching(database=database, fetch=fetch, read=read, now=now)
    return sum(fetching.refresh(each or 0, address or "") for each, address in addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetching:
    """One time round all the calendars."""

    database: Database
    fetch: Callable[[str], bytes]
    read: ReadDays
    now: datetime

    @property
    def today(self) -> date:
        """The day in the municipalities."""
        return self.now.astimezone(_ZONE).date()

    def refresh(self, calendar_id: int, address: str) -> bool:
        """Fetch one calendar again; return whether it could be read. Nothing is raised."""
        found = days_or_fault(
            lambda: self.fetch(address), self.read, today=self.today, calendar_id=calendar_id
        )
        # Where the days cannot be kept, that is kept instead.
        for kept in (found, CalendarFault.UNEXPECTED.value):
            try:
                return self._keep(calendar_id, address, kept)
            except Exception as error:
                log_fault(error, calendar_id=calendar_id)
        return False

    def _keep(self, calendar_id: int, address: str, found: CalendarDays | str) -> bool:
        with self.database.write() as session:
            row = session.get(ImportedCalendar, calendar_id, with_for_update=True)
            if row is None or row.address != address:
                return False
            if isinstance(found, str):
                row.fault = found
            else:
                take_in(row, found, today=self.today, now=self.now)
            session.add(row)
        return not isinstance(found, str)
