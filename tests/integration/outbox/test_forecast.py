"""The list of what will go is what goes, when, and to whom."""

from __future__ import annotations

from datetime import date, timedelta
from email.utils import parsedate_to_datetime

from sqlmodel import Session, select

from scheduler.domain.enums import DutyKind, ForumLevel, HolderKind, MeetingState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Person
from scheduler.usecases.reminders.forecast import Expected, forecast
from tests.factories.changed_meeting import recompute_for_meeting
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add_holder, add_seat
from tests.fakes.transport import FakeTransport

FIRST, LAST = oslo_winter("2027-01-25", "00:00"), oslo_winter("2027-03-19", "00:00")

THURSDAY = 3


def listed(session: Session, office: Office) -> tuple[Expected, ...]:
    return forecast(
        session,
        office.municipality,
        from_at=FIRST,
        until_at=LAST,
        today=date(2027, 1, 25),
        holidays_of=public_holidays,
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


def test_the_day_on_which_gathered_and_quieted_mails_go_is_told_beforehand(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        kari = session.exec(select(Person).where(Person.email == "kari@sor-fron.example")).one()
        kari.digest_weekday = THURSDAY
        kari.quiet_from, kari.quiet_until = date(2027, 2, 1), date(2027, 2, 12)
        office.minutes()
        mine = [one for one in listed(session, office) if one.recipient == kari.email]
        said = [(one.due_at, one.goes_at) for one in mine]
    transport = FakeTransport()
    for number in range((LAST - FIRST).days):
        at = FIRST + timedelta(days=number, hours=8)
        worker_of(sqlite_database, transport, at).run_once()
    went = {
        parsedate_to_datetime(mail.message["Date"]).date()
        for mail in transport.sent
        if mail.recipients == ("kari@sor-fron.example",)
    }
    assert {at.date() for _due, at in said if at is not None} == went
    # The first two are past their use on the first Thursday after the quiet period.
    assert [(due.date(), at.date() if at else None) for due, at in said] == [
        (date(2027, 2, 5), None),
        (date(2027, 2, 9), None),
        (date(2027, 2, 11), date(2027, 2, 18)),
    ]
    with sqlite_database.read() as session:
        after = [one for one in listed(session, office) if one.recipient == "kari@sor-fron.example"]
    assert {one.goes_at.date() for one in after if one.goes_at} == went
