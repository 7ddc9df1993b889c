"""A mail that waits says nothing either, once its municipality has chosen mails without content."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlmodel import select

from scheduler.domain.meeting_start import MeetingStart
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Person
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.municipality import change_municipality, read_municipality
from scheduler.usecases.reminders import announce_change
from tests.factories.office import Office, oslo_winter, worker_of
from tests.fakes.transport import FakeTransport

# A Sunday night, 36 hours before the meeting on Tuesday.
NIGHT = oslo_winter("2027-01-31", "21:00")
LATER = NIGHT + timedelta(minutes=20)
BUSY = SendResult(Outcome.RETRY, Phase.RCPT, 450, "busy")


def test_a_refused_mail_is_made_anew_without_what_may_no_longer_be_said(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        was = MeetingStart(meeting.held_on, meeting.starts)
        meeting.place, meeting.sequence = "Biblioteket", meeting.sequence + 1
        session.flush()
        announce_change(session, meeting, was=was, now=NIGHT)
        municipality_id = id_of(office.municipality)
        person_id = id_of(session.exec(select(Person)).first())
    refusing, taking = FakeTransport(answers=[BUSY] * 9), FakeTransport()
    worker_of(database, refusing, NIGHT).run_once()
    with database.write() as session:
        acting = Acting(
            municipality_id=municipality_id,
            person_id=person_id,
            now=NIGHT + timedelta(minutes=1),
            today=NIGHT.date(),
        )
        wanted = replace(read_municipality(session, acting), content_free_mail=True)
        change_municipality(session, acting, wanted)
    worker_of(database, taking, LATER).run_once()

    assert len(refusing.offered) == len(taking.sent) > 0
    assert ["Ressursgruppe" in mail.raw.decode() for mail in refusing.offered] == [True] * len(
        refusing.offered
    )
    assert {(mail.subject, "Biblioteket" in mail.raw.decode()) for mail in taking.sent} == {
        ("En endring i årshjulet", False)
    }
