"""A real IMAP server on this machine, in a process of its own, with an empty mailbox."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.factories.ports import free_port

__all__ = ["ImapServer", "imap_server"]

_USER, _PASSWORD = "retur", "hemmelig"
_START = "from pymap.main import main; raise SystemExit(main())"
_SECONDS = 30


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where it is; `unread` and `deliver` do what a mail server or a person would."""

    port: int

    @property
    def url(self) -> str:
        """The address of its mailbox."""
        return f"imap://{_USER}:{_PASSWORD}@127.0.0.1:{self.port}/INBOX"

    def deliver(self, *messages: bytes) -> None:
        """Put messages in the mailbox."""
        with self._talk() as imap:
            for message in messages:
                imap.append("INBOX", "", "", message.replace(b"\n", b"\r\n"))

    def unread(self) -> int:
        """Return how many messages nobody has read."""
        with self._talk() as imap:
            imap.select("INBOX", readonly=True)
            found: list[bytes] = imap.search(None, "UNSEEN")[1]
            return len(found[0].split())

    def empty(self) -> None:
        """Take everything out of the mailbox."""
        with self._talk() as imap:
            imap.select("INBOX")
            imap.store("1:*", "+FLAGS.SILENT", r"(\Deleted)")
            imap.expunge()

    @contextmanager
    def _talk(self) -> Iterator[imaplib.IMAP4]:
        with imaplib.IMAP4("127.0.0.1", self.port, timeout=_SECONDS) as imap:
            # The library writes a message in two parts, and the system would wait between them.
            imap.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            imap.login(_USER, _PASSWORD)
            yield imap


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """Start it, and end it afterwards."""
    port = free_port()
    command = [sys.executable, "-W", "error", "-c", _START, "--host", "127.0.0.1"]
    command += ["--port", str(port), "--no-tls", "dict", "--demo-data"]
    command += ["--demo-user", _USER, "--demo-password", _PASSWORD]
    process = subprocess.Popen(command)
    try:
        server = ImapServer(port)
        _wait_for(server)
        server.empty()
        yield server
    finally:
        process.terminate()
        process.wait(timeout=_SECONDS)


def _wait_for(server: ImapServer) -> None:
    last = time.monotonic() + _SECONDS
    while True:
        try:
            server.unread()
        except OSError:
            if time.monotonic() > last:
                raise
            time.sleep(0.05)
        else:
            return
