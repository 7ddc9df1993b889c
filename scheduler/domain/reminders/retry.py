"""When to try again, and when to leave a silent server alone."""

from __future__ import annotations

from datetime import timedelta
from random import Random

__all__ = ["circuit_delay", "retry_delay"]

_LADDER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240))
_CIRCUIT = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15))
_JITTER = 0.2


def retry_delay(attempt: int, random: Random) -> timedelta:
    """Return how long to wait after failed attempt number `attempt` (from 1), give or take 20 %."""
    return _LADDER[min(attempt, len(_LADDER)) - 1] * random.uniform(1 - _JITTER, 1 + _JITTER)


def circuit_delay(failures: int) -> timedelta:
    """Return how long to leave the mail server alone after `failures` (from 1) in a row."""
    return _CIRCUIT[min(failures, len(_CIRCUIT)) - 1]
