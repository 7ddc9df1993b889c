"""The real `aarshjul worker`: how it ends when it is told to, and when the schema is changed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from scheduler.store.database import Database
from tests.fakes.smtp_server import ScriptedServer, running
from tests.integration.outbox.test_databases import notices, states

NOW = "2027-02-05T08:00:00+01:00"


@dataclass
class SlowServer(ScriptedServer):
    """Answers the final dot only when it may."""

    came: threading.Event = field(default_factory=threading.Event)
    may_answer: threading.Event = field(default_factory=threading.Event)

    def answer(self, phase: str, detail: str = "") -> str:
        """Return what is said, after waiting."""
        if phase == "dot":
            self.came.set()
            self.may_answer.wait(timeout=60)
        return super().answer(phase, detail)


def test_a_worker_told_to_end_finishes_its_mail_and_gives_the_rest_back(
    sqlite_database: Database, tmp_path: Path
) -> None:
    notices(sqlite_database, 15)
    server = SlowServer()
    with running(server), worker_process(sqlite_database, server.port, tmp_path) as worker:
        assert server.came.wait(timeout=60)
        worker.terminate()
        server.may_answer.set()
        assert worker.wait(timeout=60) == 0
        assert worker.stdout is not None
        assert worker.stdout.read() == (
            "Påminnelsene er i gang. E-poster i kø: 45, den neste nå."
            f" Database: {sqlite_database.engine.url.database}\n"
        )
    # One more may have begun between the signal and the moment its thread was let in to hear it.
    sent = len(server.taken)
    assert sent in (1, 2)
    assert states(sqlite_database) == ["scheduled"] * (15 - sent) + ["sent"] * sent


def test_a_worker_whose_database_is_upgraded_under_it_takes_no_more_mails_and_says_why(
    sqlite_database: Database, tmp_path: Path
) -> None:
    notices(sqlite_database, 30)
    server = SlowServer()
    with running(server), worker_process(sqlite_database, server.port, tmp_path) as worker:
        assert server.came.wait(timeout=60)
        with sqlite_database.write() as session:
            session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        server.may_answer.set()
        assert worker.wait(timeout=60) == 1
        assert worker.stderr is not None
        assert worker.stderr.read().splitlines()[-1] == (
            "aarshjul: Databasen ble oppgradert mens arbeideren gikk: start aarshjul worker på nytt"
        )
    # The batch that it had in hand was finished; nothing was lost or begun.
    assert len(server.taken) == 20
    assert states(sqlite_database) == ["scheduled"] * 10 + ["sent"] * 20


@contextmanager
def worker_process(database: Database, port: int, home: Path) -> Iterator[subprocess.Popen[str]]:
    plain = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    with subprocess.Popen(
        [Path(sys.executable).with_name("aarshjul"), "worker"],
        env={
            **plain,
            "HOME": str(home),
            "PYTHONWARNINGS": "error",
            "AARSHJUL_HOME": str(home),
            "AARSHJUL_DATABASE_URL": database.url,
            "AARSHJUL_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "AARSHJUL_MAIL_FROM": "arshjul@sor-fron.example",
            "AARSHJUL_BASE_URL": "https://arshjul.sor-fron.example",
            "AARSHJUL_TEST_NOW": NOW,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
