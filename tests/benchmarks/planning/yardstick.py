"""A measure of how fast the machine is here and now, so that ratios can be asserted."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["say", "yardstick"]


def yardstick(clock: Callable[[], float]) -> float:
    """Return the least of five measurements of a fixed loop, in seconds.

    About 40 ms on the machine where the limits in seconds were set: one second is 25 of them.
    """
    times = []
    for _ in range(5):
        began = clock()
        total = 0
        for number in range(1_000_000):
            total += number & 7
        times.append(clock() - began)
    return min(times)


def say(figures: str) -> None:
    """Print figures, which is what a benchmark is run for."""
    print(f"\n{figures}")  # noqa: T201 - printing is the purpose.
