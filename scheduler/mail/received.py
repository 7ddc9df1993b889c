"""Taking a message apart that anybody may have written, with no more work than it is worth."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message
from email.policy import compat32

__all__ = ["LONGEST_READ", "parts_of", "received_head", "received_message"]

LONGEST_READ = 256 * 1024
"""How many bytes of a message are read."""

# The library's parser takes a time that grows with lines times nesting, and with the square of one
# header's parameters; these are many times what a mail server or a calendar program writes.
_MOST_LINES = 5000
_MOST_PARTS = 50
_LONGEST_TYPE = 1000

_TYPE_HEADER = re.compile(rb"^content-type:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*", re.I | re.M)


def received_message(message: bytes) -> Message | None:
    """Return the message, of which the first `LONGEST_READ` bytes are read; None for a wild one.

    The library raises whatever comes to it on what is no mail at all, here and when the parts are
    asked for what they hold: LookupError, TypeError, RecursionError among others.
    """
    return received_head(b"".join(message[:LONGEST_READ].splitlines(keepends=True)[:_MOST_LINES]))


def received_head(head: bytes) -> Message | None:
    """Return the headers of a message, as `received_message` does."""
    types = _TYPE_HEADER.findall(head)
    if len(types) > _MOST_PARTS or any(len(each) > _LONGEST_TYPE for each in types):
        return None
    return message_from_bytes(head, policy=compat32)


def parts_of(message: Message) -> list[Message]:
    """Return the parts right below; none where it is not made of parts."""
    parts = message.get_payload()
    if not isinstance(parts, list):
        return []
    return [part for part in parts if isinstance(part, Message)]
