"""Two hundred and forty made-up towns in pairs that share people, judged from outside."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

from scheduler.planning import DaySolver
from scheduler.store.database import Database
from tests.integration.planning.planned import judged

PAIRS = 120


def test_no_hard_rule_is_broken_in_any_town(sqlite_database: Database) -> None:
    path = Path(str(sqlite_database.engine.url.database))
    began = perf_counter()
    with DaySolver() as solver:
        found = {pair: judged(sqlite_database, path, solver, pair) for pair in range(PAIRS)}
    seconds = perf_counter() - began

    print(f"\n{2 * PAIRS} towns planned and judged in {seconds:.0f} s")  # noqa: T201
    assert {pair: broken for pair, broken in found.items() if broken} == {}
