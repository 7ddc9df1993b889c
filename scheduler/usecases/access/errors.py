"""What can go wrong on the way in."""

from __future__ import annotations

from datetime import timedelta

from scheduler.domain.errors import AarshjulError

__all__ = ["LoginLinkSpentError", "TooManyLoginsError"]


class TooManyLoginsError(AarshjulError):
    """More links were asked for than are given out in a while; `wait` is how long to wait."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(wait)
        self.wait = wait


class LoginLinkSpentError(AarshjulError):
    """A log-in link that has been used, has run out or was never made."""
