"""Adding a calendar to plan around, looking at what is new in it, confirming and removing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlmodel import Session, col, delete, select

from scheduler.domain.council import COUNCIL
from scheduler.domain.enums import ClosedKind
from scheduler.domain.errors import AarshjulError
from scheduler.store.rows import id_of
from scheduler.store.tables import ClosedPeriod, CouncilDate, ImportedCalendar
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.imported_calendars.days import CalendarDays, NamedDays, from_json, to_json
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.council_reports import MovedReport, let_reports_follow

__all__ = [
    "CalendarSnapshot",
    "UnknownCalendarError",
    "add_calendar",
    "calendars_of",
    "confirm_calendar",
    "find_calendar",
    "remove_calendar",
    "take_in",
]

_LONGEST_TITLE: Final = 80


class UnknownCalendarError(AarshjulError):
    """There is no such calendar in the municipality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSnapshot:
    """A calendar as its administrator sees it; `waiting` is None where nothing is new."""

    id: int
    name: str
    address: str | None
    closed_kind: ClosedKind | None
    applied: tuple[NamedDays, ...]
    waiting: tuple[NamedDays, ...] | None
    left_out: int
    fault: str | None
    fetched_at: datetime | None

    @property
    def added(self) -> tuple[NamedDays, ...]:
        """Return what a confirmation would add."""
        return tuple(one for one in self.waiting or () if one not in self.applied)

    @property
    def taken_away(self) -> tuple[NamedDays, ...]:
        """Return what a confirmation would take away."""
        waiting = self.waiting
        return () if waiting is None else tuple(one for one in self.applied if one not in waiting)


def add_calendar(
    session: Session,
    acting: Acting,
    *,
    name: str,
    address: str | None,
    closed_kind: ClosedKind | None,
    found: CalendarDays,
) -> int:
    """Add a calendar with what was found in it; nothing of it counts before it is confirmed."""
    row = ImportedCalendar(
        municipality_id=acting.municipality_id,
        name=name,
        address=address,
        closed_kind=closed_kind,
        created_at=acting.now,
    )
    session.add(row)
    session.flush()
    take_in(row, found, now=acting.now)
    session.add(row)
    note(session, acting, "calendar.added", entity="calendar", entity_id=id_of(row))
    return id_of(row)


def take_in(row: ImportedCalendar, found: CalendarDays, *, now: datetime) -> None:
    """Note what a calendar holds now; it waits for somebody where it is not what was confirmed."""
    days = to_json(found.days)
    row.waiting = None if row.confirmed_at is not None and days == row.applied else days
    row.left_out, row.fault, row.fetched_at = found.left_out, None, now


def calendars_of(session: Session, municipality_id: int) -> tuple[CalendarSnapshot, ...]:
    """Return the municipality's calendars by name."""
    rows = session.exec(
        select(ImportedCalendar)
        .where(ImportedCalendar.municipality_id == municipality_id)
        .order_by(col(ImportedCalendar.name), col(ImportedCalendar.id))
    )
    return tuple(_snapshot(row) for row in rows)


def find_calendar(session: Session, acting: Acting, calendar_id: int) -> CalendarSnapshot:
    """Return one calendar.

    Raises:
        UnknownCalendarError: it is not there, or another municipality's.
    """
    return _snapshot(_row(session, acting, calendar_id))


def confirm_calendar(
    session: Session, acting: Acting, calendar_id: int, *, holidays_of: HolidaysOf
) -> tuple[MovedReport, ...]:
    """Let what waits count: days that are new are planned around, those that are gone are not.

    Meetings that are planned already stand where they stand. Return the reports to the council that
    got another due day.

    Raises:
        UnknownCalendarError: it is not there, or another municipality's.
    """
    row = _row(session, acting, calendar_id)
    if row.waiting is None:
        return ()
    _take_away(session, row)
    days = from_json(row.waiting)
    if row.closed_kind is None:
        _add_council_dates(session, row, days)
    else:
        _add_closed_periods(session, row, row.closed_kind, days)
    row.applied, row.waiting, row.confirmed_at = row.waiting, None, acting.now
    session.add(row)
    note(
        session,
        acting,
        "calendar.confirmed",
        entity="calendar",
        entity_id=calendar_id,
        after={"days": len(days)},
    )
    return _let_reports_follow(session, acting, row, holidays_of)


def remove_calendar(
    session: Session, acting: Acting, calendar_id: int, *, holidays_of: HolidaysOf
) -> tuple[MovedReport, ...]:
    """Remove a calendar and the days that came with it; return the reports that it moved.

    Raises:
        UnknownCalendarError: it is not there, or another municipality's.
    """
    row = _row(session, acting, calendar_id)
    _take_away(session, row)
    session.delete(row)
    note(session, acting, "calendar.removed", entity="calendar", entity_id=calendar_id)
    return _let_reports_follow(session, acting, row, holidays_of)


def _row(session: Session, acting: Acting, calendar_id: int) -> ImportedCalendar:
    row = session.get(ImportedCalendar, calendar_id)
    if row is None or row.municipality_id != acting.municipality_id:
        raise UnknownCalendarError
    return row


def _take_away(session: Session, row: ImportedCalendar) -> None:
    connection = session.connection()
    connection.execute(
        delete(ClosedPeriod).where(
            col(ClosedPeriod.municipality_id) == row.municipality_id,
            col(ClosedPeriod.slug).like(f"{_slug(row)}-%"),
        )
    )
    if row.closed_kind is None:
        connection.execute(
            delete(CouncilDate).where(
                col(CouncilDate.municipality_id) == row.municipality_id,
                col(CouncilDate.calendar_id) == id_of(row),
            )
        )


def _add_closed_periods(
    session: Session, row: ImportedCalendar, kind: ClosedKind, days: tuple[NamedDays, ...]
) -> None:
    for number, one in enumerate(days, start=1):
        session.add(
            ClosedPeriod(
                municipality_id=row.municipality_id,
                slug=f"{_slug(row)}-{number}",
                name=one.title[:_LONGEST_TITLE],
                kind=kind,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
                confirmed=True,
                source=row.name,
            )
        )


def _add_council_dates(
    session: Session, row: ImportedCalendar, days: tuple[NamedDays, ...]
) -> None:
    known = set(
        session.exec(
            select(col(CouncilDate.held_on)).where(
                CouncilDate.municipality_id == row.municipality_id
            )
        )
    )
    for held_on in sorted({one.starts_on for one in days} - known):
        session.add(
            CouncilDate(
                municipality_id=row.municipality_id,
                held_on=held_on,
                body=COUNCIL,
                calendar_id=id_of(row),
            )
        )


def _let_reports_follow(
    session: Session, acting: Acting, row: ImportedCalendar, holidays_of: HolidaysOf
) -> tuple[MovedReport, ...]:
    if row.closed_kind is not None:
        return ()
    return let_reports_follow(
        session,
        acting.municipality_id,
        now=acting.now,
        holidays_of=holidays_of,
        actor_id=acting.person_id,
    )


def _slug(row: ImportedCalendar) -> str:
    return f"kalender-{id_of(row)}"


def _snapshot(row: ImportedCalendar) -> CalendarSnapshot:
    return CalendarSnapshot(
        id=id_of(row),
        name=row.name,
        address=row.address,
        closed_kind=row.closed_kind,
        applied=from_json(row.applied),
        waiting=None if row.waiting is None else from_json(row.waiting),
        left_out=row.left_out,
        fault=row.fault,
        fetched_at=row.fetched_at,
    )
