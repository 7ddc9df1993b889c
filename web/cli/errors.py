"""Problems that only the command line can meet."""

from __future__ import annotations

from pathlib import Path

from scheduler.domain.errors import AarshjulError

__all__ = ["CalendarGoneError", "NoSuchRowError", "PortTakenError", "UnwritableFileError"]


class CalendarGoneError(AarshjulError):
    """The calendar that is asked for ended: its person left, or its subject was retired."""


class NoSuchRowError(AarshjulError):
    """What a command was asked about does not exist: `what` is its kind, `name` what was asked."""

    def __init__(self, what: str, name: str) -> None:
        """Keep the kind and the name that was asked for."""
        super().__init__(name)
        self.what = what
        self.name = name


class PortTakenError(AarshjulError):
    """Another program already listens on the port."""

    def __init__(self, port: int) -> None:
        """Keep the port's number."""
        super().__init__(port)
        self.port = port


class UnwritableFileError(AarshjulError):
    """What a command made cannot be written to `path`."""

    def __init__(self, path: Path) -> None:
        """Keep where it was to be written."""
        super().__init__(path)
        self.path = path
