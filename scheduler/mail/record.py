"""A mail as plain values, before it becomes bytes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

__all__ = ["CalendarPart", "MailRecord"]


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """An iTIP message (RFC 6047): `method` is the METHOD that stands in `content`."""

    method: str
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRecord:
    """Everything a mail says; without `html` it is plain text alone.

    `date` is an aware instant; `headers` come in the order given.
    """

    sender: str
    to: tuple[str, ...]
    subject: str
    text: str
    html: str
    message_id: str
    date: datetime
    headers: tuple[tuple[str, str], ...] = field(default=())
    calendar: CalendarPart | None = None
