"""A municipality whose mails may not say what they are about takes its invitations back so."""

from __future__ import annotations

from dataclasses import replace

from sqlmodel import Session

from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Municipality
from scheduler.usecases.invitations.bring_in_line import invite_all
from tests.factories.office import Office, worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING, CalendarMail, send_all
from tests.integration.invitations.changes import (
    KARI,
    LATER,
    NOW,
    ROOM,
    an_office,
    cancel,
    in_feed,
    keys,
    move,
)

CONTENT = ("Ressursgruppe", "tverrfaglig", "Rådhuset", "møterom", "februar", "09:00", "Saksliste")


def say_nothing(session: Session, office: Office) -> None:
    """Switch to mails without content, as the settings page does."""
    municipality = session.get_one(Municipality, office.municipality.id)
    municipality.choices = {**municipality.choices, "content_free_mail": True}
    session.flush()
    invite_all(session, now=NOW)


def said(mail: CalendarMail) -> list[str]:
    """Return what a mail tells of its meeting, in whichever of its parts."""
    # Neither soft line breaks nor folds may hide a word.
    raw = mail.raw.replace("\r\n ", "")
    return [word for word in CONTENT if word in mail.subject + mail.text + raw]


def test_invitations_are_taken_out_by_a_mail_that_tells_nothing(database: Database) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        session.get_one(Forum, office.forum.id).room_email = ROOM
        session.get_one(Forum, office.forum.id).place = "Rådhuset, møterom 2"
        session.get_one(Forum, office.forum.id).agenda = ["Saksliste"]
        session.flush()
        invite_all(session, now=NOW)
        kari = id_of(office.person(KARI))
    before, _transport = send_all(database, NOW)
    assert {bool(said(one)) for one in before} == {True}
    with database.write() as session:
        say_nothing(session, office)
    mails, transport = send_all(database, NOW)
    assert sorted(one.key for one in mails) == [(KARI, "CANCEL", 1), (ROOM, "CANCEL", 1)]
    assert [(said(one), one.subject, one.summary, one.place) for one in mails] == [
        ([], "En endring i årshjulet", "Opptatt", "")
    ] * 2
    html = [
        part.get_content()
        for mail in transport.sent
        for part in mail.message.walk()
        if part.get_content_type() == "text/html"
    ]
    assert [word for word in CONTENT for each in html if word in each] == []
    with database.write() as session:
        assert in_feed(session, kari) == [meeting.id]
        move(session, meeting)
    assert keys(database) == []


def test_a_meeting_cancelled_since_and_a_mail_that_waited_tell_nothing_either(
    sqlite_database: Database,
) -> None:
    busy = SendResult(Outcome.RETRY, Phase.DATA, 451, "later")
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
    keys(sqlite_database)
    with sqlite_database.write() as session:
        cancel(session, meeting)
    transport = FakeTransport([busy])
    worker_of(sqlite_database, transport, NOW, settings=INVITING).run_once()
    with sqlite_database.write() as session:
        say_nothing(session, office)
    later = LATER.held_on.replace(month=1, day=12)
    at = NOW.replace(day=later.day)
    (mail,) = send_all(sqlite_database, at)[0]
    assert (said(mail), mail.key) == ([], (KARI, "CANCEL", 1))
    assert replace(mail, text="", raw="").summary == "AVLYST: Opptatt"
