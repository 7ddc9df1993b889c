"""Reading what a mail server says of a mail that it could not deliver (RFC 3464 in RFC 6522)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

from scheduler.mail.received import parts_of, received_head, received_message

__all__ = ["Bounce", "is_delivery_report", "read_bounces"]

_MOST_RECIPIENTS = 50
_LONGEST_WORDS = 200

_MESSAGE_ID = re.compile(r"<[^<>\s]{1,250}>")
_KEY = re.compile(r"[0-9a-f]{32}")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_XTEXT = re.compile(r"\+([0-9A-F]{2})")
_HEAD = "text/rfc822-headers"
_MAILS = ("message/rfc822", "message/rfc822-headers", "message/global", "message/global-headers")


@dataclass(frozen=True, slots=True)
class Bounce:
    """What became of a mail for one of its recipients.

    `message_id` and `key` (X-Idempotency-Key) are of the original mail, as far as it is quoted.
    `recipient` is the address as the sender wrote it, else the one that was tried at last; `action`
    and `status` are RFC 3464's (2.3.3, 2.3.4), `diagnostic` the server's words on one line.
    """

    message_id: str | None
    key: str | None
    recipient: str | None
    action: str
    status: str
    diagnostic: str

    @property
    def is_permanent(self) -> bool:
        """Tell whether the mail will never arrive: the server has given it up (RFC 3464 2.3.3).

        The status may be 5.x.x, or 4.x.x where it gave up after days of trying.
        """
        return self.action == "failed" and self.status.startswith(("4.", "5."))


def is_delivery_report(head: bytes) -> bool:
    """Tell by its headers whether a message is a report of delivery.

    A vacation answer, a read receipt and a person's reply are not. `Auto-Submitted` is not asked:
    mail servers write `auto-replied` on their reports too.
    """
    try:
        read = received_head(head)
        return read is not None and _is_report(read)
    except Exception:
        # What the library cannot take apart is no report.
        return False


def read_bounces(message: bytes) -> tuple[Bounce, ...]:
    """Return what a message reports, a recipient each; nothing where it is no report of delivery.

    Never raises: anybody may write to a mailbox.
    """
    try:
        read = received_message(message)
        return () if read is None else tuple(_bounces(read))
    except Exception:
        # What the library cannot take apart reports nothing.
        return ()


def _is_report(message: Message) -> bool:
    kind = message.get_param("report-type")
    return (
        message.get_content_type() == "multipart/report"
        and isinstance(kind, str)
        and kind.lower() == "delivery-status"
    )


def _bounces(message: Message) -> Iterator[Bounce]:
    if not _is_report(message):
        return
    parts = parts_of(message)
    status = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    original = next((found for part in parts if (found := _original(part)) is not None), None)
    if not status or original is None:
        return
    message_id = _found(_MESSAGE_ID, _header(original, "Message-ID"))
    key = _found(_KEY, _header(original, "X-Idempotency-Key"))
    # The first block is about the mail as a whole, the others about one recipient each.
    for block in parts_of(status[0])[1 : 1 + _MOST_RECIPIENTS]:
        code = _found(_STATUS, _header(block, "Status"))
        if code is not None:
            yield Bounce(
                message_id,
                key,
                _address(block),
                _header(block, "Action").lower(),
                code,
                _after_type(_header(block, "Diagnostic-Code")),
            )


def _original(part: Message) -> Message | None:
    """Return the mail that the report is about, or its head."""
    kind = part.get_content_type()
    if kind in _MAILS:
        return next(iter(parts_of(part)), None)
    if kind == _HEAD:
        content = part.get_payload(decode=True)
        return message_from_bytes(content, policy=compat32) if isinstance(content, bytes) else None
    return None


def _address(block: Message) -> str | None:
    """Return the address as it was first written (RFC 3461 4.2 tells how), else the last one."""
    original = _XTEXT.sub(
        lambda match: chr(int(match[1], 16)), _after_type(_header(block, "Original-Recipient"))
    )
    address = _one_line(original) or _after_type(_header(block, "Final-Recipient"))
    return address.strip("<> ").lower() or None


def _after_type(value: str) -> str:
    """Return what stands after `rfc822;` or `smtp;`."""
    return value.partition(";")[2].strip()


def _found(pattern: re.Pattern[str], value: str) -> str | None:
    match = pattern.search(value)
    return match[0] if match else None


def _header(message: Message, name: str) -> str:
    return _one_line(str(message.get(name, ""))[: 2 * _LONGEST_WORDS])


def _one_line(value: str) -> str:
    """Leave out what cannot be seen, or not be stored."""
    seen = "".join(letter if letter.isprintable() else " " for letter in value)
    return " ".join(seen.split())[:_LONGEST_WORDS]
