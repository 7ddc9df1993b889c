"""Fixtures that every test may use: both databases, a fixed time, and no mail by accident."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from scheduler.store.database import Database
from scheduler.store.schema import upgrade_schema
from tests.factories.kept_work import open_database
from tests.factories.ports import free_port

ON_CI = os.environ.get("CI") == "true"
_TESTS = Path(__file__).parent
# Long tests last would keep one process busy while the others have nothing left to do.
_LAST = {"integration": 1, "unit": 2}
_ROOM_IN_MEMORY = 3 * 1024**3


def pytest_configure() -> None:
    """Keep what the tests write in memory, where there is room: no test asks a disk to be sure."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of each test's own is made in it.
    # A container may have as little as 64 MB there.
    if (
        "TMPDIR" not in os.environ
        and os.access(memory, os.W_OK)
        and shutil.disk_usage(memory).free > _ROOM_IN_MEMORY
    ):
        os.environ["TMPDIR"] = str(memory)
        tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where files run in several processes: those that take long first."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=lambda item: _LAST.get(item.path.relative_to(_TESTS).parts[0], 0))


@pytest.fixture
def now() -> datetime:
    """A fixed moment: Monday 11 January 2027, 09:00 in Oslo."""
    return datetime(2027, 1, 11, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_mail_by_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail any test that opens a mail connection to another machine than this one."""
    open_connection = socket.create_connection

    def guarded(address: tuple[str, int], *args: Any, **kwargs: Any) -> socket.socket:
        host = address[0]
        if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
            pytest.fail(f"the test opened a connection to {address}")
        return open_connection(address, *args, **kwargs)

    monkeypatch.setattr(socket, "create_connection", guarded)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty database with the newest schema, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_database")
        return
    opened = open_database(request.getfixturevalue("empty_postgresql_url"))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database, for what cannot differ between the two."""
    path = tmp_path / "aarshjul.db"
    shutil.copyfile(sqlite_template, path)
    opened = open_database(f"sqlite:///{path}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite database with the newest schema, to be copied and never opened."""
    path = tmp_path_factory.mktemp("template") / "aarshjul.db"
    made = Database(f"sqlite:///{path}")
    upgrade_schema(made)
    made.close()
    return path


@pytest.fixture
def empty_postgresql_url(postgresql_url: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database, copied from one with the newest schema."""
    with postgresql_copy(postgresql_url) as url:
        yield url


@contextmanager
def postgresql_copy(template_url: str) -> Iterator[str]:
    """Make a database as a copy of another on the same server, which nobody may have open."""
    template, name = template_url.rsplit("/", 1)[1], f"t{uuid4().hex}"
    with psycopg.connect(_admin_url(template_url), autocommit=True) as admin:
        # Copying files is the faster way where nothing waits for a disk; once it was the only one.
        strategy = "STRATEGY FILE_COPY" if admin.info.server_version >= 150000 else ""
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {strategy}')
    yield template_url.removesuffix(template) + name
    with psycopg.connect(_admin_url(template_url), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The address of a PostgreSQL server made for this run, with a template database."""
    binaries = _postgresql_binaries()
    if binaries is None:
        message = "PostgreSQL is not installed on this machine (apt-get install postgresql)"
        if ON_CI:
            pytest.fail(message)
        pytest.skip(message)
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
        as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
    quiet: dict[str, Any] = {"check": True, "stdout": subprocess.DEVNULL, "cwd": "/", **as_user}
    data = folder / "data"
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "aarshjul", "-A", "trust", "-E", "UTF8", "-N"],
        **quiet,
    )
    port = free_port()
    settings = (
        "fsync=off full_page_writes=off max_connections=60 wal_level=minimal max_wal_senders=0 "
        "autovacuum=off"
    )
    # No Unix socket: its name may be at most 107 bytes, and the folder's may be longer.
    options = f"-p {port} -k '' -h 127.0.0.1 -c " + " -c ".join(settings.split())
    subprocess.run(
        [binaries / "pg_ctl", "-D", data, "-l", folder / "log", "-o", options, "-w", "start"],
        **quiet,
    )
    url = f"postgresql+psycopg://aarshjul@127.0.0.1:{port}/aarshjul_template"
    try:
        with psycopg.connect(_admin_url(url), autocommit=True) as admin:
            admin.execute("CREATE DATABASE aarshjul_template")
        template = Database(url)
        upgrade_schema(template)
        template.close()
        yield url
    finally:
        subprocess.run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def _admin_url(url: str) -> str:
    server, _name = url.replace("postgresql+psycopg", "postgresql").rsplit("/", 1)
    return f"{server}/postgres"


def _postgresql_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    return found[-1].parent if found else None
