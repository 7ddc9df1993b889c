"""What somebody answered in their calendar program, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

__all__ = ["CalendarReply", "ReadReply", "ReplyWord"]


class ReplyWord(StrEnum):
    """The answers that a calendar program offers (PARTSTAT, RFC 5545 section 3.2.12)."""

    ACCEPTED = "ACCEPTED"
    DECLINED = "DECLINED"
    TENTATIVE = "TENTATIVE"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarReply:
    """A REPLY (RFC 5546 section 3.2.3) to one meeting, by one attendee; no word of it but these.

    `attendee` is a lower-cased address, `sequence` that of the invitation which is answered, and
    `made_at` (aware) the moment of the answer by the clock of the program.
    """

    uid: str
    attendee: str
    word: ReplyWord
    sequence: int
    made_at: datetime


ReadReply = Callable[[bytes], CalendarReply | None]
"""Reads a calendar part; None for whatever is not a plain reply, and never raises."""
