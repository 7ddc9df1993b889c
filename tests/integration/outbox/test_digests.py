"""One mail to a person in a morning, never too many in a day, and only at decent hours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.tables import Duty, Outbox, Person
from scheduler.usecases.reminders import duty_done
from tests.factories.office import Office, events_of, oslo_winter, worker_of
from tests.factories.rows import add_forum, add_holder, add_person
from tests.fakes.transport import FakeTransport, SentMail

MORNING = oslo_winter("2027-02-05", "08:00")


def several_minutes(office: Office, count: int) -> list[Duty]:
    """Make minutes of so many forums, all due from the secretary on the same day."""
    duties = []
    for number in range(count):
        forum = add_forum(office.session, office.municipality, name=f"Team {number}")
        duties.append(office.minutes(office.meeting(forum=forum)))
    return duties


def test_all_nags_of_a_morning_are_one_mail_whatever_the_number_of_forums(
    database: Database,
) -> None:
    with database.write() as session:
        several_minutes(Office(session), 3)
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    (mail,) = transport.sent
    assert mail.subject == "3 oppgaver i årshjulet"
    assert titles(mail) == [
        "Referat: Team 0, tirsdag 2. februar",
        "Referat: Team 1, tirsdag 2. februar",
        "Referat: Team 2, tirsdag 2. februar",
    ]
    assert mail.text.count("/handling/") == 3
    assert states(database, "before") == ["merged", "merged", "sent"]


def test_a_notice_stands_outside_the_digest(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        several_minutes(office, 2)
        office.duty(
            kind=DutyKind.NOTICE, due_on=date(2027, 2, 9), meeting=office.meeting(date(2027, 2, 18))
        )
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    assert sorted(mail.subject for mail in transport.sent) == [
        "2 oppgaver i årshjulet",
        "Påminnelse – Innkalling: Ressursgruppe, tverrfaglig, torsdag 18. februar",
    ]


def test_only_nags_can_be_turned_off_with_one_click(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        office.minutes()
        office.duty(
            kind=DutyKind.NOTICE, due_on=date(2027, 2, 9), meeting=office.meeting(date(2027, 2, 18))
        )
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    notice, nag = transport.sent
    assert notice.message["List-Unsubscribe"] is None
    assert nag.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert nag.message["Auto-Submitted"] == "auto-generated"


def test_two_municipalities_are_two_mails(database: Database) -> None:
    with database.write() as session:
        first = Office(session)
        first.minutes()
        second = Office(session, slug="hemsedal")
        second.minutes()
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    assert len(transport.sent) == 1
    worker_of(database, transport, MORNING + timedelta(minutes=15)).run_once()
    assert [mail.recipients for mail in transport.sent] == [("kari@sor-fron.example",)] * 2


def test_another_nag_waits_a_quarter_of_an_hour_and_the_sixth_until_tomorrow(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        for minute in range(12):
            office.minutes(office.meeting())
            shift(session, minute)
    transport = FakeTransport()
    sent_at = []
    for minute in range(0, 9 * 60, 5):
        now = MORNING + timedelta(minutes=minute)
        sent_at += [minute] * worker_of(database, transport, now).run_once().sent
    assert sent_at == [0, 15, 30, 45, 60]
    worker_of(database, transport, oslo_winter("2027-02-08", "08:00")).run_once()
    assert len(transport.sent) == 6


def shift(session: Session, number: int) -> None:
    """Promise the newest nag seven minutes after the one before it."""
    newest = session.exec(
        select(Outbox).where(Outbox.step == "before").order_by(col(Outbox.id).desc()).limit(1)
    ).one()
    newest.due_at = newest.next_at = MORNING + timedelta(minutes=7 * number)
    session.add(newest)
    session.flush()


def test_a_reader_may_have_all_nags_on_one_day_of_the_week(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        several_minutes(office, 2)
        person = office.person("kari@sor-fron.example")
        person.digest_weekday = 0
        session.add(person)
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    assert transport.sent == []
    worker_of(database, transport, oslo_winter("2027-02-08")).run_once()
    assert [mail.subject for mail in transport.sent] == ["2 oppgaver i årshjulet"]


def test_nothing_goes_in_a_readers_quiet_period(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        office.minutes()
        person = office.person("kari@sor-fron.example")
        person.quiet_from, person.quiet_until = date(2027, 2, 1), date(2027, 2, 8)
        session.add(person)
    transport = FakeTransport()
    for day in ("2027-02-05", "2027-02-08"):
        worker_of(database, transport, oslo_winter(day, "10:00")).run_once()
    assert transport.sent == []
    worker_of(database, transport, oslo_winter("2027-02-09", "08:00")).run_once()
    assert len(transport.sent) == 1


@pytest.mark.parametrize("at", ["2027-02-05T18:00", "2027-02-06T10:00", "2027-02-07T23:00"])
def test_a_nag_that_is_late_waits_for_the_next_delivery_hours(database: Database, at: str) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport()
    day, clock = at.split("T")
    worker_of(database, transport, oslo_winter(day, clock)).run_once()
    assert transport.sent == []
    worker_of(database, transport, oslo_winter("2027-02-08", "07:00")).run_once()
    assert len(transport.sent) == 1


def test_what_is_done_before_a_digest_goes_again_is_not_in_it(database: Database) -> None:
    with database.write() as session:
        duties = several_minutes(Office(session), 3)
    busy = SendResult(Outcome.RETRY, Phase.RCPT, 450, "busy")
    transport = FakeTransport(answers=[busy])
    worker_of(database, transport, MORNING).run_once()
    assert transport.sent == []
    with database.write() as session:
        duty_done(session, duties[1].id or 0, by=None, now=MORNING + timedelta(seconds=30))
    worker_of(database, transport, MORNING + timedelta(minutes=2)).run_once()
    (mail,) = transport.sent
    assert titles(mail) == [
        "Referat: Team 0, tirsdag 2. februar",
        "Referat: Team 2, tirsdag 2. februar",
    ]
    assert mail.message["Message-ID"] != transport.offered[0].message["Message-ID"]


def test_a_digest_that_is_tried_again_has_the_same_bytes(database: Database) -> None:
    with database.write() as session:
        several_minutes(Office(session), 2)
    busy = SendResult(Outcome.RETRY, Phase.RCPT, 450, "busy")
    transport = FakeTransport(answers=[busy, busy])
    for minutes in (0, 2, 9):
        worker_of(database, transport, MORNING + timedelta(minutes=minutes)).run_once()
    assert len(transport.offered) == 3
    assert len({mail.raw for mail in transport.offered}) == 1
    assert states(database, "before") == ["merged", "sent"]


def test_a_successor_gets_what_was_refused_for_the_one_who_left(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        duty = office.minutes()
    busy = SendResult(Outcome.RETRY, Phase.RCPT, 450, "busy")
    transport = FakeTransport(answers=[busy])
    worker_of(database, transport, MORNING).run_once()
    with database.write() as session:
        person = session.exec(select(Person).where(Person.email == "kari@sor-fron.example")).one()
        person.active = False
        session.add(person)
        successor = add_person(session, email="nina@sor-fron.example")
        add_holder(session, office.secretary, successor)
    worker_of(database, transport, MORNING + timedelta(minutes=2)).run_once()
    assert [mail.recipients for mail in transport.sent] == [("nina@sor-fron.example",)]
    with database.read() as session:
        row = session.exec(
            select(Outbox).where(Outbox.duty_id == duty.id, Outbox.step == "before")
        ).one()
        assert events_of(session, row.id) == [
            *("scheduled", "leased", "sending", "scheduled"),
            *("leased", "sending", "sent"),
        ]


def titles(mail: SentMail) -> list[str]:
    return [line for line in mail.text.splitlines() if line.startswith("Referat: ")]


def states(database: Database, step: str) -> list[str]:
    with database.read() as session:
        rows = session.exec(select(Outbox.state).where(Outbox.step == step))
        return sorted(rows)
