"""From what a mail says to the bytes that are kept and sent."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from hashlib import sha256

from scheduler.domain.language import Language
from scheduler.mail import CalendarPart, Content, MailRecord, message_bytes, render
from scheduler.usecases.outbox.settings import WorkerSettings

__all__ = ["Envelope", "idempotency_key", "seal", "sender_address"]


@dataclass(frozen=True, slots=True)
class Envelope:
    """A finished message: the same bytes on every attempt."""

    recipients: tuple[str, ...]
    person_id: int | None
    message_id: str
    message: bytes

    @property
    def message_hash(self) -> str:
        """Return what is kept when the bytes are wiped."""
        return sha256(self.message).hexdigest()


def seal(
    content: Content,
    *,
    to: tuple[str, ...],
    person_id: int | None,
    language: Language,
    settings: WorkerSettings,
    now: datetime,
    unsubscribe_url: str | None = None,
    calendar: CalendarPart | None = None,
) -> Envelope:
    """Return the message for its readers.

    With `unsubscribe_url` it can be turned off with one click (RFC 8058); formal notices cannot.
    """
    mail = render(content, language)
    message_id = f"<{secrets.token_hex(16)}@{settings.mail_domain}>"
    headers = [
        ("X-Idempotency-Key", idempotency_key(message_id)),
        ("Content-Language", language.value),
    ]
    if unsubscribe_url is not None:
        headers.append(("List-Unsubscribe", f"<{unsubscribe_url}>"))
        headers.append(("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
    record = MailRecord(
        sender=settings.sender,
        to=to,
        subject=mail.subject,
        text=mail.text,
        html=mail.html,
        message_id=message_id,
        date=now,
        headers=tuple(headers),
        calendar=calendar,
    )
    return Envelope(to, person_id, message_id, message_bytes(record))


def idempotency_key(message_id: str) -> str:
    """Return what tells two copies of one mail as such, also where the Message-ID was changed."""
    return sha256(message_id.encode()).hexdigest()[:32]


def sender_address(settings: WorkerSettings) -> str:
    """Return the bare address that the server is told the mail comes from."""
    return parseaddr(settings.sender)[1]
