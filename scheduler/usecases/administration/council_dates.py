"""The council's meetings: listed, read from pasted text, looked at, added and removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from scheduler.domain.council import CouncilDay
from scheduler.store.rows import id_of
from scheduler.store.tables import CouncilDate, ImportedCalendar
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.administration.errors import NotHereError
from scheduler.usecases.closed_import.dates_in_text import DatesInText, dates_in, names_no_day
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.council_days import council_days
from scheduler.usecases.year.council_reports import (
    MovedReport,
    let_reports_follow,
    reports_that_would_move,
)

__all__ = [
    "BadLine",
    "CouncilLine",
    "LineFault",
    "add_council_dates",
    "council_lines",
    "days_in",
    "look_at_adding",
    "look_at_removing",
    "remove_council_date",
]


class LineFault(StrEnum):
    """Why a line of pasted dates cannot be taken."""

    NO_DATE = "no_date"
    NO_SUCH_DAY = "no_such_day"
    SEVERAL_DAYS = "several_days"
    WRONG_WEEKDAY = "wrong_weekday"


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that cannot be taken, by its number from 1."""

    number: int
    fault: LineFault


@dataclass(frozen=True, slots=True)
class CouncilLine:
    """A meeting as the administrator sees it; `calendar` names the one that brought it."""

    id: int
    held_on: date
    body: str
    calendar_id: int | None
    calendar: str | None


def council_lines(session: Session, acting: Acting) -> tuple[CouncilLine, ...]:
    """Return the meetings from the first of January on, by day."""
    rows = session.exec(
        select(CouncilDate, ImportedCalendar.name)
        .outerjoin(ImportedCalendar, col(ImportedCalendar.id) == col(CouncilDate.calendar_id))
        .where(
            CouncilDate.municipality_id == acting.municipality_id,
            col(CouncilDate.held_on) >= acting.today.replace(month=1, day=1),
        )
        .order_by(col(CouncilDate.held_on))
    )
    return tuple(_line(row, calendar) for row, calendar in rows)


def days_in(text: str, today: date) -> tuple[tuple[date, ...], tuple[BadLine, ...]]:
    """Return the dates of a pasted list, one a line and by day, and the lines that are no date.

    A date without a year is the next such day. What else stands on a line is let go.
    """
    days: set[date] = set()
    bad = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _next_in(line, today)
        if found is None:
            fault = LineFault.NO_SUCH_DAY if names_no_day(line) else LineFault.NO_DATE
            bad.append(BadLine(number, fault))
        elif found.starts_on != found.ends_on:
            bad.append(BadLine(number, LineFault.SEVERAL_DAYS))
        elif found.weekdays[0] not in (None, found.starts_on.isoweekday()):
            bad.append(BadLine(number, LineFault.WRONG_WEEKDAY))
        else:
            days.add(found.starts_on)
    return tuple(sorted(days)), tuple(bad)


def look_at_adding(
    session: Session,
    acting: Acting,
    days: Sequence[date],
    *,
    body: str,
    holidays_of: HolidaysOf,
) -> tuple[tuple[date, ...], tuple[MovedReport, ...]]:
    """Return which of the days are new, and the reports that would get another due day."""
    standing = council_days(session, acting.municipality_id)
    known = {one.held_on for one in standing}
    new = tuple(day for day in days if day not in known)
    then = sorted([*standing, *(CouncilDay(day, body) for day in new)])
    return new, _would_move(session, acting, then, holidays_of)


def add_council_dates(
    session: Session,
    acting: Acting,
    days: Sequence[date],
    *,
    body: str,
    holidays_of: HolidaysOf,
) -> tuple[MovedReport, ...]:
    """Add the days that are not there yet; return the reports that got another due day."""
    known = {one.held_on for one in council_days(session, acting.municipality_id)}
    for day in days:
        if day in known:
            continue
        row = CouncilDate(municipality_id=acting.municipality_id, held_on=day, body=body)
        session.add(row)
        session.flush()
        note(
            session, acting, "council.added", entity="council", entity_id=id_of(row),
            after=_values(row),
        )  # fmt: skip
    return _follow(session, acting, holidays_of)


def look_at_removing(
    session: Session, acting: Acting, date_id: int, *, holidays_of: HolidaysOf
) -> tuple[CouncilLine, tuple[MovedReport, ...]]:
    """Return a meeting, and the reports that would get another due day without it.

    Raises:
        NotHereError: the municipality has no such date, or a calendar keeps it.
    """
    row = _row(session, acting, date_id)
    then = [
        one for one in council_days(session, acting.municipality_id) if one.held_on != row.held_on
    ]
    return _line(row, None), _would_move(session, acting, then, holidays_of)


def remove_council_date(
    session: Session, acting: Acting, date_id: int, *, holidays_of: HolidaysOf
) -> tuple[MovedReport, ...]:
    """Remove a meeting; return the reports that got another due day.

    Raises:
        NotHereError: the municipality has no such date, or a calendar keeps it.
    """
    row = _row(session, acting, date_id)
    note(
        session, acting, "council.removed", entity="council", entity_id=date_id,
        before=_values(row),
    )  # fmt: skip
    session.delete(row)
    session.flush()
    return _follow(session, acting, holidays_of)


def _row(session: Session, acting: Acting, date_id: int) -> CouncilDate:
    row = session.get(CouncilDate, date_id)
    if row is None or row.municipality_id != acting.municipality_id or row.calendar_id is not None:
        raise NotHereError(date_id)
    return row


def _next_in(line: str, today: date) -> DatesInText | None:
    # A school year begins in August: the next such day lies in the one before, this or the next.
    found = [dates_in(line, today.year + years) for years in (-1, 0, 1)]
    coming = [one for one in found if one is not None and one.starts_on >= today]
    return coming[0] if coming else found[-1]


def _would_move(
    session: Session, acting: Acting, council: Sequence[CouncilDay], holidays_of: HolidaysOf
) -> tuple[MovedReport, ...]:
    return reports_that_would_move(
        session, acting.municipality_id, council, now=acting.now, holidays_of=holidays_of
    )


def _follow(session: Session, acting: Acting, holidays_of: HolidaysOf) -> tuple[MovedReport, ...]:
    return let_reports_follow(
        session,
        acting.municipality_id,
        now=acting.now,
        holidays_of=holidays_of,
        actor_id=acting.person_id,
    )


def _line(row: CouncilDate, calendar: str | None) -> CouncilLine:
    return CouncilLine(id_of(row), row.held_on, row.body, row.calendar_id, calendar)


def _values(row: CouncilDate) -> dict[str, str]:
    return {"held_on": row.held_on.isoformat(), "body": row.body}
