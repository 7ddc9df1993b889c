"""A simulated year of all five municipalities, hour by hour, against a real SMTP server."""

from __future__ import annotations

import json
import time
from pathlib import Path

from scheduler.store.database import Database
from tests.simulation.judge import judge
from tests.simulation.run import in_utc, simulate

TOWNS = ("sor-fron", "hemsedal", "sor-aurdal", "sondre-land", "bamble")
COUNTS = Path(__file__).parents[2] / "data" / "simulated_year.json"


def test_a_year_of_all_five_municipalities_sends_each_mail_once_and_no_other(
    sqlite_database: Database,
) -> None:
    began = time.process_time()
    run = simulate(
        sqlite_database, TOWNS, first=in_utc("2026-12-01 08:30"), last=in_utc("2027-12-31 20:00")
    )
    with sqlite_database.read() as session:
        table = judge(session, run)
    took = time.process_time() - began
    print(f"\n{len(run.arrived)} mails, {sum(table.values())} matters, {took:.0f} s of CPU")  # noqa: T201
    assert [[*key, count] for key, count in sorted(table.items())] == json.loads(
        COUNTS.read_text(encoding="utf-8")
    )
