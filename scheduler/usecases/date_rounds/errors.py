"""Why a step of a round is refused."""

from __future__ import annotations

from scheduler.domain.errors import AarshjulError

__all__ = [
    "AlreadyOpenError",
    "NobodyToAskError",
    "NotAskedError",
    "RoundDayError",
    "RoundStateError",
]


class AlreadyOpenError(AarshjulError):
    """The year has an open round; it must be closed or called off first."""


class NobodyToAskError(AarshjulError):
    """No date that we set is proposed after the last day, or nobody has a seat in any."""


class RoundDayError(AarshjulError):
    """The last day of a round must lie after today."""


class RoundStateError(AarshjulError):
    """The round is closed, called off or over by now, or there is none."""


class NotAskedError(AarshjulError):
    """The link is unknown, or whoever it was sent to is asked nothing any more."""
