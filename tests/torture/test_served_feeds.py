"""Ten thousand whole feeds, served over HTTP from rows with hostile texts."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import event

from scheduler.store.database import Database
from tests.integration.feeds.hostile_rows import Case, Target, cases, check_served, make_target
from tests.integration.feeds.subscriber import make_subscriber


@pytest.fixture
def target(sqlite_database: Database, now: datetime) -> Target:
    """A town whose database need not survive a power cut."""
    sqlite_database.close()

    @event.listens_for(sqlite_database.engine, "connect")
    def _hurry(connection: object, _record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]

    return make_target(make_subscriber(sqlite_database, now))


def test_every_feed_parses_and_holds_an_entry_for_each_row(target: Target) -> None:
    served = [0, 0]

    @settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=cases)
    def check(case: Case) -> None:
        body = check_served(target, case)
        served[0] += 1
        served[1] += body.count(b"BEGIN:VEVENT\r\n")

    check()
    print(f"\n{served[0]} feeds with {served[1]} entries")  # noqa: T201 - what a long run says.
