"""Texts that try to break out of a calendar, and what must hold for any of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import strategies as st
from icalendar import Calendar

from calendars import (
    Alarm,
    Detail,
    DutyEntry,
    Entry,
    FeedHead,
    KeptEntry,
    MeetingEntry,
    join,
)
from calendars.entry_bytes import entry_bytes
from calendars.text import one_line
from scheduler.domain.enums import DutyState, MeetingState
from scheduler.domain.language import Language
from tests.unit.calendars.samples import DUTY, HEAD, duty, meeting

ATTACKS = (
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil\r\nEND:VEVENT\r\n",
    "\nEND:VCALENDAR\nBEGIN:VCALENDAR\n",
    "\rATTENDEE:mailto:evil@example.com\r",
    "\r\nMETHOD:CANCEL",
    "\r\n BEGIN:VALARM",
    "\x0bBEGIN:VEVENT\x0c",
    "\x85END:VEVENT\u2028BEGIN:VEVENT\u2029",
    "\\nEND:VEVENT\\N",
    "\\",
    "\\\\n",
    "\\,;:\"'^n^'",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\udfff\ud83d",
    "\ufeff",
    "\ufffe\uffff",
    "\u202eLIVSGE\u202c",
    "👩‍👩‍👧‍👦🇳🇴",
    "ø̈́",
    "\t",
    "=?utf-8?q?=0ABEGIN:VEVENT?=",
    "<script>alert(1)</script>",
    "x" * 10_000,
    "å" * 10_000,
    "😀" * 2_500,
    "\n" * 10_000,
)
ADDRESSES = (
    "https://aarshjul.example/møte?a=1,2;3",
    "https://x.example/\r\nATTENDEE:mailto:evil@example.com",
    "javascript:alert(1)",
    "https://[",
    "https://x.example/" + "a" * 3000,
    'https://x.example/";:,',
)
PROPERTIES = {
    "BEGIN", "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY",
    "LOCATION", "DESCRIPTION", "URL", "CONFERENCE", "CATEGORIES", "STATUS", "TRANSP",
    "X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT", "END",
}  # fmt: skip
ALARM_PROPERTIES = ("ACTION", "DESCRIPTION", "TRIGGER", "BEGIN", "END")
CONTROL = re.compile(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
NEIGHBOUR = replace(DUTY, uid="neighbour@aarshjul")

texts = st.lists(
    st.one_of(st.sampled_from(ATTACKS), st.text(st.characters(), max_size=40)), max_size=4
).map("".join)
addresses = st.one_of(st.none(), st.sampled_from(ADDRESSES), texts)
meetings = st.builds(
    meeting,
    title=texts,
    place=texts,
    description=st.lists(texts, max_size=3).map(tuple),
    moved_from=st.one_of(st.none(), texts),
    url=addresses,
    conference_url=addresses,
    categories=st.lists(texts, max_size=3).map(tuple),
    state=st.sampled_from([MeetingState.PLANNED, MeetingState.CANCELLED]),
)
duties = st.builds(
    duty,
    title=texts,
    description=st.lists(texts, max_size=3).map(tuple),
    url=addresses,
    categories=st.lists(texts, max_size=3).map(tuple),
    state=st.sampled_from(DutyState),
)
heads = st.builds(FeedHead, name=texts, description=texts, language=st.sampled_from(Language))
entries: st.SearchStrategy[Entry] = st.one_of(meetings, duties)


def check_entry(entry: MeetingEntry | DutyEntry, detail: Detail, alarm: Alarm) -> None:
    """Assert that an entry of any text is one well-formed entry with that text."""
    content = entry_bytes(entry, language=Language.BOKMAL, detail=detail, alarm=alarm)

    check_lines(content)
    found = Counter(_names(content))
    alarms = found["TRIGGER"]
    assert alarms <= 1
    own = found - Counter(dict.fromkeys(ALARM_PROPERTIES, alarms))
    assert set(own) <= PROPERTIES
    assert set(own.values()) == {1}
    _check_title(entry, detail, content)


def check_feed(head: FeedHead, entry: Entry) -> None:
    """Assert that a calendar of any name with an entry of any text harms no other entry."""
    neighbour = entry_bytes(NEIGHBOUR, language=Language.BOKMAL)
    content = entry_bytes(entry, language=Language.BOKMAL)

    feed = join(
        head,
        [
            KeptEntry(entry.begins, entry.uid, content),
            KeptEntry(NEIGHBOUR.begins, NEIGHBOUR.uid, neighbour),
        ],
    )

    check_lines(feed)
    opening = feed[: feed.index(b"BEGIN:VTIMEZONE\r\n")]
    assert set(_names(opening)) <= set(_names(join(HEAD, [])))
    assert feed.count(neighbour) == 1
    calendars = Calendar.from_ical(feed, multiple=True)
    uids = [str(event["UID"]) for calendar in calendars for event in calendar.walk("VEVENT")]
    assert (len(calendars), sorted(uids)) == (1, sorted([entry.uid, NEIGHBOUR.uid]))


def check_lines(content: bytes) -> None:
    assert content.endswith(b"\r\n")
    assert content.count(b"\r") == content.count(b"\n") == content.count(b"\r\n")
    assert CONTROL.search(content) is None
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8", "strict")


def _names(content: bytes) -> list[str]:
    unfolded = content.replace(b"\r\n ", b"").decode()
    return [re.split("[;:]", line)[0] for line in unfolded.split("\r\n")[:-1]]


def _check_title(entry: Entry, detail: Detail, content: bytes) -> None:
    if detail is Detail.BUSY:
        return
    (event,) = Calendar.from_ical(content, multiple=True)
    title = one_line(entry.title, 200) or "Uten tittel"
    assert str(event["SUMMARY"]) in {
        title, f"AVLYST: {title}", f"Ferdig: {title}", f"IKKE AKTUELT: {title}"
    }  # fmt: skip
