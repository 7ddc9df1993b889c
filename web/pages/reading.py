"""What every page of content starts with: the reader, the day, and words for its templates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from scheduler.usecases.access.access import Access
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.year.closed_days import HolidaysOf
from web.current import current_now, current_today
from web.login.required import the_access
from web.parts import current_parts

__all__ = ["Reader", "current_holidays_of", "read_as", "the_reader"]


@dataclass(frozen=True, slots=True)
class Reader:
    """The person who is logged in, as every query wants to know them, and the time."""

    access: Access
    now: datetime
    today: date

    @property
    def viewer(self) -> Viewer:
        """Return what every query of content is filtered by."""
        return self.access.viewer

    @property
    def person_id(self) -> int:
        """Return the person who is named in the log."""
        return self.access.person.id


def the_reader() -> Reader:
    """Return the reader of a page behind a gate."""
    return Reader(the_access(), current_now(), current_today())


@contextmanager
def read_as() -> Iterator[tuple[Session, Reader]]:
    """Open one reading transaction for the page."""
    reader = the_reader()
    with current_parts().database.read() as session:
        yield session, reader


def current_holidays_of() -> HolidaysOf:
    """Return what gives the public holidays of a year."""
    return current_parts().holidays_of
