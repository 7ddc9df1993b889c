"""What can stand in the way of a change."""

from __future__ import annotations

from datetime import date

from scheduler.domain.errors import AarshjulError

__all__ = [
    "EndsBeforeStartError",
    "LastAdministratorError",
    "NotHereError",
    "TooLongPeriodError",
]


class NotHereError(AarshjulError):
    """The row does not exist in this municipality."""


class EndsBeforeStartError(AarshjulError):
    """A span that ends before `starts_on`."""

    def __init__(self, starts_on: date) -> None:
        """Keep the first day."""
        super().__init__(starts_on)
        self.starts_on = starts_on


class TooLongPeriodError(AarshjulError):
    """A period of more than `days`, most often for a wrong year: it would leave no working day."""

    def __init__(self, days: int) -> None:
        """Keep how long a period may be."""
        super().__init__(days)
        self.days = days


class LastAdministratorError(AarshjulError):
    """Nobody could administer the municipality afterwards."""
