"""`aarshjul --help` from its file: every command is imported, and none has anything to warn of."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.program import Program

_COMMANDS = [
    "demo",
    "db",
    "admin",
    "load",
    "people",
    "cadence",
    "read-plan",
    "plan",
    "feed",
    "subscribe",
    "subscriptions",
    "reminders",
    "done",
    "status",
    "worker",
    "serve",
    "check",
]


def test_the_help_names_every_command_and_nothing_warns(tmp_path: Path) -> None:
    done = Program(tmp_path, from_file=True).run("--help")
    assert (done.returncode, done.stderr) == (0, "")
    _heading, *lines = done.stdout.split("\n\n")[-1].splitlines()
    assert [line.split()[0] for line in lines] == _COMMANDS
