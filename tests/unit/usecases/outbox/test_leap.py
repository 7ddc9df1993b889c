"""A wall clock that is moved under a running worker."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scheduler.usecases.outbox.leap import LeapGuard

START = datetime(2027, 2, 5, 8, tzinfo=UTC)


class Steady:
    """A steady clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize("leap", [timedelta(hours=1), timedelta(days=-1), timedelta(days=365)])
def test_a_leap_is_not_believed_until_it_has_lasted_a_quarter_of_an_hour(leap: timedelta) -> None:
    steady = Steady()
    guard = LeapGuard(steady)
    believed = [guard.believes(START)]
    for _minute in range(17):
        steady.seconds += 60
        believed.append(guard.believes(START + leap + timedelta(seconds=steady.seconds - 1000)))
    assert believed == [True] + [False] * 15 + [True] * 2


def test_a_leap_that_comes_back_was_never_there() -> None:
    steady = Steady()
    guard = LeapGuard(steady)
    assert guard.believes(START)
    steady.seconds += 60
    assert not guard.believes(START + timedelta(days=1))
    steady.seconds += 60
    assert guard.believes(START + timedelta(minutes=2))


def test_a_clock_that_is_set_by_minutes_is_believed() -> None:
    steady = Steady()
    guard = LeapGuard(steady)
    assert guard.believes(START)
    assert guard.believes(START + timedelta(minutes=9))
    assert guard.believes(START)
