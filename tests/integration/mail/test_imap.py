"""Reading the mailbox of returned mails from a real IMAP server."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlmodel import select

from scheduler.mail import ImapMailbox, MailboxError
from scheduler.mail.received import LONGEST_READ
from scheduler.store.database import Database
from scheduler.store.tables import Outbox
from tests.factories.bounce_report import bounce_report, recipient_block
from tests.factories.calendar_reply import Pressed, google_reply
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.ports import free_port
from tests.fakes.imap_server import ImapServer
from tests.fakes.smtp_server import ScriptedServer, running
from tests.fakes.transport import FakeTransport
from web.cli.running import check, worker
from web.settings import read_settings
from web.wiring import read_returned

KARI = "kari@sor-fron.example"
REPORT = bounce_report("<1@sor-fron.example>", recipient_block(KARI))
LETTER = b"From: kari@sor-fron.example\nSubject: Sv: Referat\n\nTakk!\n"
VACATION = b"From: ola@sor-fron.example\nAuto-Submitted: auto-replied\n\nJeg har ferie.\n"
MORNING = oslo_winter("2027-02-05", "08:00")
NOON = oslo_winter("2027-02-05", "12:00")


def reports_in(mailbox: ImapMailbox, limit: int = 50) -> list[bytes]:
    with mailbox.opened() as box:
        return [message.replace(b"\r\n", b"\n") for _, message in box.reports(limit)]


def test_reports_are_read_and_put_away_and_letters_of_people_are_left_unread(
    server: ImapServer,
) -> None:
    mailbox = ImapMailbox(server.url)
    assert reports_in(mailbox) == []
    server.deliver(LETTER, REPORT, VACATION, REPORT)
    assert reports_in(mailbox) == [REPORT, REPORT]
    assert server.unread() == 4
    with mailbox.opened() as box:
        for name, _ in box.reports(1):
            box.put_away(name)
    assert server.unread() == 3
    assert reports_in(mailbox) == [REPORT]
    assert reports_in(ImapMailbox(server.url)) == [REPORT]


def test_reports_behind_many_letters_are_found_and_no_more_than_asked_for(
    server: ImapServer,
) -> None:
    server.deliver(*[LETTER] * 110, *[REPORT] * 4)
    assert reports_in(ImapMailbox(server.url), limit=3) == [REPORT] * 3


def letters_in(mailbox: ImapMailbox, limit: int = 50) -> list[tuple[str, bytes]]:
    with mailbox.opened() as box:
        list(box.reports(50))
        return [(name, text.replace(b"\r\n", b"\n")) for name, text in box.letters(limit)]


def test_mails_that_may_hold_an_answer_come_once_and_are_put_away_or_left_for_people(
    server: ImapServer,
) -> None:
    answers = [google_reply(Pressed(word=word)) for word in ("ACCEPTED", "DECLINED")]
    newsletter = b"Content-Type: multipart/alternative; boundary=a\n\n--a\n\nHei\n--a--\n"
    server.deliver(newsletter, LETTER, REPORT, *answers)
    mailbox = ImapMailbox(server.url)
    found = letters_in(mailbox)
    assert [text for _, text in found] == [newsletter, *answers]
    # Nothing is decided yet, and of a heap it is the newest that are looked at.
    assert letters_in(mailbox, limit=2) == found[1:]
    with mailbox.opened() as box:
        list(box.reports(50))
        box.leave(found[0][0])
        box.put_away(found[1][0])
    assert letters_in(mailbox) == found[2:]
    assert server.unread() == 4
    # Whoever starts anew looks anew.
    assert letters_in(ImapMailbox(server.url)) == [found[0], found[2]]
    server.empty()
    assert letters_in(mailbox) == []


def test_of_a_long_report_only_its_head_is_fetched(server: ImapServer) -> None:
    server.deliver(REPORT + b"a" * 78 * (LONGEST_READ // 40))
    with ImapMailbox(server.url).opened() as box:
        ((_, message),) = box.reports(50)
    assert len(message) == LONGEST_READ


@pytest.mark.parametrize(
    ("old", "new"), [("hemmelig", "feil%20passord"), ("/INBOX", "/Finnes%20ikke")]
)
def test_a_mailbox_that_cannot_be_opened_is_one_line_without_the_password(
    server: ImapServer, old: str, new: str
) -> None:
    with pytest.raises(MailboxError) as refused, ImapMailbox(server.url.replace(old, new)).opened():
        pass
    assert "\n" not in refused.value.reason
    assert "passord" not in refused.value.reason
    assert "hemmelig" not in refused.value.reason


def test_a_server_that_is_not_there_or_says_nothing_is_given_up() -> None:
    with pytest.raises(MailboxError), ImapMailbox(f"imap://a:b@127.0.0.1:{free_port()}").opened():
        pass
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"imap://a:b@127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(MailboxError), ImapMailbox(url, timeout=0.05).opened():
            pass


def test_a_server_that_knows_login_alone_and_breaks_off_is_given_up() -> None:
    with one_talk() as (port, said):
        url = f"imap://kari%22s%20boks:a%5Cb@127.0.0.1:{port}"
        with pytest.raises(MailboxError), ImapMailbox(url, timeout=5).opened():
            pass
    assert [line.split(b" ", 1)[1] for line in said] == [
        b"CAPABILITY\r\n",
        b'LOGIN "kari\\"s boks" "a\\\\b"\r\n',
    ]


def test_a_certificate_that_cannot_be_trusted_is_refused_before_the_password_is_told(
    certificate: Path,
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    heard = []
    for trusted in (None, ssl.create_default_context(cafile=str(certificate))):
        with one_talk(context) as (port, said):
            url = f"imaps://retur:hemmelig@127.0.0.1:{port}"
            with (
                pytest.raises(MailboxError),
                ImapMailbox(url, timeout=5, tls=trusted).opened(),
            ):
                pass
        heard.append(len(said))
    assert heard == [0, 2]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of this machine's own, with its key beside it."""
    made = tmp_path_factory.mktemp("tls") / "server.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"),
            *("-pkeyopt", "ec_paramgen_curve:prime256v1"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", made.with_suffix(".key"), "-out", made),
        ],
        check=True,
        capture_output=True,
    )
    return made


@contextmanager
def one_talk(tls: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[bytes]]]:
    """Serve one connection that ends at its second command; yield the port and what is said."""
    said: list[bytes] = []

    def serve() -> None:
        connection, _ = listening.accept()
        with suppress(OSError), connection:
            encrypted = tls.wrap_socket(connection, server_side=True) if tls else connection
            with encrypted, encrypted.makefile("rb") as lines:
                encrypted.sendall(b"* OK hei\r\n")
                said.append(lines.readline())
                tag = said[0].split()[0]
                encrypted.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK ja\r\n")
                said.append(lines.readline())

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1], said
        finally:
            thread.join(timeout=10)


def test_the_worker_reads_the_mailbox_before_it_sends_and_says_when_it_cannot(
    server: ImapServer, sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_database.write() as session:
        Office(session).minutes()
    worker_of(sqlite_database, FakeTransport(), MORNING).run_once()
    with sqlite_database.read() as session:
        row = session.exec(select(Outbox).where(Outbox.step == "before")).one()
    assert row.message_id is not None
    server.deliver(bounce_report(row.message_id, recipient_block(KARI)))
    post = ScriptedServer()
    with running(post):
        for name, value in {
            "DATABASE_URL": sqlite_database.url,
            "SMTP_URL": f"smtp://127.0.0.1:{post.port}",
            "MAIL_FROM": "arshjul@sor-fron.example",
            "BASE_URL": "https://arshjul.sor-fron.example",
            "BOUNCE_IMAP_URL": server.url,
            "TEST_NOW": NOON.isoformat(),
        }.items():
            monkeypatch.setenv(f"AARSHJUL_{name}", value)
        done = CliRunner().invoke(worker, ["--once"], catch_exceptions=False)
        assert (done.exit_code, done.output) == (0, "1 e-poster sendt.\n")
        (mail,) = post.taken
        assert b"To: leif@sor-fron.example" in mail
        assert server.unread() == 0
        monkeypatch.setenv("AARSHJUL_BOUNCE_IMAP_URL", server.url.replace("retur", "ukjent"))
        for _ in range(2):
            assert read_returned(read_settings(), sqlite_database) is not None
        done = CliRunner().invoke(worker, ["--once"], catch_exceptions=False)
    assert done.exit_code == 0
    assert done.stderr.startswith("Postkassen for e-post i retur kan ikke leses: ")
    why = done.stderr.strip().partition(": ")[2]
    told = CliRunner().invoke(check, catch_exceptions=False).output.splitlines()
    line = f"FEIL  Postkassen for e-post i retur (AARSHJUL_BOUNCE_IMAP_URL) kan ikke leses: {why}"
    assert told.count(line) == 1
