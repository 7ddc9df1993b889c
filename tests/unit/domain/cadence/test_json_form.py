"""A cadence goes to JSON and back, and rubbish is refused with its key."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from scheduler.domain.cadence import (
    Cadence,
    CadenceFormatError,
    CadenceKind,
    CadenceUnit,
    Season,
    Weekday,
    WeekParity,
    from_json,
    read,
    to_json,
)

WORDINGS = Path(__file__).parents[3] / "data" / "wordings.json"


def test_only_what_is_said_is_written() -> None:
    cadence = Cadence(
        kind=CadenceKind.RECURRENCE,
        unit=CadenceUnit.WEEK,
        interval=2,
        count_min=1,
        count_max=1,
        weekdays=(Weekday.THU,),
        week_parity=WeekParity.EVEN,
        time_ranges=((time(9), time(10, 30)),),
    )

    assert to_json(cadence) == {
        "kind": "recurrence",
        "unit": "week",
        "interval": 2,
        "count_min": 1,
        "count_max": 1,
        "weekdays": ["thu"],
        "week_parity": "even",
        "time_ranges": [["09:00", "10:30"]],
    }


def test_every_wording_comes_back_equal_through_text() -> None:
    phrases = [one["phrase"] for one in json.loads(WORDINGS.read_text(encoding="utf-8"))]
    cadences = [read(phrase).cadence for phrase in phrases]

    assert [from_json(json.loads(json.dumps(to_json(one)))) for one in cadences] == cadences


def test_one_season_of_a_window_is_called_season_and_several_seasons() -> None:
    window = Cadence(kind=CadenceKind.WINDOW, seasons=(Season.AUTUMN,), year=2024)
    both = Cadence(kind=CadenceKind.WINDOW, seasons=(Season.AUTUMN, Season.SPRING))

    assert to_json(window) == {"kind": "window", "season": "autumn", "year": 2024}
    assert to_json(both) == {"kind": "window", "seasons": ["autumn", "spring"]}
    assert from_json(to_json(window)) == window


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({}, "kind"),
        ({"kind": "sometimes"}, "kind"),
        ({"kind": 3}, "kind"),
        ({"kind": "vague", "colour": "red"}, "colour"),
        ({"kind": "recurrence", "interval": 0}, "interval"),
        ({"kind": "recurrence", "interval": True}, "interval"),
        ({"kind": "recurrence", "interval": "2"}, "interval"),
        ({"kind": "recurrence", "count_min": 3, "count_max": 2}, "count_max"),
        ({"kind": "recurrence", "weekdays": "mon"}, "weekdays"),
        ({"kind": "recurrence", "weekdays": ["moon"]}, "weekdays"),
        ({"kind": "recurrence", "ordinal": 6}, "ordinal"),
        ({"kind": "recurrence", "ordinal": 0}, "ordinal"),
        ({"kind": "window", "weeks": [54]}, "weeks"),
        ({"kind": "window", "months": [13]}, "months"),
        ({"kind": "window", "season": "fall"}, "season"),
        ({"kind": "time_only", "time_start": "25:00"}, "time_start"),
        ({"kind": "time_only", "time_start": "09:00+02:00"}, "time_start"),
        ({"kind": "time_only", "time_ranges": [["09:00"]]}, "time_ranges"),
        ({"kind": "vague", "on_demand": 1}, "on_demand"),
        ({"kind": "vague", "anchor": 7}, "anchor"),
    ],
)
def test_rubbish_is_refused_with_the_key_at_fault(data: dict[str, Any], key: str) -> None:
    with pytest.raises(CadenceFormatError) as raised:
        from_json(data)

    assert raised.value.key == key


def test_what_is_no_object_is_refused() -> None:
    rubbish: Any = ["kind", "vague"]

    with pytest.raises(CadenceFormatError):
        from_json(rubbish)
