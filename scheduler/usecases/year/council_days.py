"""The meetings of elected bodies that reports are counted back from, as they are stored."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.council import CouncilDay, meetings_of_body
from scheduler.domain.enums import DutyKind
from scheduler.domain.periods import period_of, read_period
from scheduler.store.tables import CouncilDate, Municipality, RecurringDuty, YearPlan

__all__ = ["council_days", "years_without_council"]


def council_days(session: Session, municipality_id: int) -> tuple[CouncilDay, ...]:
    """Return every meeting of the municipality's elected bodies that is known, by day."""
    rows = session.exec(
        select(CouncilDate)
        .where(CouncilDate.municipality_id == municipality_id)
        .order_by(col(CouncilDate.held_on))
    )
    return tuple(CouncilDay(row.held_on, row.body) for row in rows)


def years_without_council(
    session: Session, municipality_id: int, *, today: date
) -> tuple[str, ...]:
    """Return the labels of the years with a report that no meeting is known for.

    Asked for are the years that have been planned and are not over; this one where there are none.
    """
    bodies = session.exec(
        select(RecurringDuty.reports_to).where(
            RecurringDuty.municipality_id == municipality_id,
            RecurringDuty.kind == DutyKind.COUNCIL_REPORT,
            col(RecurringDuty.retired_on).is_(None),
            col(RecurringDuty.switched_off_because).is_(None),
        )
    ).all()
    if not bodies:
        return ()
    council = council_days(session, municipality_id)
    known = [{day.held_on for day in meetings_of_body(council, body)} for body in set(bodies)]
    labels = session.exec(
        select(YearPlan.period)
        .where(YearPlan.municipality_id == municipality_id, col(YearPlan.ends_on) >= today)
        .order_by(YearPlan.period)
    ).all()
    if not labels:
        municipality = session.get_one(Municipality, municipality_id)
        labels = [period_of(today, municipality.period_kind).label]
    periods = [read_period(label) for label in labels]
    return tuple(
        period.label
        for period in periods
        if any(not any(period.starts_on <= day <= period.ends_on for day in days) for days in known)
    )
