"""Fixtures that every test may use: both databases, a fixed time, and no mail by accident."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg
import pytest

from scheduler.store.database import Database
from scheduler.store.schema import upgrade_schema

ON_CI = os.environ.get("CI") == "true"


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
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database with the newest schema, on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'aarshjul.db'}")
        upgrade_schema(opened)
    else:
        opened = Database(request.getfixturevalue("empty_postgresql_url"))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database, for what cannot differ between the two."""
    opened = Database(f"sqlite:///{tmp_path / 'aarshjul.db'}")
    upgrade_schema(opened)
    yield opened
    opened.close()


@pytest.fixture
def empty_postgresql_url(postgresql_url: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh PostgreSQL database, copied from one with the newest schema."""
    name = f"t{abs(hash(request.node.nodeid))}"
    with psycopg.connect(_admin_url(postgresql_url), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE aarshjul_template')
    yield postgresql_url.replace("/aarshjul_template", f"/{name}")
    with psycopg.connect(_admin_url(postgresql_url), autocommit=True) as admin:
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
    # Short path: a Unix socket's name may be at most 107 bytes.
    folder = Path(mkdtemp(prefix="pg", dir="/tmp"))
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
    port = _free_port()
    options = f"-p {port} -k {folder} -h 127.0.0.1 -c fsync=off -c max_connections=60"
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
    return url.replace("postgresql+psycopg", "postgresql").replace(
        "/aarshjul_template", "/postgres"
    )


def _postgresql_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    return found[-1].parent if found else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
