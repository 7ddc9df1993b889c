"""The only reader of the system clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

__all__ = ["Clock", "FixedClock", "SystemClock"]


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still at an aware instant, for tests and for looking ahead."""

    instant: datetime

    def __post_init__(self) -> None:
        """Refuse an instant without a zone.

        Raises:
            ValueError: the instant is naive.
        """
        if self.instant.tzinfo is None:
            raise ValueError(f"an instant needs a zone: {self.instant!r}")

    def now(self) -> datetime:
        """Return the fixed instant, aware, in UTC."""
        return self.instant.astimezone(UTC)
