"""Finding the calendar part in a mail that answers an invitation (RFC 6047), and who sent it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

from scheduler.mail.received import parts_of, received_head, received_message

__all__ = ["ReplyMail", "may_hold_reply", "read_reply_mail"]

_CALENDARS = ("text/calendar", "application/ics")
_DEEPEST = 8
_LONGEST_HEADER = 1000

_ADDRESS = r"[^\s<>()\[\]\\,;:\"@]+@[^\s<>()\[\]\\,;:\"@]+"
# One sender and no more, written so that nobody can read it as another than the mail server did.
_FROM = re.compile(rf"\s*(?:({_ADDRESS})|(?:\"[^\"\\]*\"|[^\"<>@,;:]*)\s?<({_ADDRESS})>)\s*")

# RFC 8601, as ARC (RFC 8617) hands it on, and as Exchange writes it within an organisation.
_VERDICTS = (
    "Authentication-Results",
    "ARC-Authentication-Results",
    "X-MS-Exchange-Authentication-Results",
)
_FORGED = re.compile(r"\bdmarc\s*(?:/\s*\d+\s*)?=\s*fail\b", re.I)
_COMMENT = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class ReplyMail:
    """A mail with a calendar part: the sender's address, lower-cased, and the part's bytes.

    Nothing else of the mail is kept: what people write in it is not for the program.
    """

    sender: str
    calendar: bytes


def may_hold_reply(head: bytes) -> bool:
    """Tell by its headers whether a message may have a calendar part."""
    try:
        message = received_head(head)
        if message is None:
            return False
        kind = message.get_content_type()
        is_nested = message.get_content_maintype() == "multipart" and kind != "multipart/report"
        return is_nested or kind in _CALENDARS
    except Exception:
        # What the library cannot take apart holds nothing.
        return False


def read_reply_mail(message: bytes) -> ReplyMail | None:
    """Return the first calendar part of a message, with its one sender.

    None also for a mail which a server on its way has found to be forged (DMARC, RFC 7489): a
    forger has no reason to add that header, so it is believed without asking who wrote it.
    Never raises: anybody may write to a mailbox.
    """
    try:
        read = received_message(message)
        if read is None or _is_forged(read):
            return None
        sender = _sender(read)
        calendar = next(_calendars(read, _DEEPEST), None)
    except Exception:
        # What the library cannot take apart answers nothing.
        return None
    return ReplyMail(sender, calendar) if sender and calendar else None


def _is_forged(message: Message) -> bool:
    return any(_says_forged(str(each)) for name in _VERDICTS for each in message.get_all(name, []))


def _says_forged(verdict: str) -> bool:
    # Asked again for each depth of comments: a forger, whose own words may stand in the header,
    # could open one that swallows the verdict.
    for _ in range(_DEEPEST):
        if _FORGED.search(verdict):
            return True
        verdict, comments = _COMMENT.subn(" ", verdict)
        if not comments:
            return False
    return False


def _sender(message: Message) -> str | None:
    found = [str(each) for each in message.get_all("From", [])]
    if len(found) != 1 or len(found[0]) > _LONGEST_HEADER:
        return None
    match = _FROM.fullmatch(found[0])
    return (match[1] or match[2]).lower() if match else None


def _calendars(message: Message, deepest: int) -> Iterator[bytes]:
    """Yield the calendar parts, but for those of a mail that is quoted whole."""
    if message.get_content_maintype() == "multipart":
        for part in parts_of(message) if deepest else ():
            yield from _calendars(part, deepest - 1)
    elif message.get_content_type() in _CALENDARS:
        content = message.get_payload(decode=True)
        if isinstance(content, bytes):
            yield content
