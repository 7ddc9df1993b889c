"""Adding a calendar to plan around, looking at what is new in it, confirming and removing it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, delete, insert, select

from scheduler.domain.council import COUNCIL
from scheduler.domain.enums import ClosedKind
from scheduler.domain.errors import AarshjulError
from scheduler.store.rows import id_of
from scheduler.store.tables import ClosedPeriod, CouncilDate, ImportedCalendar
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.imported_calendars.calendar_snapshot import (
    CalendarSnapshot,
    days_that_count,
    differs,
    snapshot_of,
)
from scheduler.usecases.imported_calendars.days import CalendarDays, NamedDays, from_json, to_json
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.council_reports import MovedReport, let_reports_follow

__all__ = [
    "OtherDaysError",
    "UnknownCalendarError",
    "add_calendar",
    "calendars_of",
    "confirm_calendar",
    "find_calendar",
    "remove_calendar",
    "take_in",
]


class UnknownCalendarError(AarshjulError):
    """There is no such calendar in the municipality."""


class OtherDaysError(AarshjulError):
    """What waits is no longer what was shown to the one who confirms it."""


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
    take_in(row, found, today=acting.today, now=acting.now)
    session.add(row)
    note(session, acting, "calendar.added", entity="calendar", entity_id=id_of(row))
    return id_of(row)


def take_in(row: ImportedCalendar, found: CalendarDays, *, today: date, now: datetime) -> None:
    """Note what a calendar holds now; it waits for somebody where it is not what was confirmed.

    What was confirmed stands for days that are over, and days of a year that is not read yet are
    not missed: so a rule without an end waits when another year comes into view, and not before.
    """
    days = days_that_count(found.days, row.closed_kind)
    applied = days_that_count(from_json(row.applied), row.closed_kind)
    is_first = row.confirmed_at is None
    row.waiting = to_json(days) if is_first or differs(days, applied, today=today) else None
    row.left_out, row.fault, row.fetched_at = found.left_out, None, now


def calendars_of(
    session: Session, municipality_id: int, *, today: date
) -> tuple[CalendarSnapshot, ...]:
    """Return the municipality's calendars by name, as they are on a day."""
    rows = session.exec(
        select(ImportedCalendar)
        .where(ImportedCalendar.municipality_id == municipality_id)
        .order_by(col(ImportedCalendar.name), col(ImportedCalendar.id))
    )
    return tuple(snapshot_of(row, today=today) for row in rows)


def find_calendar(session: Session, acting: Acting, calendar_id: int) -> CalendarSnapshot:
    """Return one calendar.

    Raises:
        UnknownCalendarError: it is not there, or another municipality's.
    """
    row = session.get(ImportedCalendar, calendar_id)
    return snapshot_of(_own(row, acting), today=acting.today)


def confirm_calendar(
    session: Session, acting: Acting, calendar_id: int, *, shown: str, holidays_of: HolidaysOf
) -> tuple[MovedReport, ...]:
    """Let what was shown count: days that are new are planned around, those that are gone are not.

    `shown` is the mark of the calendar as its confirmer saw it. Meetings that are planned already
    stand where they stand. Return the reports to the council that got another due day.

    Raises:
        OtherDaysError: something else waits by now, or nothing does.
        UnknownCalendarError: it is not there, or another municipality's.
    """
    row = _locked(session, acting, calendar_id)
    found = snapshot_of(row, today=acting.today)
    if not found.waits or found.mark != shown:
        raise OtherDaysError
    days = found.confirmed
    _take_away(session, row)
    if row.closed_kind is None:
        _add_council_dates(session, row, days)
    else:
        _add_closed_periods(session, row, row.closed_kind, days)
    row.applied, row.waiting, row.confirmed_at = to_json(days), None, acting.now
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
    row = _locked(session, acting, calendar_id)
    _take_away(session, row)
    session.delete(row)
    note(session, acting, "calendar.removed", entity="calendar", entity_id=calendar_id)
    return _let_reports_follow(session, acting, row, holidays_of)


def _locked(session: Session, acting: Acting, calendar_id: int) -> ImportedCalendar:
    """Return the calendar, which neither the worker nor another person changes meanwhile."""
    row = session.get(ImportedCalendar, calendar_id, populate_existing=True, with_for_update=True)
    return _own(row, acting)


def _own(row: ImportedCalendar | None, acting: Acting) -> ImportedCalendar:
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
    periods = [
        {
            "municipality_id": row.municipality_id,
            "slug": f"{_slug(row)}-{number}",
            "name": one.title,
            "kind": kind,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "confirmed": True,
            "source": row.name,
        }
        for number, one in enumerate(days, start=1)
    ]
    _insert(session, ClosedPeriod, periods)


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
    dates = [
        {
            "municipality_id": row.municipality_id,
            "held_on": held_on,
            "body": COUNCIL,
            "calendar_id": id_of(row),
        }
        for held_on in sorted({one.starts_on for one in days} - known)
    ]
    _insert(session, CouncilDate, dates)


def _insert(
    session: Session, table: type[ClosedPeriod | CouncilDate], rows: list[dict[str, Any]]
) -> None:
    """Add many rows without an object for each."""
    if rows:
        session.connection().execute(insert(table), rows)


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
