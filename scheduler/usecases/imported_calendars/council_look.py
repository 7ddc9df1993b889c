"""What a calendar of the council's meetings would change, before it is confirmed."""

from __future__ import annotations

from sqlmodel import Session, col, or_, select

from scheduler.domain.council import COUNCIL, CouncilDay
from scheduler.store.tables import CouncilDate
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.imported_calendars.calendar_snapshot import CalendarSnapshot
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.council_reports import MovedReport, reports_that_would_move

__all__ = ["look_at_confirming"]


def look_at_confirming(
    session: Session, acting: Acting, calendar: CalendarSnapshot, *, holidays_of: HolidaysOf
) -> tuple[MovedReport, ...]:
    """Return the reports that would get another due day if what waits in the calendar counted.

    There are none for a calendar of other days, or one in which nothing waits.
    """
    if calendar.closed_kind is not None or not calendar.waits:
        return ()
    rows = session.exec(
        select(CouncilDate).where(
            CouncilDate.municipality_id == acting.municipality_id,
            or_(
                col(CouncilDate.calendar_id).is_(None), col(CouncilDate.calendar_id) != calendar.id
            ),
        )
    )
    others = [CouncilDay(row.held_on, row.body) for row in rows]
    known = {one.held_on for one in others}
    new = sorted({one.starts_on for one in calendar.confirmed} - known)
    then = sorted([*others, *(CouncilDay(day, COUNCIL) for day in new)])
    return reports_that_would_move(
        session, acting.municipality_id, then, now=acting.now, holidays_of=holidays_of
    )
