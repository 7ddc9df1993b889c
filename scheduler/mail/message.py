"""From a mail record to the bytes that go over the wire."""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256

from scheduler.mail.record import MailRecord

__all__ = ["message_bytes"]

# Seven bits only, so that no server has to offer 8BITMIME.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=78)


def message_bytes(record: MailRecord) -> bytes:
    """Return the message (RFC 5322, CRLF): the same record gives the same bytes every time.

    The plain text comes first and the calendar part last, as RFC 6047 and the mail programs want.

    Raises:
        ValueError: a header holds a line break.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = _address(record.sender)
    message["To"] = tuple(_address(address) for address in record.to)
    message["Subject"] = record.subject
    message["Date"] = format_datetime(record.date)
    message["Message-ID"] = record.message_id
    message["Auto-Submitted"] = "auto-generated"
    for name, value in record.headers:
        message[name] = value
    message.set_content(record.text, cte="quoted-printable")
    if record.html:
        message.add_alternative(record.html, subtype="html", cte="quoted-printable")
    if record.calendar is not None:
        message.add_alternative(
            record.calendar.content,
            subtype="calendar",
            cte="base64",
            params={"method": record.calendar.method},
        )
    # The library draws the boundary at random; a retry must have the same bytes.
    if message.is_multipart():
        message.set_boundary(f"=_{sha256(record.message_id.encode()).hexdigest()[:32]}")
    return message.as_bytes()


def _address(written: str) -> Address:
    name, address = parseaddr(written)
    return Address(display_name=name, addr_spec=address)
