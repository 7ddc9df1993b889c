"""A real SMTP server on this machine that does as its script says, also what none should."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

__all__ = ["CLOSE", "HANG", "ScriptedServer", "running"]

HANG = "<hang>"
CLOSE = "<close>"

_ANSWERS = {
    "connect": "220 fake ready",
    "ehlo": "250-fake\r\n250 AUTH PLAIN LOGIN",
    "starttls": "220 go ahead",
    "auth": "235 ok",
    "mail": "250 ok",
    "rcpt": "250 ok",
    "data": "354 go on",
    "dot": "250 taken",
    "quit": "221 bye",
    "rset": "250 ok",
}


@dataclass
class ScriptedServer:
    """Answers each command as `script` says (a reply, HANG or CLOSE), else as a server should.

    `rcpt` may be scripted for one address as `rcpt:address`. `taken` holds what was answered with
    250 after the dot, `offered` everything that came as far as the dot. `last` is the answer to a
    second MAIL on one connection, which then ends.
    """

    script: dict[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    offered: list[bytes] = field(default_factory=list)
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    _over: threading.Event = field(default_factory=threading.Event)

    def answer(self, phase: str, detail: str = "") -> str:
        """Return what is said in a phase."""
        return self.script.get(f"{phase}:{detail}", self.script.get(phase, _ANSWERS[phase]))

    def serve(self, listening: socket.socket) -> None:
        """Serve one connection after another until told to stop."""
        while not self._over.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            except OSError:
                return
            self.connections += 1
            with connection:
                connection.settimeout(0.05)
                self._talk(_Lines(connection, self._over))

    def stop(self) -> None:
        """Stop serving."""
        self._over.set()

    def _talk(self, lines: _Lines) -> None:
        if not self._say(lines, "connect"):
            return
        mails = 0
        while (line := lines.read()) is not None:
            words = line.decode().split(maxsplit=1)
            command = words[0].lower() if words else ""
            detail = words[1].partition("<")[2].partition(">")[0] if len(words) > 1 else ""
            mails += command == "mail"
            if mails > 1 and "last" in self.script:
                lines.write(self.script["last"])
                return
            if command == "data":
                if not self._say(lines, "data"):
                    return
                if not self.answer("data").startswith("354"):
                    continue
                body = lines.read_body()
                if body is None:
                    return
                self.offered.append(body)
                if self.answer("dot").startswith("250"):
                    self.taken.append(body)
                if not self._say(lines, "dot"):
                    return
                if self.script.get("after_dot") == CLOSE:
                    return
                continue
            if not self._say(lines, "ehlo" if command == "helo" else command, detail):
                return
            if command == "starttls" and not (self.tls and lines.encrypt(self.tls)):
                return
            if command == "quit":
                return

    def _say(self, lines: _Lines, phase: str, detail: str = "") -> bool:
        answer = self.answer(phase, detail)
        if answer == HANG:
            self._over.wait()
            return False
        if answer == CLOSE:
            return False
        return lines.write(answer)


class _Lines:
    """A connection read line by line, until the server is told to stop."""

    def __init__(self, connection: socket.socket, over: threading.Event) -> None:
        self._connection = connection
        self._over = over
        self._buffer = b""

    def read(self) -> bytes | None:
        return self._until(b"\r\n")

    def read_body(self) -> bytes | None:
        return self._until(b"\r\n.\r\n")

    def write(self, answer: str) -> bool:
        try:
            self._connection.sendall(answer.encode() + b"\r\n")
        except OSError:
            return False
        return True

    def encrypt(self, context: ssl.SSLContext) -> bool:
        self._connection.settimeout(5)
        try:
            self._connection = context.wrap_socket(self._connection, server_side=True)
        except OSError:
            return False
        self._connection.settimeout(0.05)
        return True

    def _until(self, end: bytes) -> bytes | None:
        while end not in self._buffer:
            if self._over.is_set():
                return None
            try:
                more = self._connection.recv(65536)
            except TimeoutError:
                continue
            except OSError:
                return None
            if not more:
                return None
            self._buffer += more
        found, _, self._buffer = self._buffer.partition(end)
        return found


@contextmanager
def running(server: ScriptedServer) -> Iterator[ScriptedServer]:
    """Run the server in a thread of its own; its `port` is known then."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.05)
        server.port = listening.getsockname()[1]
        thread = threading.Thread(target=server.serve, args=(listening,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.stop()
            thread.join(timeout=10)
            assert not thread.is_alive()
