"""One whole round: an invitation over SMTP, its answer over IMAP, and the meeting's page."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from click.testing import CliRunner

from scheduler.store.database import Database
from scheduler.store.rows import id_of
from tests.factories.calendar_reply import Pressed, google_reply, outlook_reply
from tests.factories.site import Visitor, make_site
from tests.fakes.imap_server import ImapServer
from tests.fakes.smtp_server import ScriptedServer, running
from tests.integration.invitations.calendar_mail import CalendarMail, calendar_mails
from tests.integration.invitations.changes import KARI, NOW, an_office, move
from web.cli.running import worker
from web.pages import page_blueprints

NIL, ONE, REFUSED = (
    "Ingen har svart ennå.",
    "1 kommer, 0 kommer ikke, 1 har ikke svart",
    "0 kommer, 1 kommer ikke, 1 har ikke svart",
)
FROM_CALENDAR = "Svaret ditt kom fra kalenderen din."


def pressed_on(mail: CalendarMail, word: str, at: datetime) -> Pressed:
    """Press a button on what arrived: nothing is known but what stands in the mail."""
    ((attendee, _kind),) = mail.attendees
    address = attendee.removeprefix("mailto:")
    return Pressed(uid=mail.uid, attendee=address, word=word, sequence=mail.sequence, at=at)


def test_an_answer_in_outlook_is_seen_on_the_meetings_page_and_falls_with_its_time(
    server: ImapServer, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    site = make_site(sqlite_database, NOW, blueprints=page_blueprints())
    visitor = site.visitor_as(kari)
    with running(ScriptedServer()) as post:
        for name, value in {
            "DATABASE_URL": sqlite_database.url,
            "SMTP_URL": f"smtp://127.0.0.1:{post.port}",
            "MAIL_FROM": "Årshjulet <arshjul@sor-fron.example>",
            "BASE_URL": "https://arshjul.sor-fron.example",
            "BOUNCE_IMAP_URL": server.url,
        }.items():
            monkeypatch.setenv(f"AARSHJUL_{name}", value)

        def work(at: datetime) -> None:
            monkeypatch.setenv("AARSHJUL_TEST_NOW", at.isoformat())
            done = CliRunner().invoke(worker, ["--once"], catch_exceptions=False)
            assert (done.exit_code, done.stderr) == (0, "")

        work(NOW)
        (first,) = calendar_mails(post.taken)
        # Answers go to the organiser, which is the address that returned mail goes to.
        assert first.organiser == "mailto:arshjul@sor-fron.example"
        assert "Du kan også svare i kalenderen din." in first.text
        assert seen(visitor, meeting.id) == (NIL, False)
        accepted = pressed_on(first, "ACCEPTED", NOW + timedelta(minutes=1))
        letter = b"From: kari@sor-fron.example\nSubject: Hei\n\nHar dere kaffe?\n"
        server.deliver(letter, outlook_reply(accepted))
        work(NOW + timedelta(minutes=2))
        assert (seen(visitor, meeting.id), server.unread()) == ((ONE, True), 1)

        with sqlite_database.write() as session:
            move(session, meeting)
        server.deliver(outlook_reply(accepted))
        work(NOW + timedelta(minutes=3))
        second = calendar_mails(post.taken)[1]
        assert (second.method, second.sequence) == ("REQUEST", 1)
        assert (seen(visitor, meeting.id), server.unread()) == ((NIL, False), 1)
        refused = pressed_on(second, "DECLINED", NOW + timedelta(minutes=4))
        server.deliver(google_reply(refused))
        work(NOW + timedelta(minutes=5))
        assert (seen(visitor, meeting.id), server.unread()) == ((REFUSED, True), 1)


def seen(visitor: Visitor, meeting_id: int | None) -> tuple[str, bool]:
    """Return what the meeting's page says of the answers, and whether one's own was mailed."""
    page = visitor.get(f"/mote/{meeting_id}").text
    (words,) = [each for each in (NIL, ONE, REFUSED) if each in page]
    return words, FROM_CALENDAR in page
