"""The answer to an invitation that a calendar program writes (RFC 5546 section 3.2.3)."""

import re
from datetime import UTC, datetime
from typing import Final
from urllib.parse import unquote

from calendars.blocks import Block, Property, blocks, events_in
from calendars.errors import CalendarReadError
from calendars.text import mail_address
from scheduler.domain.calendar_reply import CalendarReply, ReplyWord

# Google repeats the whole invitation in its replies, which takes a few thousand bytes.
_LONGEST: Final = 65_536
_LONGEST_UID: Final = 255
_WANTED: Final = frozenset({"METHOD", "UID", "DTSTAMP", "SEQUENCE", "ATTENDEE", "RECURRENCE-ID"})
# Of this century: what no database or zone can trip over.
_MOMENT: Final = re.compile(r"20[0-9]{6}T[0-9]{6}Z")
_NUMBER: Final = re.compile(r"[0-9]{1,9}")


def read_reply(content: bytes) -> CalendarReply | None:
    """Return what a calendar part answers, or None where it is not a plain answer of one person.

    None are a counter-proposal, an answer that was delegated, one to a part of a series, and
    anything that is cut off, broken or too large. ORGANIZER is not asked for: Exchange leaves it
    out. Never raises.
    """
    if len(content) > _LONGEST:
        return None
    # All that is read is ASCII in the invitation, whatever the charset of the words around it.
    if events_in(content) != 1:
        return None
    try:
        *others, calendar = blocks(content, wanted=_WANTED)
    except CalendarReadError:
        return None
    events = [part for part in others if part.name == "VEVENT"]
    method = _only(calendar, "METHOD")
    if method is None or method.value.upper() != "REPLY" or len(events) != 1:
        return None
    return None if any(part.name == "VCALENDAR" for part in others) else _reply(events[0])


def _reply(event: Block) -> CalendarReply | None:
    uid, stamp, attendee = (_only(event, name) for name in ("UID", "DTSTAMP", "ATTENDEE"))
    if uid is None or stamp is None or attendee is None or event.bad_lines:
        return None
    if event.first("RECURRENCE-ID") is not None:
        return None
    address, word = _address(attendee), _word(attendee)
    sequence, made_at = _sequence(event), _moment(stamp.value)
    if address is None or word is None or sequence is None or made_at is None:
        return None
    if not 0 < len(uid.value) <= _LONGEST_UID or not uid.value.isprintable():
        return None
    return CalendarReply(
        uid=uid.value, attendee=address, word=word, sequence=sequence, made_at=made_at
    )


def _only(block: Block, name: str) -> Property | None:
    found = block.all(name)
    return found[0] if len(found) == 1 else None


def _address(attendee: Property) -> str | None:
    """Return the address; Apple may write a path of its own, and the address beside it."""
    scheme, _, rest = attendee.value.partition(":")
    named = rest if scheme.lower() == "mailto" else attendee.parameters.get("EMAIL", "")
    address = unquote(named).strip().lower()
    return None if mail_address(address) is None else address


def _word(attendee: Property) -> ReplyWord | None:
    if "DELEGATED-TO" in attendee.parameters or "DELEGATED-FROM" in attendee.parameters:
        return None
    try:
        return ReplyWord(attendee.parameters.get("PARTSTAT", "").upper())
    except ValueError:
        return None


def _sequence(event: Block) -> int | None:
    """Return the number of the invitation; one without it is the first (RFC 5545 3.8.7.4)."""
    if not event.all("SEQUENCE"):
        return 0
    found = _only(event, "SEQUENCE")
    return int(found.value) if found is not None and _NUMBER.fullmatch(found.value) else None


def _moment(value: str) -> datetime | None:
    if not _MOMENT.fullmatch(value):
        return None
    try:
        return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
