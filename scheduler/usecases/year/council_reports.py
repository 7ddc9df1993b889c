"""The reports of published years follow the council's meetings, or are told what would move."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.council import CouncilDay
from scheduler.domain.enums import DutyKind, DutyState, YearPlanState
from scheduler.domain.periods import read_period
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Municipality, RecurringDuty, YearPlan
from scheduler.usecases.reminders.schedule import schedule_duty_reminders
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.council_days import council_days
from scheduler.usecases.year.recurring import rounds_of_year
from scheduler.usecases.year.working_days import working_days

__all__ = ["MovedReport", "let_reports_follow", "reports_that_would_move"]


@dataclass(frozen=True, slots=True)
class MovedReport:
    """A report with its due day before and after, and the meeting that treats it then."""

    duty_id: int
    name: str
    before: date
    after: date
    treated: CouncilDay | None


def let_reports_follow(
    session: Session,
    municipality_id: int,
    *,
    now: datetime,
    holidays_of: HolidaysOf,
    actor_id: int | None,
) -> tuple[MovedReport, ...]:
    """Date the open reports of published years anew, with their reminders and a note in the log.

    To be called in the transaction that changes the council's dates, after it was flushed. What is
    done stays; a report that was postponed gets the new day, which nobody has postponed yet.
    """
    found = tuple(
        _moves(session, municipality_id, council_days(session, municipality_id), now, holidays_of)
    )
    for duty, one in found:
        _redate(duty, one, now)
        session.add(duty)
        session.add(
            AuditEvent(
                at=now,
                municipality_id=municipality_id,
                person_id=actor_id,
                action="duty.redated",
                entity="duty",
                entity_id=one.duty_id,
                before={"due_on": one.before.isoformat()},
                after={
                    "due_on": one.after.isoformat(),
                    "treated_on": one.treated.held_on.isoformat() if one.treated else None,
                },
            )
        )
    session.flush()
    moved = tuple(one for _duty, one in found)
    schedule_duty_reminders(
        session, [one.duty_id for one in moved], now=now, holidays_of=holidays_of
    )
    return moved


def reports_that_would_move(
    session: Session,
    municipality_id: int,
    council: Sequence[CouncilDay],
    *,
    now: datetime,
    holidays_of: HolidaysOf,
) -> tuple[MovedReport, ...]:
    """Return what `let_reports_follow` would move if these were the council's meetings."""
    found = _moves(session, municipality_id, council, now, holidays_of)
    return tuple(one for _duty, one in found if one.before != one.after)


def _moves(
    session: Session,
    municipality_id: int,
    council: Sequence[CouncilDay],
    now: datetime,
    holidays_of: HolidaysOf,
) -> Iterator[tuple[Duty, MovedReport]]:
    municipality = session.get_one(Municipality, municipality_id)
    reports = {
        duty.key: (duty, name)
        for duty, name in session.exec(
            select(Duty, RecurringDuty.name)
            .join(RecurringDuty, col(RecurringDuty.id) == col(Duty.recurring_duty_id))
            .where(
                Duty.municipality_id == municipality_id,
                Duty.kind == DutyKind.COUNCIL_REPORT,
                Duty.state == DutyState.OPEN,
            )
        )
    }
    years = session.exec(
        select(YearPlan.period)
        .where(
            YearPlan.municipality_id == municipality_id,
            YearPlan.state == YearPlanState.PUBLISHED,
            col(YearPlan.ends_on) >= today_of(now),
        )
        .order_by(YearPlan.period)
    ).all()
    for label in years if reports else ():
        period = read_period(label)
        days = working_days(session, municipality_id, period.years, holidays_of)
        for one in rounds_of_year(session, municipality, period, days=days, council=council):
            if one.key not in reports:
                continue
            duty, name = reports[one.key]
            treated = (one.treated.held_on, one.treated.body) if one.treated else (None, None)
            if (one.due_on, treated) != (duty.promised_on, (duty.treated_on, duty.treated_by)):
                yield duty, MovedReport(id_of(duty), name, duty.due_on, one.due_on, one.treated)


def _redate(duty: Duty, moved: MovedReport, now: datetime) -> None:
    if duty.promised_on != moved.after:
        duty.due_on = duty.promised_on = moved.after
        duty.postponed = False
    duty.treated_on = moved.treated.held_on if moved.treated else None
    duty.treated_by = moved.treated.body if moved.treated else None
    duty.version += 1
    duty.sequence += 1
    duty.changed_at = now
