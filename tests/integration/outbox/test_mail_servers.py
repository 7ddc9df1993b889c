"""Fault 5 from end to end: a real talk with servers that fail, and where each mail ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.mail import SmtpTimeouts, SmtpTransport
from scheduler.store.database import Database
from scheduler.store.tables import Outbox
from tests.factories.office import SETTINGS, Office, oslo_winter, worker_of
from tests.factories.ports import free_port
from tests.factories.queue_of import add_mails, add_people
from tests.fakes.smtp_server import CLOSE, HANG, ScriptedServer, running

MORNING = oslo_winter("2027-02-05", "08:00")
QUICK = SmtpTimeouts(usual=0.5, after_dot=0.5)
ANY_HOUR = replace(SETTINGS, at_any_hour=True)


@dataclass(frozen=True)
class Ended:
    """The state after the fault, how many attempts it cost, and the state when all is well again.

    `copies` is how many came as far as the final dot, of both servers together.
    """

    state: str
    attempts: int
    at_last: str
    copies: int


AGAIN = Ended("scheduled", 1, "sent", 1)
NO_ATTEMPT = Ended("scheduled", 0, "sent", 1)
NEVER = Ended("failed", 0, "failed", 0)
# Refused after the dot: they had it, and said that they did not take it.
AGAIN_WHOLE = Ended("scheduled", 1, "sent", 2)
NEVER_TAKEN = Ended("failed", 0, "failed", 1)
MAYBE = Ended("scheduled", 0, "sent", 2)

CASES = [
    ("connect", HANG, NO_ATTEMPT),
    ("connect", CLOSE, NO_ATTEMPT),
    ("connect", "421 too busy", NO_ATTEMPT),
    ("ehlo", HANG, NO_ATTEMPT),
    ("auth", "535 wrong", NO_ATTEMPT),
    ("starttls", "454 no certificate", NO_ATTEMPT),
    ("mail", "421 closing", NO_ATTEMPT),
    ("mail", HANG, AGAIN),
    ("rcpt", "450 busy", AGAIN),
    ("rcpt", "452 full", AGAIN),
    ("rcpt", "550 nobody here", NEVER),
    ("rcpt", HANG, AGAIN),
    ("data", "451 later", AGAIN),
    ("data", HANG, AGAIN),
    ("data", "554 no", NEVER),
    ("dot", "450 later", AGAIN_WHOLE),
    ("dot", "452 full", AGAIN_WHOLE),
    ("dot", "550 spam", NEVER_TAKEN),
    ("dot", "552 too large", NEVER_TAKEN),
    ("dot", "554 no", NEVER_TAKEN),
    ("dot", HANG, MAYBE),
    ("dot", CLOSE, MAYBE),
    ("after_dot", CLOSE, Ended("sent", 0, "sent", 1)),
]


def test_each_fault_of_a_mail_server_has_its_one_outcome(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        positions = add_people(session, office, 1)
    found = {}
    for number, (phase, answer, _) in enumerate(CASES):
        at = MORNING + timedelta(hours=number)
        with database.write() as session:
            add_one(session, office, positions, number, "once")
        url = "smtp+starttls://127.0.0.1" if phase == "starttls" else "smtp://kari:x@127.0.0.1"
        script = {phase: answer}
        if phase == "starttls":
            script["ehlo"] = "250-fake\r\n250 STARTTLS"
        with running(ScriptedServer(script)) as server:
            work(database, f"{url}:{server.port}", at)
            offered = len(server.offered)
        first = row_of(database, number)
        with running(ScriptedServer()) as healthy:
            work(database, f"smtp://127.0.0.1:{healthy.port}", at + timedelta(minutes=20))
            offered += len(healthy.offered)
        last = row_of(database, number)
        found[phase, answer] = Ended(first.state, first.attempt, last.state, offered)
    assert found == {(phase, answer): ended for phase, answer, ended in CASES}


def test_a_refused_connection_costs_nothing_and_silence_after_the_dot_holds_a_nag(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        add_one(session, office, add_people(session, office, 1), 0, "hold")
    work(database, f"smtp://127.0.0.1:{free_port()}", MORNING)
    refused = row_of(database, 0)
    assert (refused.state, refused.attempt) == ("scheduled", 0)
    with running(ScriptedServer({"dot": HANG})) as silent:
        work(database, f"smtp://127.0.0.1:{silent.port}", MORNING + timedelta(minutes=20))
    with running(ScriptedServer()) as healthy:
        for minutes in (40, 60):
            work(
                database,
                f"smtp://127.0.0.1:{healthy.port}",
                MORNING + timedelta(minutes=minutes),
            )
    assert (row_of(database, 0).state, len(silent.offered), healthy.offered) == ("uncertain", 1, [])


def work(database: Database, url: str, at: datetime) -> None:
    transport = SmtpTransport(url, timeouts=QUICK)
    worker_of(database, transport, at, settings=ANY_HOUR).run_once()


def add_one(
    session: Session, office: Office, positions: list[int], number: int, resend: str
) -> None:
    add_mails(
        session,
        office,
        positions,
        count=1,
        mail_class="notice",
        due_at=MORNING,
        resend=resend,
        first=number,
    )


def row_of(database: Database, number: int) -> Outbox:
    with database.read() as session:
        return session.exec(
            select(Outbox).where(col(Outbox.dedup_key) == f"mange:{number + 1}")
        ).one()
