"""What can stand in the way of a change."""

from __future__ import annotations

from datetime import date

from scheduler.domain.errors import AarshjulError

__all__ = [
    "EndsBeforeStartError",
    "LastAdministratorError",
    "NotHereError",
]


class NotHereError(AarshjulError):
    """The row does not exist in this municipality."""


class EndsBeforeStartError(AarshjulError):
    """A span that ends before `starts_on`."""

    def __init__(self, starts_on: date) -> None:
        """Keep the first day."""
        super().__init__(starts_on)
        self.starts_on = starts_on


class LastAdministratorError(AarshjulError):
    """Nobody could administer the municipality afterwards."""
