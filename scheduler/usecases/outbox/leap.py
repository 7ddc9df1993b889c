"""Noticing that the machine's clock was moved under a running worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

__all__ = ["LeapGuard"]

_A_LEAP = timedelta(minutes=10)
_BELIEVED_AFTER = timedelta(minutes=15)


class LeapGuard:
    """Compares the wall clock with a steady one that nobody can set.

    A wall clock that leaps is not believed before it has stood by its word for a quarter of an
    hour: a year ahead for one minute would otherwise throw away a year of mails.
    """

    def __init__(self, steady: Callable[[], float]) -> None:
        """Keep the steady clock, in seconds from any beginning."""
        self._steady = steady
        self._base: tuple[datetime, float] | None = None
        self._doubt: tuple[datetime, float] | None = None

    def believes(self, now: datetime) -> bool:
        """Tell whether `now` may be acted on."""
        at = self._steady()
        if self._base is None or _agree(self._base, now, at):
            self._base, self._doubt = (now, at), None
            return True
        if self._doubt is None or not _agree(self._doubt, now, at):
            self._doubt = (now, at)
        if timedelta(seconds=at - self._doubt[1]) < _BELIEVED_AFTER:
            return False
        self._base, self._doubt = (now, at), None
        return True


def _agree(seen: tuple[datetime, float], now: datetime, at: float) -> bool:
    expected = seen[0] + timedelta(seconds=at - seen[1])
    return abs(now - expected) < _A_LEAP
