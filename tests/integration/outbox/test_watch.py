"""The auditor, the heartbeat, wiping, log-in mails and the news of a published year."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from hashlib import sha256

import pytest
from sqlmodel import select

from scheduler.domain.enums import DutyKind
from scheduler.domain.language import Language
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Heartbeat, Outbox
from scheduler.usecases.outbox import (
    Complaint,
    ComplaintKind,
    StopPoint,
    audit,
    beat,
    jobs_of,
    queue_login_mail,
    queue_summaries,
    wipe_all_old,
)
from scheduler.usecases.reminders import duty_done
from tests.factories.office import PUBLISHED_AT, SETTINGS, Office, oslo_winter, worker_of
from tests.factories.rows import add_duty
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")
NIGHT = oslo_winter("2027-02-06", "23:00")


def complaints(database: Database, at: datetime) -> list[Complaint]:
    with database.write() as session:
        beat(session, "test", version="1", now=at)
    with database.read() as session:
        return list(audit(session, now=at))


def test_an_installation_that_sends_has_nothing_to_complain_of(database: Database) -> None:
    with database.write() as session:
        Office(session).minutes()
    worker_of(database, FakeTransport(), MORNING).run_once()
    assert complaints(database, MORNING + timedelta(minutes=11)) == []


def test_a_mail_that_nobody_takes_is_complained_of_after_ten_minutes(database: Database) -> None:
    with database.write() as session:
        Office(session).minutes()
    assert complaints(database, MORNING + timedelta(minutes=10)) == []
    assert complaints(database, MORNING + timedelta(minutes=11)) == [
        Complaint(ComplaintKind.OVERDUE, 1)
    ]


def test_a_mail_left_in_sending_is_complained_of_after_twenty_minutes(
    database: Database,
) -> None:
    with database.write() as session:
        Office(session).minutes()

    def die(point: str) -> None:
        if point == StopPoint.AFTER_SENDING:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        worker_of(database, FakeTransport(), MORNING, at_point=die).run_once()
    assert complaints(database, MORNING + timedelta(minutes=20)) == []
    assert complaints(database, MORNING + timedelta(minutes=21)) == [
        Complaint(ComplaintKind.STUCK_IN_SENDING, 1)
    ]


def test_a_silent_worker_is_complained_of_after_five_minutes(database: Database) -> None:
    with database.write() as session:
        beat(session, "test", version="1", now=MORNING)
        beat(session, "test", version="2", now=MORNING + timedelta(seconds=30))
    with database.read() as session:
        assert session.exec(select(Heartbeat.version)).all() == ["2"]
        assert audit(session, now=MORNING + timedelta(minutes=5)) == ()
        assert audit(session, now=MORNING + timedelta(minutes=6)) == (
            Complaint(ComplaintKind.NO_HEARTBEAT, 1),
        )


def test_a_duty_of_the_next_fortnight_without_any_mail_is_complained_of(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting(date(2027, 2, 12))
        add_duty(
            session,
            office.municipality,
            kind=DutyKind.MINUTES,
            due_on=date(2027, 2, 19),
            meeting_id=meeting.id,
            position_id=office.secretary.id,
        )
    assert complaints(database, PUBLISHED_AT) == []
    assert complaints(database, MORNING) == [Complaint(ComplaintKind.DUTY_WITHOUT_MAIL, 1)]


def test_a_mail_that_was_not_told_of_a_change_is_complained_of(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
        duty.version += 1
        session.add(duty)
    assert complaints(database, PUBLISHED_AT) == [Complaint(ComplaintKind.STALE_MAIL, 4)]


def test_the_bytes_of_a_mail_are_wiped_after_thirty_days_and_its_hash_is_kept(
    database: Database,
) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    assert wipe_all_old(database, SETTINGS, now=MORNING + timedelta(days=29)) == 0
    assert wipe_all_old(database, SETTINGS, now=MORNING + timedelta(days=30)) == 1
    with database.read() as session:
        row = session.exec(select(Outbox).where(Outbox.state == "sent")).one()
        assert (row.message, row.recipient) == (None, None)
        assert row.message_hash == sha256(transport.sent[0].raw).hexdigest()


def test_a_log_in_mail_goes_at_night_and_its_link_is_wiped_at_once(database: Database) -> None:
    with database.write() as session:
        person = Office(session).person("kari@sor-fron.example")
        queue_login_mail(
            session,
            person_id=id_of(person),
            url="https://arshjul.sor-fron.example/logg-inn/hemmelig",
            expires_at=NIGHT + timedelta(minutes=15),
            now=NIGHT,
        )
    transport = FakeTransport()
    worker_of(database, transport, NIGHT).run_once()
    (mail,) = transport.sent
    assert mail.subject == "Lenke for å logge inn i årshjulet"
    assert "https://arshjul.sor-fron.example/logg-inn/hemmelig" in mail.text.splitlines()
    assert "til 23:15." in mail.text
    with database.read() as session:
        row = session.exec(select(Outbox)).one()
        assert (row.state, row.message, row.payload) == ("sent", None, None)


def test_a_log_in_link_that_was_not_sent_in_time_is_never_sent(database: Database) -> None:
    with database.write() as session:
        person = Office(session).person("kari@sor-fron.example")
        queue_login_mail(
            session,
            person_id=id_of(person),
            url="https://x.example/",
            expires_at=NIGHT + timedelta(minutes=15),
            now=NIGHT,
        )
    transport = FakeTransport()
    worker_of(database, transport, NIGHT + timedelta(minutes=15)).run_once()
    assert transport.offered == []
    with database.read() as session:
        row = session.exec(select(Outbox)).one()
        assert (row.state, row.payload) == ("skipped", None)


def test_a_published_year_is_one_mail_a_person_in_their_own_written_form(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        kari, leif = office.person("kari@sor-fron.example"), office.person("leif@sor-fron.example")
        kari.language = Language.NYNORSK
        session.add(kari)
        office.year.published_at = MORNING
        session.add(office.year)
        counted = [(id_of(kari), 4), (id_of(leif), 1)]
        assert queue_summaries(session, id_of(office.year), counted, now=MORNING) == 2
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    assert [(mail.recipients[0], mail.subject) for mail in transport.sent] == [
        ("kari@sor-fron.example", "Møteplanen for 2027 er klar"),
        ("leif@sor-fron.example", "Møteplanen for 2027 er klar"),
    ]
    assert "Du har 4 møte i han." in transport.sent[0].text.splitlines()
    assert "Du har 1 møte i den." in transport.sent[1].text.splitlines()


def test_every_job_can_be_run(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    transport, heard = FakeTransport(), []
    jobs = jobs_of(
        worker_of(database, transport, MORNING),
        database,
        SETTINGS,
        now=lambda: MORNING,
        version="1",
        complain=heard.append,
    )
    for job in jobs:
        job.run()
    assert [job.name for job in jobs] == ["live", "send", "audit", "wipe"]
    assert (len(transport.sent), heard) == (1, [()])
    with database.write() as session:
        assert duty_done(session, id_of(duty), by=None, now=MORNING)
        assert session.get_one(Duty, id_of(duty)).done_through == "web"
