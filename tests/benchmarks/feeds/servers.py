"""Real servers in processes of their own, and what they cost to ask."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.factories.ports import free_port
from web.cli.web_server import web_server_command, web_server_environment

__all__ = ["Server", "memory_of_postgresql_driver", "our_server", "radicale"]

_IMPORTING_THE_DRIVER = """
from pathlib import Path
import web.wsgi, sqlalchemy.dialects.postgresql.psycopg

def resident():
    (line,) = [l for l in Path("/proc/self/status").read_text().splitlines() if "VmRSS" in l]
    return int(line.split()[1]) * 1024

before = resident()
import psycopg
print(resident() - before)
"""


@dataclass(frozen=True)
class Cost:
    """What some requests cost, in seconds: the server's CPU on average, and the median wait."""

    cpu: float
    latency: float


@dataclass
class Server:
    """A server of this machine that is asked over one connection that stays open."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(
        self, path: str, times: int, *, status: int, headers: dict[str, str] | None = None
    ) -> Cost:
        """Ask for the same thing so many times; every answer must have the status."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        waits: list[float] = []
        cpu = self.cpu()
        for _ in range(times):
            began = time.perf_counter()
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            answer.read()
            waits.append(time.perf_counter() - began)
            assert answer.status == status, (path, answer.status)
        connection.close()
        return Cost((self.cpu() - cpu) / times, median(waits))

    def get(self, path: str) -> tuple[bytes, str | None]:
        """Return the body of one answer and its tag."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", path)
        answer = connection.getresponse()
        body, tag = answer.read(), answer.headers["ETag"]
        connection.close()
        assert answer.status == 200, (path, answer.status, body)
        return body, tag

    def cpu(self) -> float:
        """Return the seconds of CPU that the server's processes have used."""
        return sum(_cpu_of(pid) for pid in self._pids())

    def largest(self) -> int:
        """Return the bytes of memory that the largest of its processes holds."""
        return max(_memory_of(pid) for pid in self._pids())

    def _pids(self) -> list[int]:
        own = self.process.pid
        children = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [own, *map(int, children)]


@contextmanager
def our_server(database_url: str, home: Path) -> Iterator[Server]:
    """Serve the application as in operation, with one process of four threads."""
    port = free_port()
    environment = {
        **os.environ,
        "AARSHJUL_HOME": str(home),
        "AARSHJUL_DATABASE_URL": database_url,
        "AARSHJUL_BASE_URL": "https://arshjul.example",
        "AARSHJUL_SECRET_KEY": "q8Zt3kLw0yXvR5nB7mHc2JpFd9sGa4Ue",
        # What is measured are the answers, not the connections they come over.
        "GUNICORN_CMD_ARGS": "--keep-alive 60",
    }
    command = web_server_command(host="127.0.0.1", port=port, processes=1)
    with _serving(command, port, web_server_environment(environment)) as server:
        yield server


@contextmanager
def radicale(home: Path) -> Iterator[Server]:
    """Serve Radicale without log-in."""
    port = free_port()
    command = [sys.executable, "-m", "radicale", "--config", "", "--auth-type", "none",
               "--rights-type", "authenticated", "--storage-filesystem-folder", str(home),
               "--server-hosts", f"127.0.0.1:{port}", "--logging-level", "error"]  # fmt: skip
    with _serving(command, port, dict(os.environ)) as server:
        yield server


def memory_of_postgresql_driver() -> int:
    """Return the bytes that a web process holds more once it has imported the driver."""
    done = subprocess.run(
        [sys.executable, "-X", "no_debug_ranges", "-c", _IMPORTING_THE_DRIVER],
        check=True,
        capture_output=True,
    )
    return int(done.stdout)


@contextmanager
def _serving(command: list[str], port: int, environment: dict[str, str]) -> Iterator[Server]:
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, command
            time.sleep(0.1)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _cpu_of(pid: int) -> float:
    # The clock of another process, as clock_getcpuclockid(3) names it: in nanoseconds, where
    # /proc counts in hundredths of a second.
    return time.clock_gettime((~pid << 3) | 2)


def _memory_of(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (resident,) = [line for line in lines if line.startswith("VmRSS:")]
    return int(resident.split()[1]) * 1024
