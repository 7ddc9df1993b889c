"""A subscriber on each database."""

from __future__ import annotations

from datetime import datetime

import pytest

from scheduler.store.database import Database
from tests.integration.feeds.subscriber import Subscriber, make_subscriber


@pytest.fixture
def here(database: Database, now: datetime) -> Subscriber:
    """A town with a subscriber, on SQLite and on PostgreSQL."""
    return make_subscriber(database, now)


@pytest.fixture
def here_on_sqlite(sqlite_database: Database, now: datetime) -> Subscriber:
    """A town with a subscriber, for what cannot differ between the databases."""
    return make_subscriber(sqlite_database, now)
