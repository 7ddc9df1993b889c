"""Which cases a forum treats before they are delivered to the council, read from the database."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind
from scheduler.domain.periods import Period
from scheduler.domain.planfile import Choices
from scheduler.planning.inputs import DeadlineInput
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Municipality, RecurringDuty
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.council_days import council_days
from scheduler.usecases.year.recurring import rounds_of_year
from scheduler.usecases.year.working_days import working_days

__all__ = ["deadlines_of_year"]


def deadlines_of_year(
    session: Session,
    municipality: Municipality,
    period: Period,
    forums: Iterable[Forum],
    *,
    holidays_of: HolidaysOf,
) -> tuple[DeadlineInput, ...]:
    """Return the deadlines of reports that one of the forums treats before the council does.

    Only of those that a meeting of the council is known for: a day nobody counted back from the
    council's dates binds no meeting.
    """
    slugs = {id_of(forum): forum.slug for forum in forums}
    treated = session.exec(
        select(RecurringDuty.id).where(
            RecurringDuty.municipality_id == id_of(municipality),
            RecurringDuty.kind == DutyKind.COUNCIL_REPORT,
            col(RecurringDuty.forum_id).in_(slugs),
        )
    ).all()
    council = council_days(session, id_of(municipality)) if treated else ()
    if not council:
        return ()
    days = working_days(session, id_of(municipality), period.years, holidays_of)
    within = municipality.choices.get("treated_within_days", Choices().treated_within_days)
    found = {
        DeadlineInput(slugs[one.forum_id], None, one.due_on, within, one.treated.body)
        for one in rounds_of_year(session, municipality, period, days=days, council=council)
        if one.kind is DutyKind.COUNCIL_REPORT and one.treated and one.forum_id in slugs
    }
    return tuple(sorted(found, key=lambda one: (one.due_on, one.forum, one.words)))
