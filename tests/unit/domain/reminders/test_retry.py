"""When to try again."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from scheduler.domain.reminders import circuit_delay, retry_delay

LADDER = [1, 5, 15, 30, 60, 120, 240, 240, 240]


def test_each_wait_is_its_step_of_the_ladder_give_or_take_a_fifth() -> None:
    random = Random(1)  # noqa: S311 - the same waits on every run.
    for attempt, minutes in enumerate(LADDER, start=1):
        waits = [retry_delay(attempt, random) / timedelta(minutes=minutes) for _ in range(200)]
        assert 0.8 <= min(waits) < 0.85
        assert 1.15 < max(waits) <= 1.2


def test_a_silent_server_is_left_alone_for_longer_each_time_up_to_a_quarter_of_an_hour() -> None:
    minutes = [circuit_delay(failures) / timedelta(minutes=1) for failures in range(1, 8)]
    assert minutes == [1, 2, 5, 10, 15, 15, 15]
