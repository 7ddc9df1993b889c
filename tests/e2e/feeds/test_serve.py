"""`aarshjul serve` as in operation: two web processes on one database, and what they log."""

from __future__ import annotations

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from scheduler.domain.enums import FeedScope
from scheduler.domain.language import Language
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import FeedToken
from scheduler.usecases.feeds.subscriptions import FeedTarget, create_subscription
from scheduler.usecases.meetings import cancel_meeting
from tests.e2e.program import Answer, fetch
from tests.factories import rows
from tests.factories.ports import free_port

_PROGRAM = Path(sys.executable).with_name("aarshjul")


@dataclass(frozen=True)
class Served:
    """A forum's feed, where it is served, and what the server has logged."""

    database: Database
    port: int
    process: subprocess.Popen[bytes]
    log: Path
    secret: str
    meeting_id: int

    def fetch(self, **headers: str) -> Answer:
        """Ask for the feed over a connection of its own."""
        return fetch(f"http://127.0.0.1:{self.port}/feeds/{self.secret}.ics", **headers)

    def from_both(self) -> list[Answer]:
        """Ask until each of the two web processes has answered."""
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        assert len(children) == 2
        before = [_cpu_of(int(child)) for child in children]
        answers: list[Answer] = []
        for _ in range(500):
            answers.append(self.fetch())
            used = [_cpu_of(int(child)) - cpu for child, cpu in zip(children, before, strict=True)]
            # An answer costs a process a millisecond; one that only waits uses far less.
            if min(used) > 0.002 and len(answers) >= 8:
                return answers
        raise AssertionError("only one process answers")


@pytest.fixture
def served(database: Database, tmp_path: Path) -> Iterator[Served]:
    """A town with a meeting next month, served from SQLite and from PostgreSQL."""
    now = datetime.now(UTC)
    with database.write() as session:
        municipality = rows.add_municipality(session)
        year = rows.add_year(session, municipality)
        forum = rows.add_forum(session, municipality)
        for days in (30, 40):
            meeting = rows.add_meeting(session, year, forum, held_on=(now + timedelta(days)).date())
        target = FeedTarget(
            scope=FeedScope.FORUM,
            municipality_id=id_of(municipality),
            forum_id=id_of(forum),
        )
        _made, secret = create_subscription(
            session, target, owner_id=None, label="Outlook", language=Language.BOKMAL, now=now
        )
        meeting_id = id_of(meeting)
    port, log = free_port(), tmp_path / "log"
    environment = {
        **os.environ,
        "AARSHJUL_HOME": str(tmp_path / "home"),
        "AARSHJUL_DATABASE_URL": database.url,
        "AARSHJUL_BASE_URL": "https://arshjul.example",
        "AARSHJUL_SECRET_KEY": "q8Zt3kLw0yXvR5nB7mHc2JpFd9sGa4Ue",
    }
    with log.open("wb") as into:
        process = subprocess.Popen(
            [_PROGRAM, "serve", "--port", str(port)], env=environment, stdout=into, stderr=into
        )
        try:
            _wait_for(port, process, log)
            yield Served(database, port, process, log, secret, meeting_id)
        finally:
            process.terminate()
            process.wait(timeout=30)


def test_two_processes_serve_the_same_log_no_secret_and_wait_for_no_writer(
    served: Served,
) -> None:
    before = {(answer.status, answer.body, answer.headers["ETag"]) for answer in served.from_both()}
    with served.database.write() as session:
        cancel_meeting(
            session,
            served.meeting_id,
            sequence=0,
            now=datetime.now(UTC),
            actor_id=None,
            holidays_of=public_holidays,
        )
    after = {(answer.status, answer.body, answer.headers["ETag"]) for answer in served.from_both()}
    _send_what_is_no_request(served)

    ((old_status, old_body, old_tag),) = before
    ((new_status, new_body, new_tag),) = after
    assert (old_status, new_status) == (200, 200)
    assert (old_body.count(b"CANCELLED"), new_body.count(b"CANCELLED")) == (0, 1)
    assert served.fetch(If_None_Match=old_tag).status == 200
    assert served.fetch(If_None_Match=new_tag).status == 304
    log = served.log.read_text(errors="replace")
    assert log.count("Invalid request") == 6
    assert log.count("aarshjul: AARSHJUL_SMTP_URL og AARSHJUL_MAIL_FROM er ikke satt") == 1
    assert served.secret[:20] not in log
    if served.database.is_sqlite:
        # In PostgreSQL one who writes does not stand in the way of others.
        _readers_are_answered_while_another_writes(served)


def _readers_are_answered_while_another_writes(served: Served) -> None:
    first = served.fetch()
    with served.database.write() as session:
        session.connection().execute(
            update(FeedToken).values(fetched_at=datetime(2026, 1, 1, tzinfo=UTC))
        )
    path = served.database.url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        # More than the threads of both processes: one that waited for the writer, to note its
        # reader, would be missing for the next, who gives up after half the time of a lock.
        answers = [_fetched_soon(served) for _ in range(24)]
        writer.execute("ROLLBACK")

    assert answers == [first.body] * 24


def _fetched_soon(served: Served) -> bytes:
    with socket.create_connection(("127.0.0.1", served.port), timeout=5) as connection:
        path = f"/feeds/{served.secret}.ics"
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _blank, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 "), head
    return body


def _send_what_is_no_request(served: Served) -> None:
    path = f"/feeds/{served.secret}.ics".encode()
    for request in (
        b"GET " + path + b"\r\n\r\n",
        b"G@T " + path + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET " + path + b" HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET http://[" + path + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET " + path + b"?" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nBad Header: " + path + b"\r\n\r\n",
    ):
        with (
            socket.create_connection(("127.0.0.1", served.port), timeout=10) as connection,
            suppress(ConnectionError),
        ):
            connection.sendall(request)
            while connection.recv(65536):
                pass


def _cpu_of(pid: int) -> float:
    # The clock of another process, as clock_getcpuclockid(3) names it.
    return time.clock_gettime((~pid << 3) | 2)


def _wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text()
        try:
            if fetch(f"http://127.0.0.1:{port}/healthz").status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(log.read_text())
