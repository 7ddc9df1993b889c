"""The clock that is asked for the time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from scheduler.clock import FixedClock, SystemClock


def test_the_system_clock_is_aware_and_in_utc() -> None:
    before = datetime.now(UTC)
    now = SystemClock().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC


def test_a_fixed_clock_stands_still_in_utc() -> None:
    clock = FixedClock(datetime(2027, 2, 5, 10, tzinfo=timezone(timedelta(hours=1))))
    assert clock.now() == clock.now() == datetime(2027, 2, 5, 9, tzinfo=UTC)
    assert clock.now().tzinfo is UTC


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        FixedClock(datetime(2027, 2, 5, 10))  # noqa: DTZ001 - the naive one is what is tested.
