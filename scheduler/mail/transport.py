"""What it means to hand a mail over, and every way it can end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

__all__ = ["Outcome", "Phase", "PointReached", "Refusal", "SendResult", "Transport", "pass_by"]

PointReached = Callable[[str], None]
"""Called with the name of a point as it is passed; a test may end the process there."""


class Phase(StrEnum):
    """How far the talk with the mail server came."""

    CONNECT = "connect"
    STARTTLS = "starttls"
    LOGIN = "login"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    AFTER_DOT = "after_dot"
    DONE = "done"


class Outcome(StrEnum):
    """What the sender may conclude."""

    SENT = "sent"
    RETRY = "retry"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SERVER_DOWN = "server_down"


@dataclass(frozen=True, slots=True)
class Refusal:
    """One recipient that was refused while others were taken."""

    address: str
    code: int
    reply: str

    @property
    def is_final(self) -> bool:
        """Tell whether trying again is of no use."""
        return self.code >= 500


@dataclass(frozen=True, slots=True)
class SendResult:
    """How one mail went. `code` and `reply` are the server's last words, where it had any."""

    outcome: Outcome
    phase: Phase
    code: int | None = None
    reply: str = ""
    refused: tuple[Refusal, ...] = field(default=())


class Transport(Protocol):
    """Hands mails over, one at a time; never raises for what a mail server does."""

    @property
    def server(self) -> str:
        """Return the name of the server, without any password."""
        ...

    def send(self, sender: str, recipients: Sequence[str], message: bytes) -> SendResult:
        """Hand over one message and tell how it went."""
        ...

    def close(self) -> None:
        """End any connection that is kept open."""
        ...


def pass_by(point: str) -> None:
    """Pass a point without doing anything."""
    del point
