"""From a mail record to the bytes that go over the wire."""

from __future__ import annotations

import re
from base64 import encodebytes
from binascii import b2a_qp
from email.headerregistry import Address
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from hashlib import sha256
from typing import Any

from scheduler.mail.record import CalendarPart, MailRecord

__all__ = ["message_bytes"]

# Seven bits only, so that no server has to offer 8BITMIME.
_POLICY = SMTP.clone(cte_type="7bit", max_line_length=78)
# The library takes half a millisecond for a header, so what was asked for before is kept, and it
# writes a long URL as an encoded word, which no program reads in List-Unsubscribe (RFC 8058 3.1):
# one word of ASCII stands as it is.
_ONE_WORD = re.compile(r"[!-~]{1,900}")
_PLAIN_ADDRESS = re.compile(r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@[a-z0-9-]+(\.[a-z0-9-]+)+", re.I)
_SHORT = 60


def message_bytes(record: MailRecord) -> bytes:
    """Return the message (RFC 5322, CRLF): the same record gives the same bytes every time.

    The plain text comes first and the calendar part last, as RFC 6047 and the mail programs want.

    Raises:
        ValueError: a header holds a line break.
    """
    parts = [_text_part("plain", record.text)]
    if record.html:
        parts.append(_text_part("html", record.html))
    if record.calendar is not None:
        parts.append(_calendar_part(record.calendar))
    return b"".join(
        (
            _addresses("From", (record.sender,)),
            _addresses("To", record.to),
            _header("Subject", record.subject),
            _header("Date", format_datetime(record.date)),
            _header("Message-ID", record.message_id),
            _header("Auto-Submitted", "auto-generated"),
            *(_header(name, value) for name, value in record.headers),
            b"MIME-Version: 1.0\r\n",
            _body(parts, record.message_id),
        )
    )


def _body(parts: list[bytes], message_id: str) -> bytes:
    if len(parts) == 1:
        return parts[0]
    # The same on every attempt, as all else is.
    boundary = f"=_{sha256(message_id.encode()).hexdigest()[:32]}".encode()
    head = b'Content-Type: multipart/alternative;\r\n boundary="%b"\r\n\r\n' % boundary
    each = b"".join(b"--%b\r\n%b\r\n" % (boundary, part) for part in parts)
    return b"%b%b--%b--\r\n" % (head, each, boundary)


def _text_part(subtype: str, text: str) -> bytes:
    head = (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    )
    lines = "".join(f"{line}\r\n" for line in text.splitlines())
    return head.encode() + b2a_qp(lines.encode())


def _calendar_part(calendar: CalendarPart) -> bytes:
    head = (
        f'Content-Type: text/calendar; charset="utf-8"; method="{calendar.method}"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )
    return head.encode() + encodebytes(calendar.content.encode()).replace(b"\n", b"\r\n")


@lru_cache(maxsize=256)
def _addresses(name: str, written: tuple[str, ...]) -> bytes:
    if len(written) == 1 and len(written[0]) <= _SHORT and _PLAIN_ADDRESS.fullmatch(written[0]):
        return f"{name}: {written[0]}\r\n".encode()
    return _folded(name, tuple(_address(each) for each in written))


@lru_cache(maxsize=256)
def _header(name: str, value: str) -> bytes:
    if _ONE_WORD.fullmatch(value):
        return f"{name}: {value}\r\n".encode()
    return _folded(name, value)


def _folded(name: str, value: str | tuple[Address, ...]) -> bytes:
    """Return a header as the library writes it."""
    header: Any = _POLICY.header_store_parse(name, value)[1]
    folded: str = header.fold(policy=_POLICY)
    return folded.encode("ascii")


def _address(written: str) -> Address:
    name, address = parseaddr(written)
    return Address(display_name=name, addr_spec=address)
