"""Everything that the five plans ask for is found again when the status is asked for.

`domain_rows.json` holds what was read in the plans: a forum, duty, measure, rule or question with
the words of its rhythm and the lines where it stands (no lines for what is the law's own).
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from scheduler.domain.periods import read_period
from scheduler.plans import bundled, bundled_names
from scheduler.store.database import Database
from scheduler.store.tables import Municipality
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.tracking.status import municipality_status
from scheduler.usecases.tracking.status_row import StatusRow

ROWS = json.loads((Path(__file__).parents[3] / "data" / "domain_rows.json").read_text("utf-8"))


@pytest.mark.parametrize("plan", bundled_names())
def test_the_status_of_a_bundled_plan_lists_every_row_read_in_it(
    sqlite_database: Database, now: datetime, plan: str
) -> None:
    expected = [row for row in ROWS if row["plan"] == plan]
    with sqlite_database.write() as session:
        load_plan(session, parse_plan_file(bundled(plan)), now=now, actor_id=None)

    with sqlite_database.read() as session:
        municipality = session.exec(select(Municipality)).one()
        shown = municipality_status(session, municipality, read_period("2027")).rows

    assert len(expected) > 10
    assert [row for row in expected if not any(is_it(one, row) for one in shown)] == []


def test_no_row_is_expected_of_a_plan_that_is_not_bundled() -> None:
    assert {row["plan"] for row in ROWS} == set(bundled_names())


def is_it(shown: StatusRow, row: dict[str, Any]) -> bool:
    named = row["name"] in (shown.forum if row["kind"] == "forum" else None, shown.name)
    said = row["words"] is None or row["words"] in (shown.words or "")
    stands = row["lines"] is None or not numbers(row["lines"]).isdisjoint(numbers(shown.lines))
    return shown.kind == row["kind"] and named and said and stands


def numbers(lines: str | None) -> set[int]:
    spans = [span.split("-") for span in (lines or "").replace(" ", "").split(",") if span]
    return {number for span in spans for number in range(int(span[0]), int(span[-1]) + 1)}
