"""Which day it is in Norway."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from scheduler.domain.civil_time import today_of


@pytest.mark.parametrize(
    ("now", "today"),
    [
        (datetime(2027, 1, 11, 22, 59, tzinfo=UTC), date(2027, 1, 11)),
        (datetime(2027, 1, 11, 23, 0, tzinfo=UTC), date(2027, 1, 12)),
        (datetime(2027, 7, 11, 22, 0, tzinfo=UTC), date(2027, 7, 12)),
    ],
)
def test_a_new_day_begins_at_midnight_in_norway(now: datetime, today: date) -> None:
    assert today_of(now) == today
