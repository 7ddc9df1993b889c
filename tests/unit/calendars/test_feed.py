"""Whole calendars: their head, their order, and what is refused."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar

from calendars import (
    BadFeedHeadError,
    DuplicateUidError,
    Entry,
    EntryCountError,
    FeedHead,
    KeptEntry,
    etag,
    join,
)
from calendars.entry_bytes import entry_bytes
from scheduler.domain.language import Language
from tests.unit.calendars.samples import DUTY, HEAD, MEETING, crlf, meeting

HEAD_LINES = """
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//aarshjul//aarshjul//NB
CALSCALE:GREGORIAN
NAME:Årshjul\\, Sør-Fron
X-WR-CALNAME:Årshjul\\, Sør-Fron
DESCRIPTION:Møter og frister\\; barn\\, unge og familier
X-WR-CALDESC:Møter og frister\\; barn\\, unge og familier
X-WR-TIMEZONE:Europe/Oslo
COLOR:seagreen
REFRESH-INTERVAL;VALUE=DURATION:PT2H
X-PUBLISHED-TTL:PT2H
BEGIN:VTIMEZONE
TZID:Europe/Oslo
X-LIC-LOCATION:Europe/Oslo
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def kept(entry: Entry) -> KeptEntry:
    return KeptEntry(entry.begins, entry.uid, entry_bytes(entry, language=Language.BOKMAL))


def test_a_feed_without_entries_is_a_whole_calendar() -> None:
    feed = join(HEAD, [])

    assert feed == crlf(HEAD_LINES + "END:VCALENDAR\n")
    assert Calendar.from_ical(feed).walk("VEVENT") == []


def test_entries_stand_between_the_zone_and_the_end_by_start_and_then_uid() -> None:
    first = kept(DUTY)
    second = kept(MEETING)
    third = kept(meeting(uid="7a@aarshjul"))

    feed = join(HEAD, [third, second, first])

    body = first.content + second.content + third.content
    assert feed == crlf(HEAD_LINES) + body + b"END:VCALENDAR\r\n"
    assert join(HEAD, iter([first, third, second])) == feed


def test_an_entry_that_comes_twice_stands_once() -> None:
    assert join(HEAD, [kept(MEETING), kept(DUTY), kept(MEETING)]) == join(
        HEAD, [kept(DUTY), kept(MEETING)]
    )


def test_two_different_entries_under_one_uid_are_refused() -> None:
    with pytest.raises(DuplicateUidError) as caught:
        join(HEAD, [kept(MEETING), kept(meeting(place="Et annet sted"))])

    assert caught.value.uid == "6f1d@aarshjul"


@pytest.mark.parametrize(("content", "found"), [(kept(DUTY).content * 2, 3), (b"", 1)])
def test_bytes_with_another_number_of_entries_are_refused(content: bytes, found: int) -> None:
    odd = KeptEntry(datetime(2027, 1, 1), "x@aarshjul", content)  # noqa: DTZ001 - civil time.

    with pytest.raises(EntryCountError) as caught:
        join(HEAD, [kept(MEETING), odd])

    assert (caught.value.expected, caught.value.found) == (2, found)


def test_the_same_bytes_have_the_same_strong_tag() -> None:
    assert etag(b"") == '"e3b0c44298fc1c149afbf4c8996fb924"'
    assert etag(join(HEAD, [kept(MEETING)])) == etag(join(HEAD, [kept(meeting())]))
    assert etag(join(HEAD, [kept(MEETING)])) != etag(join(HEAD, [kept(meeting(sequence=3))]))


def test_a_hostile_name_stays_inside_its_line() -> None:
    head = FeedHead(
        name="A\r\nMETHOD:REQUEST\x00", description="B\nUID:1", language=Language.ENGLISH
    )

    lines = join(head, []).split(b"\r\n")

    assert lines[2:8] == [
        b"PRODID:-//aarshjul//aarshjul//EN",
        b"CALSCALE:GREGORIAN",
        b"NAME:A METHOD:REQUEST",
        b"X-WR-CALNAME:A METHOD:REQUEST",
        b"DESCRIPTION:B UID:1",
        b"X-WR-CALDESC:B UID:1",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"colour": "#336699"}, "colour"),
        ({"colour": "red\r\nUID:1"}, "colour"),
        ({"refresh": timedelta(minutes=59)}, "refresh"),
        ({"refresh": timedelta(hours=5)}, "refresh"),
    ],
)
def test_a_head_that_clients_would_not_accept_is_refused(
    changes: dict[str, object], field: str
) -> None:
    values: dict[str, object] = {"name": "A", "description": "B", "language": Language.BOKMAL}

    with pytest.raises(BadFeedHeadError) as caught:
        FeedHead(**(values | changes))  # type: ignore[arg-type]  # some are wrong on purpose.

    assert caught.value.field == field
