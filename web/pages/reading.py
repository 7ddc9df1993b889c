"""What every page of content starts with: the reader, the day, and words for its templates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from flask import abort
from sqlmodel import Session

from scheduler.domain.snapshots import ForumSnapshot
from scheduler.usecases.access.access import Access
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visibility import Selection, visible_forums
from scheduler.usecases.year.closed_days import HolidaysOf
from web.current import current_now, current_today
from web.login.required import the_access, the_municipality
from web.parts import current_parts

__all__ = [
    "Reader",
    "current_holidays_of",
    "read_as",
    "the_reader",
    "visible_forum",
    "visible_forum_in",
]


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


def visible_forum(slug: str) -> ForumSnapshot:
    """Return the address's forum; one that the reader may not know of is not found."""
    with read_as() as (session, reader):
        return visible_forum_in(session, reader, slug)


def visible_forum_in(session: Session, reader: Reader, slug: str) -> ForumSnapshot:
    """Return the same as `visible_forum`, within the page's own transaction."""
    selection = Selection(municipality_id=the_municipality().id)
    forums = visible_forums(session, reader.viewer, selection)
    found = next((one for one in forums if one.slug == slug), None)
    if found is None:
        abort(404)
    return found


def current_holidays_of() -> HolidaysOf:
    """Return what gives the public holidays of a year."""
    return current_parts().holidays_of
