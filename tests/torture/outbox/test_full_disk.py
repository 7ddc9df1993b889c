"""Fault 6 in full: PostgreSQL's disk runs full in mid-batch, on a small disk of the test's own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from scheduler.store.database import Database
from scheduler.store.schema import upgrade_schema
from scheduler.usecases.outbox import StopPoint
from tests.factories.office import worker_of
from tests.fakes.postgresql import postgresql_binaries, postgresql_server
from tests.fakes.transport import FakeTransport
from tests.integration.outbox.test_databases import MORNING, notices, states

# A new cluster, its write-ahead log and the tables; the rest is filled up.
SIZE = "160m"
MAILS = 60


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A file system of its own, where PostgreSQL's own user may come too."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        disk = Path(folder) / "disk"
        disk.mkdir()
        command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=777", "tmpfs", disk]
        if os.geteuid() != 0 or subprocess.run(command, check=False).returncode:
            pytest.skip("only root may mount a disk")
        yield disk
        subprocess.run(["umount", disk], check=True)


def test_a_full_disk_under_postgresql_loses_and_doubles_nothing(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries = postgresql_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed on this machine")
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    with postgresql_server(binaries) as server:
        database = Database(server.url("postgres"))
        upgrade_schema(database)
        notices(database, MAILS)
        filler, passed, transport = small_disk / "filler", list[str](), FakeTransport()

        def fill_up(point: str) -> None:
            passed.append(point)
            if point == StopPoint.BEFORE_SENT and passed.count(point) == 3:
                fill(filler)

        with pytest.raises(DBAPIError, match="No space left on device"):
            worker_of(database, transport, MORNING, at_point=fill_up).run_once()
        assert 3 <= len(transport.sent) < MAILS
        filler.unlink()
        for hours in (1, 2):
            worker_of(database, transport, MORNING + timedelta(hours=hours)).run_once()
        assert states(database) == ["sent"] * MAILS
        assert len(transport.sent) == len({mail.raw for mail in transport.sent}) == MAILS
        database.close()


def fill(file: Path) -> None:
    """Write until there is no room left."""
    with file.open("wb", buffering=0) as opened:
        try:
            while opened.write(bytes(1024 * 1024)) == 1024 * 1024:
                pass
            while opened.write(bytes(4096)):
                pass
        except OSError:
            return
