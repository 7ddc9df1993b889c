"""`aarshjul cadence --json -` as another program uses it: a phrase a line in, JSON a line out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program

PHRASES = json.loads(
    (Path(__file__).parents[1] / "data" / "phrases.json").read_text(encoding="utf-8")
)
CHECKED = (
    "kind",
    "unit",
    "interval",
    "count_min",
    "count_max",
    "weekdays",
    "ordinal",
    "week_parity",
    "weeks",
    "months",
    "time_ranges",
    "on_demand",
    "on_demand_extra",
    "approx",
    "offset_days",
    "month",
    "day",
)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program as another program starts it."""
    return Program(tmp_path, from_file=True)


def read(program: Program, *lines: str) -> list[dict[str, Any]]:
    done = program.run("cadence", "--json", "-", text="".join(line + "\n" for line in lines))
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_phrase_of_the_five_plans_is_read_as_agreed(program: Program) -> None:
    got = read(program, *(entry["phrase"].replace("\n", " ") for entry in PHRASES))

    assert len(got) == len(PHRASES) == 68
    assert [pick(found, entry["expected"]) for found, entry in zip(got, PHRASES, strict=True)] == [
        pick(entry["expected"], entry["expected"]) for entry in PHRASES
    ]


def test_blank_wrong_and_overlong_lines_are_answered_in_their_places(program: Program) -> None:
    got = read(program, "", "hver 0. uke", "5-3 ganger", "2-" * 5_000, "каждую неделю", "hver uke")

    assert got == [
        {"kind": "vague"},
        *[{"kind": "unknown"}] * 4,
        {"kind": "recurrence", "unit": "week", "interval": 1, "count_min": 1, "count_max": 1},
    ]


def test_an_overlong_phrase_is_told_to_be_one(program: Program) -> None:
    said = program.ok("cadence", "hver uke " * 200)

    assert said.splitlines() == [
        'kind: "unknown"',
        "Teksten er for lang for en rytme (tegn, høyst: 1800, 1000)."
        " Skriv bare setningen med rytmen.",
    ]


def pick(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    return {key: found.get(key) for key in CHECKED if key in expected}
