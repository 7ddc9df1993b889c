"""Every phrase of the five plans, and the wordings of other municipalities, read as agreed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.cadence import read, to_json

DATA = Path(__file__).parents[3] / "data"
CHECKED = frozenset(
    {
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
    }
)


def entries(name: str) -> list[Any]:
    found: list[Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return [pytest.param(one, id=one.get("id", one["phrase"]) or "blank") for one in found]


def checked(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key in CHECKED}


@pytest.mark.parametrize("entry", entries("phrases.json"))
def test_a_phrase_of_the_plans_reads_as_agreed(entry: dict[str, Any]) -> None:
    expected = checked(entry["expected"])

    got = to_json(read(entry["phrase"]).cadence)

    assert {key: got.get(key) for key in expected} == expected


@pytest.mark.parametrize("entry", entries("wordings.json"))
def test_another_wording_reads_as_what_it_says(entry: dict[str, Any]) -> None:
    expected = entry["expected"]

    got = to_json(read(entry["phrase"]).cadence)

    assert {key: got.get(key) for key in expected} == expected


@pytest.mark.parametrize("entry", entries("phrases.json") + entries("wordings.json"))
def test_case_and_line_breaks_change_nothing(entry: dict[str, Any]) -> None:
    phrase = entry["phrase"]

    assert read(phrase.upper()).cadence == read(phrase).cadence
    assert read(phrase.replace(" ", "  ")).cadence == read(phrase).cadence
