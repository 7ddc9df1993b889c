"""Made-up towns and their neighbours, judged from the JSON and the database alone.

`tests/torture/planning` has the long form.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from scheduler.planning import DaySolver
from scheduler.store.database import Database
from tests.integration.planning.judge import broken_rules
from tests.integration.planning.planned import judged, made_up_plan
from tests.integration.planning.towns import Town, made_up_town

PAIRS = 8


@pytest.fixture(scope="module")
def solver() -> Any:
    with DaySolver() as process:
        yield process


def file_of(database: Database) -> Path:
    return Path(str(database.engine.url.database))


def test_no_hard_rule_is_broken_in_a_town_or_across_its_border(
    sqlite_database: Database, solver: DaySolver
) -> None:
    found = [judged(sqlite_database, file_of(sqlite_database), solver, n) for n in range(PAIRS)]

    assert found == [[]] * PAIRS


@pytest.fixture
def judged_town(sqlite_database: Database, solver: DaySolver) -> tuple[Town, dict[str, Any], str]:
    town = made_up_town(3)
    answer = made_up_plan(sqlite_database, solver, town)
    return town, json.loads(answer), str(file_of(sqlite_database))


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        ({"date": "2027-05-17"}, "is closed: public_holiday"),
        ({"date": "2027-05-16"}, "is on a weekend"),
        ({"date": "2026-12-01"}, "is outside the period"),
        ({"start": "06:00"}, "lasts "),
        ({"number": 9}, "is numbered"),
    ],
)
def test_the_judge_sees_what_is_wrong(
    judged_town: tuple[Town, dict[str, Any], str], change: dict[str, Any], broken: str
) -> None:
    town, answer, path = judged_town
    spoilt = json.dumps({**answer, "meetings": [{**answer["meetings"][0], **change}]})

    assert [rule for rule in broken_rules(spoilt, path, town.slug) if broken in rule] != []


def test_the_judge_sees_two_meetings_at_once_a_lost_meeting_and_a_poor_plan(
    judged_town: tuple[Town, dict[str, Any], str],
) -> None:
    town, answer, path = judged_town
    first, *rest = answer["meetings"]
    doubled = [*answer["meetings"], {**first, "number": 99}]
    moved = {**rest[0], "date": (date.fromisoformat(rest[0]["date"]) + timedelta(1)).isoformat()}
    poor = {**answer, "status": "feasible", "objective": 100, "bound": 90}

    def rules(plan: dict[str, Any]) -> str:
        return "\n".join(broken_rules(json.dumps(plan), path, town.slug))

    assert "in " + first["forum"] in rules({**answer, "meetings": doubled})
    assert " meets " in rules({**answer, "meetings": [moved]})
    assert "feasible with a gap of 10.0 %" in rules(poor)
