"""The kept bytes of entries joined into one calendar, with the tag that names its content."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final, NamedTuple

from icalendar import Calendar, vDuration

from calendars.errors import BadFeedHeadError, DuplicateUidError, EntryCountError
from calendars.text import ExactText, one_line
from calendars.timezone import TZID, VTIMEZONE
from scheduler.domain.language import Language

_LONGEST_NAME: Final = 200
_LONGEST_DESCRIPTION: Final = 1000
_SHORTEST_REFRESH: Final = timedelta(hours=1)
_LONGEST_REFRESH: Final = timedelta(hours=4)
_COLOUR_NAME: Final = re.compile("[a-z]{3,30}")
_END: Final = b"END:VCALENDAR\r\n"


class KeptEntry(NamedTuple):
    """The bytes of one entry, with its local start and its UID, by which feeds are ordered."""

    begins: datetime
    uid: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHead:
    """What a calendar says of itself.

    `colour` is a CSS colour name (RFC 7986 section 5.9); `refresh` is from one to four hours.
    Raises BadFeedHeadError for others.
    """

    name: str
    description: str
    language: Language
    colour: str = "seagreen"
    refresh: timedelta = timedelta(hours=2)

    def __post_init__(self) -> None:
        """Refuse what clients would not accept."""
        if not _COLOUR_NAME.fullmatch(self.colour):
            raise BadFeedHeadError(field="colour", value=self.colour)
        if not _SHORTEST_REFRESH <= self.refresh <= _LONGEST_REFRESH:
            raise BadFeedHeadError(field="refresh", value=str(self.refresh))


def join(head: FeedHead, entries: Iterable[KeptEntry]) -> bytes:
    """Return a whole calendar: the same entries give the same bytes, in any order.

    Entries are ordered by start, then UID. One that comes twice with the same bytes stands once
    (a person with two seats in one forum). Nothing at all gives a valid, empty calendar.
    Raises DuplicateUidError where one UID has different bytes, and EntryCountError where the
    bytes hold another number of entries than came in.
    """
    by_uid: dict[str, KeptEntry] = {}
    for entry in entries:
        if by_uid.setdefault(entry.uid, entry) != entry:
            raise DuplicateUidError(entry.uid)
    ordered = sorted(by_uid.values(), key=lambda entry: (entry.begins, entry.uid))
    feed = b"".join((opening(head), *(entry.content for entry in ordered), _END))
    found = feed.count(b"\r\nBEGIN:VEVENT\r\n")
    if found != len(ordered):
        raise EntryCountError(expected=len(ordered), found=found)
    return feed


def etag(content: bytes) -> str:
    """Return the strong entity tag of the bytes, in its quotes (RFC 9110 section 8.8.3)."""
    return f'"{sha256(content).hexdigest()[:32]}"'


def opening(head: FeedHead) -> bytes:
    """Return what stands before the first entry.

    No UID, which makes vdirsyncer take the calendar for one item, and no METHOD, which would
    change the meaning of DTSTAMP.
    """
    name = ExactText(one_line(head.name, _LONGEST_NAME))
    description = ExactText(one_line(head.description, _LONGEST_DESCRIPTION))
    refresh = vDuration(head.refresh)
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//aarshjul//aarshjul//{head.language.value.upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("description", description)
    calendar.add("x-wr-caldesc", description)
    calendar.add("x-wr-timezone", TZID)
    calendar.add("color", head.colour)
    calendar.add("refresh-interval", refresh, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(head.refresh))
    content: bytes = calendar.to_ical(sorted=False)
    return content.removesuffix(_END) + VTIMEZONE
