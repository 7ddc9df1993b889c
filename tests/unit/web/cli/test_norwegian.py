"""What Click says by itself is said in bokmål."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from web.cli.root import main

ENGLISH = re.compile(
    r"\b(usage|options?|error|commands?|show|try|required|default|integer|text|invalid|missing"
    r"|such|unexpected|arguments?|does|requires|valid)\b",
    re.IGNORECASE,
)
COMMANDS = (
    "demo", "db", "db upgrade", "admin", "admin add", "load", "people", "cadence", "read-plan",
    "plan", "feed", "subscribe", "subscriptions", "reminders", "done", "status", "worker", "serve",
    "check",
)  # fmt: skip


def said(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> tuple[object, str, str]:
    monkeypatch.setattr(sys, "argv", ["aarshjul", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    return ended.value.code, told.out, told.err


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("serv", "Det finnes ingen kommando 'serv'."),
        ("cadence", "PHRASE mangler."),
        ("plan 2027", "--municipality mangler."),
        ("plan 2027 2028 -m x", "For mange verdier: 2028."),
        ("plan 2027 --aply", "Valget --aply finnes ikke. Mente du --apply?"),
        ("plan 2027 --apply=3", "'--apply' skal ikke ha noen verdi."),
        ("feed -m", "'-m' må ha en verdi."),
        ("done x", "DUTY_ID: 'x' er ikke et helt tall."),
        ("serve --port x", "--port: 'x' er ikke et helt tall."),
        ("serve --port 99999", "--port: 99999 er ikke et tall fra 1 til 65535."),
        ("load nofile", "FILE: 'nofile' finnes ikke."),
        ("load /tmp", "FILE: '/tmp' er en mappe."),
        ("reminders -m x --from i-dag --to 2027-01-01",
         "--from: 'i-dag' er ikke en dato som 2027-03-09."),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_norwegian_line_and_exits_2(
    arguments: str,
    line: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = said(arguments.split(), monkeypatch, capsys)
    assert (code, out, err.splitlines()[-1]) == (2, "", f"aarshjul: {line}")


@pytest.mark.parametrize("command", COMMANDS)
def test_no_help_has_an_english_word_of_clicks(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = said([*command.split(), "--help"], monkeypatch, capsys)
    assert (code, err) == (0, "")
    assert out.startswith(f"Bruk: aarshjul {command} ")
    assert ENGLISH.findall(out) == []


def test_without_a_command_the_help_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = said([], monkeypatch, capsys)
    assert (code, err.splitlines()[0]) == (2, "Bruk: aarshjul [VALG] KOMMANDO [VERDIER]...")
