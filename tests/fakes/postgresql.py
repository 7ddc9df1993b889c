"""A PostgreSQL server of the test's own, which may be stopped and started while it is used."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.factories.ports import free_port

__all__ = ["PostgresqlServer", "postgresql_binaries", "postgresql_server"]


class PostgresqlServer:
    """A cluster in a folder; `url` names a database in it, by `name`."""

    def __init__(self, binaries: Path, folder: Path, port: int) -> None:
        """Keep where it is."""
        self._binaries = binaries
        self._folder = folder
        self._port = port

    def url(self, name: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql+psycopg://aarshjul@127.0.0.1:{self._port}/{name}"

    def make(self) -> None:
        """Make the cluster."""
        data = self._folder / "data"
        self._run("initdb", "-D", data, "-U", "aarshjul", "-A", "trust", "-E", "UTF8", "-N")

    def start(self) -> None:
        """Start it, and wait until it answers."""
        # No Unix socket: its name may be at most 107 bytes, and the folder's may be longer.
        options = f"-p {self._port} -k '' -h 127.0.0.1 -c fsync=off -c max_connections=60"
        self._control("-l", self._folder / "log", "-o", options, "-w", "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `fast` ends every connection, `immediate` is as if it had crashed."""
        self._control("-m", mode, "stop")

    def _control(self, *arguments: str | Path) -> None:
        self._run("pg_ctl", "-D", self._folder / "data", *arguments)

    def _run(self, program: str, *arguments: str | Path) -> None:
        as_user: dict[str, Any] = {}
        if os.geteuid() == 0:
            as_user = {"user": "postgres", "group": "postgres", "extra_groups": []}
        subprocess.run(
            [self._binaries / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd="/",
            **as_user,
        )


@contextmanager
def postgresql_server(binaries: Path) -> Iterator[PostgresqlServer]:
    """Make a cluster and run it until the block is left; nothing of it remains."""
    folder = Path(mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = PostgresqlServer(binaries, folder, free_port())
    server.make()
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def postgresql_binaries() -> Path | None:
    """Return the folder of the newest server programs on this machine, if there are any."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    return found[-1].parent if found else None
