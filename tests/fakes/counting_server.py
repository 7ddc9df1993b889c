"""A real SMTP server in a process of its own, which writes down every mail that it takes."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.factories.ports import free_port
from tests.fakes.processes import context, start

__all__ = ["CountingServer", "counting"]

_KEY = b"X-Idempotency-Key: "
_LINE = 33
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class CountingServer:
    """A server that is running; what it took stands in a file, so nobody has to ask it."""

    port: int
    file: Path

    @property
    def url(self) -> str:
        """Its address."""
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def taken(self) -> int:
        """How many mails it has taken."""
        return self.file.stat().st_size // _LINE

    def copies(self) -> Counter[str]:
        """Return how often it took each mail, by its key."""
        return Counter(self.file.read_text().splitlines())


@contextmanager
def counting(folder: Path) -> Iterator[CountingServer]:
    """Run the server until the block is left."""
    file, port_file = folder / "taken.lines", folder / "port"
    file.touch()
    over = context().Event()
    process = start(_serve, str(file), str(port_file), over)
    until = time.monotonic() + _START_SECONDS
    while not port_file.exists():
        assert process.is_alive()
        assert time.monotonic() < until
        time.sleep(0.02)
    try:
        yield CountingServer(int(port_file.read_text()), file)
    finally:
        over.set()
        process.join(timeout=30)
        process.kill()


class _Keeper:
    """Writes the key of each mail as one line before it says 250."""

    def __init__(self, file: str) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_APPEND)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name is aiosmtpd's.
        head, _, _ = envelope.content.partition(b"\r\n\r\n")
        line = next(line for line in head.split(b"\r\n") if line.startswith(_KEY))
        os.write(self._file, line.removeprefix(_KEY) + b"\n")
        return "250 OK"


def _serve(file: str, port_file: str, over: Event) -> None:
    port = free_port()
    controller = Controller(_Keeper(file), hostname="127.0.0.1", port=port)
    controller.start()
    unfinished = Path(f"{port_file}.part")
    unfinished.write_text(str(port))
    unfinished.rename(port_file)
    over.wait()
    controller.stop()
