"""The list of what will go is what goes, when, and to whom."""

from __future__ import annotations

from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from sqlmodel import Session

from scheduler.domain.enums import DutyKind, ForumLevel, HolderKind, MeetingState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.usecases.reminders import recompute_for_meeting
from scheduler.usecases.reminders.forecast import Expected, forecast
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add_holder, add_seat
from tests.fakes.transport import FakeTransport

FIRST, LAST = oslo_winter("2027-01-25", "00:00"), oslo_winter("2027-03-19", "00:00")


def listed(session: Session, office: Office) -> tuple[Expected, ...]:
    return forecast(
        session, office.municipality, from_at=FIRST, until_at=LAST, today=date(2027, 1, 25)
    )


def test_what_the_forecast_says_is_what_goes_when_and_to_whom(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office = Office(session, {"reminders": {"agenda_before": 5}})
        add_seat(session, office.forum, office.position("Rektor", "rune@sor-fron.example"))
        dina = office.person("dina@sor-fron.example")
        add_holder(session, office.secretary, dina, kind=HolderKind.DELEGATE)
        office.minutes()
        meeting = office.meeting(date(2027, 2, 18), number=2)
        office.duty(kind=DutyKind.NOTICE, due_on=date(2027, 2, 11), meeting=meeting)
        shared = office.position("Ledere", "anne@sor-fron.example", "bo@sor-fron.example")
        office.duty(kind=DutyKind.EVALUATION, due_on=date(2027, 3, 1), position_id=shared.id)
        before = listed(session, office)
        session.expunge_all()
    transport = FakeTransport()
    for number in range((LAST - FIRST).days):
        at = FIRST + timedelta(days=number, hours=8)
        worker_of(sqlite_database, transport, at).run_once()
    went = sorted(
        (parsedate_to_datetime(mail.message["Date"]).date(), ", ".join(mail.recipients))
        for mail in transport.sent
    )
    # What one person has in a morning is one mail; a notice to its sender stands alone.
    mails = {
        (each.due_at.date(), each.recipient, each.step if each.kind == "notice" else None)
        for each in before
        if each.recipient is not None
    }
    assert went == sorted((day, to) for day, to, _alone in mails)
    assert len(went) == 13
    with sqlite_database.read() as session:
        after = listed(session, office)
    assert [(each.due_at, each.kind, each.step) for each in after] == [
        (each.due_at, each.kind, each.step) for each in before
    ]
    assert {each.state for each in after if each.recipient} <= {"sent", "merged"}


def test_a_near_change_is_listed_with_whom_it_tells_and_the_forum(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        office.forum.level = ForumLevel.CASE_ELSE_NOT
        meeting = office.meeting(date(2027, 1, 26))
        meeting.state, meeting.sequence = MeetingState.CANCELLED, 1
        session.add(meeting)
        session.flush()
        recompute_for_meeting(session, id_of(meeting), now=FIRST, holidays_of=public_holidays)
        found = [(each.kind, each.forum, each.recipient) for each in listed(session, office)]
        slug = office.forum.slug
    assert found == [
        ("change", slug, "kari@sor-fron.example"),
        ("change", slug, "leif@sor-fron.example"),
    ]
