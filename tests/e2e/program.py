"""Runs the real program in a process of its own, as a user would.

Importing the program takes longer than most commands, so a command runs in a process that has done
so already, unless it is to be started from its file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.fakes.command_process import run_command

_PROGRAM = Path(sys.executable).with_name("aarshjul")


@dataclass(frozen=True, slots=True)
class Program:
    """The command `aarshjul` with a home folder and settings of its own."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    from_file: bool = False

    def run(self, *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        if not self.from_file:
            return run_command(arguments, self._environment(), folder=self.home, text=text)
        return subprocess.run(
            [_PROGRAM, *arguments],
            env=self._environment(),
            cwd=self.home,
            input=text,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    def ok(self, *arguments: str) -> str:
        """Run one command that must succeed; return what it printed."""
        done = self.run(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *arguments: str) -> Any:
        """Run one command that must succeed; return the JSON it printed."""
        return json.loads(self.ok(*arguments))

    @contextmanager
    def serving(self, *arguments: str, port: int) -> Iterator[None]:
        """Run a command that serves, until the block is left."""
        process = subprocess.Popen(
            [_PROGRAM, *arguments],
            env=self._environment(),
            cwd=self.home,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz", process)
            yield
        finally:
            process.terminate()
            process.communicate(timeout=30)

    def _environment(self) -> dict[str, str]:
        plain = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
        home = {"HOME": str(self.home), "AARSHJUL_HOME": str(self.home / "var")}
        return {**plain, **home, "PYTHONWARNINGS": "error", **self.settings}


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer, whatever its status."""

    status: int
    headers: dict[str, str]
    body: bytes


def fetch(address: str, **headers: str) -> Answer:
    """GET an address of this machine; headers are written If_None_Match for If-None-Match."""
    request = urllib.request.Request(  # noqa: S310 - only addresses that the test made.
        address, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:  # noqa: S310
            return Answer(response.status, dict(response.headers), response.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, dict(error.headers), error.read())


def _wait_for(address: str, process: subprocess.Popen[str]) -> None:
    for _ in range(1200):
        if process.poll() is not None:
            assert process.stderr is not None
            raise AssertionError(process.stderr.read())
        try:
            if fetch(address).status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answered at {address}")
