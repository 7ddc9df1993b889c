"""A report to the council follows the council's dates, with its reminders, until it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.domain.periods import read_period
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, CouncilDate, Duty, Outbox, RecurringDuty
from scheduler.usecases.open_questions import QuestionKind, open_questions
from scheduler.usecases.reminders import duty_done, postpone_duty, schedule_duty_reminders
from scheduler.usecases.year.council_reports import MovedReport, let_reports_follow
from scheduler.usecases.year.duties_of_year import write_duties
from scheduler.usecases.year.working_days import working_days
from tests.factories.office import PUBLISHED_AT, Office
from tests.factories.rows import add

YEARLY = {"kind": "recurrence", "unit": "year", "interval": 1, "count_min": 1, "count_max": 1}
LATER = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
NAME = "Tilstandsrapport om barneverntjenesten"


def publish(session: Session, office: Office) -> list[Duty]:
    """Write the duties of 2027 as publishing does."""
    days = working_days(session, id_of(office.municipality), (2027,), public_holidays)
    duties = write_duties(
        session, office.municipality, read_period("2027"), days=days, now=PUBLISHED_AT
    )
    schedule_duty_reminders(
        session, [id_of(one) for one in duties], now=PUBLISHED_AT, holidays_of=public_holidays
    )
    return duties


def with_report(session: Session, **fields: Any) -> Office:
    office = Office(session)
    add(
        session,
        RecurringDuty(
            **{
                "municipality_id": office.municipality.id,
                "slug": "tilstandsrapport",
                "name": NAME,
                "kind": DutyKind.COUNCIL_REPORT,
                "cadence": YEARLY,
                "reports_to": "Kommunestyret",
                "position_id": office.leader.id,
                **fields,
            }
        ),
    )
    return office


def meets(session: Session, office: Office, *days: date, body: str = "kommunestyret") -> None:
    for day in days:
        place = office.municipality.id
        add(session, CouncilDate(municipality_id=place, held_on=day, body=body))


def follow(session: Session, office: Office) -> tuple[MovedReport, ...]:
    return let_reports_follow(
        session,
        id_of(office.municipality),
        now=LATER,
        holidays_of=public_holidays,
        actor_id=None,
    )


def the_report(session: Session) -> Duty:
    return session.exec(
        select(Duty)
        .where(Duty.kind == DutyKind.COUNCIL_REPORT)
        .execution_options(populate_existing=True)
    ).one()


def waiting(session: Session) -> list[tuple[str, date]]:
    rows = session.exec(
        select(Outbox)
        .where(Outbox.kind == DutyKind.COUNCIL_REPORT, Outbox.state == "scheduled")
        .order_by(col(Outbox.due_at))
        .execution_options(populate_existing=True)
    )
    return [(row.step, row.due_at.date()) for row in rows if not row.step.startswith("week")][:4]


def test_a_year_that_is_published_counts_its_report_back_from_the_council(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = with_report(session)
        meets(session, office, date(2027, 6, 17), date(2027, 12, 17))
        publish(session, office)
        report = the_report(session)
        again = publish(session, office)
    assert (report.due_on, report.treated_on, report.treated_by) == (
        date(2027, 11, 19),
        date(2027, 12, 17),
        "kommunestyret",
    )
    assert again == []


def test_another_bodys_meetings_leave_the_report_on_the_yearly_day(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = with_report(session)
        meets(session, office, date(2027, 12, 2), body="formannskapet")
        publish(session, office)
        asked = [
            one.name
            for one in open_questions(
                session, id_of(office.municipality), today=PUBLISHED_AT.date()
            )
            if one.kind is QuestionKind.COUNCIL
        ]
        report = the_report(session)
    assert (report.due_on, report.treated_on, asked) == (date(2027, 11, 1), None, ["2027"])


def test_new_dates_move_the_open_report_and_all_its_reminders(database: Database) -> None:
    with database.write() as session:
        office = with_report(session)
        publish(session, office)
        before = waiting(session)
        uid = the_report(session).uid
        meets(session, office, date(2027, 12, 17))
        moved = follow(session, office)
        report, after = the_report(session), waiting(session)
        twice = follow(session, office)
        logged = session.exec(
            select(AuditEvent.before, AuditEvent.after).where(AuditEvent.action == "duty.redated")
        ).all()
        left = [
            one.kind
            for one in open_questions(session, id_of(office.municipality), today=LATER.date())
        ]
    assert [one.before for one in moved] == [date(2027, 11, 1)]
    assert (report.due_on, report.promised_on, report.uid) == (
        date(2027, 11, 19),
        date(2027, 11, 19),
        uid,
    )
    assert before == [
        ("before_56", date(2027, 9, 6)),
        ("before_28", date(2027, 10, 4)),
        ("before_7", date(2027, 10, 25)),
        ("due", date(2027, 11, 1)),
    ]
    assert after == [
        ("before_56", date(2027, 9, 24)),
        ("before_28", date(2027, 10, 22)),
        ("before_7", date(2027, 11, 12)),
        ("due", date(2027, 11, 19)),
    ]
    assert twice == ()
    assert logged == [
        ({"due_on": "2027-11-01"}, {"due_on": "2027-11-19", "treated_on": "2027-12-17"})
    ]
    assert QuestionKind.COUNCIL not in left


@pytest.mark.parametrize("is_done", [True, False])
def test_what_is_done_stays_and_what_was_postponed_gets_the_new_day(
    sqlite_database: Database, is_done: bool
) -> None:
    with sqlite_database.write() as session:
        office = with_report(session)
        meets(session, office, date(2027, 12, 17))
        publish(session, office)
        report_id = id_of(the_report(session))
        if is_done:
            duty_done(session, report_id, by=None, now=LATER)
        else:
            postpone_duty(
                session,
                report_id,
                date(2027, 11, 25),
                by=None,
                now=LATER,
                holidays_of=public_holidays,
            )
        unmoved = follow(session, office)
        session.delete(session.exec(select(CouncilDate)).one())
        session.flush()
        moved = follow(session, office)
        report = the_report(session)
    assert unmoved == ()
    if is_done:
        assert (moved, report.state, report.due_on, report.treated_on) == (
            (),
            DutyState.DONE,
            date(2027, 11, 19),
            date(2027, 12, 17),
        )
    else:
        assert [(one.before, one.after) for one in moved] == [
            (date(2027, 11, 25), date(2027, 11, 1))
        ]
        assert (report.due_on, report.postponed, report.treated_on) == (
            date(2027, 11, 1),
            False,
            None,
        )


def test_a_report_with_its_own_day_is_treated_by_then_and_the_number_is_the_municipalitys(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = with_report(session, due_month=6, due_day=30)
        office.municipality.choices = {**office.municipality.choices, "council_paper_days": 10}
        meets(session, office, date(2027, 6, 17), date(2027, 12, 17))
        publish(session, office)
        report = the_report(session)
    assert (report.due_on, report.treated_on) == (date(2027, 6, 3), date(2027, 6, 17))
