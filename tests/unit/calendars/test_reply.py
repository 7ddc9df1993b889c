"""What an answer from a calendar program says, and everything that is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import read_reply
from scheduler.domain.calendar_reply import CalendarReply, ReplyWord

LINES = """\
BEGIN:VCALENDAR
VERSION:2.0
METHOD:REPLY
BEGIN:VEVENT
UID:6f1d@aarshjul
DTSTAMP:20270111T090000Z
SEQUENCE:2
ATTENDEE;PARTSTAT=ACCEPTED;CN="Nordmann, Kari":mailto:kari@sor-fron.example
COMMENT:Jeg har en sak i retten
END:VEVENT
END:VCALENDAR
"""
READ = CalendarReply(
    uid="6f1d@aarshjul",
    attendee="kari@sor-fron.example",
    word=ReplyWord.ACCEPTED,
    sequence=2,
    made_at=datetime(2027, 1, 11, 9, 0, tzinfo=UTC),
)


def with_line(old: str, new: str) -> bytes:
    assert old in LINES
    return LINES.replace(old, new).encode()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_reply_is_five_values_and_no_comment(line_end: str) -> None:
    assert read_reply(LINES.replace("\n", line_end).encode()) == READ
    assert "retten" not in repr(READ)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("mailto:kari@", "MAILTO:Kari@"),
        ("mailto:kari@sor-fron", "mailto:kari%40sor-fron"),
        ("mailto:kari@sor-fron.example", "urn:uuid:1"),
        ("METHOD:REPLY", "method:reply"),
        ("PARTSTAT=ACCEPTED", "partstat=accepted"),
        ("SEQUENCE:2", "SEQUENCE:2\nX-LIC-ERROR:æøå"),
        ("Nordmann, Kari", "Kåri 日本"),
    ],
)
def test_the_same_reply_may_be_written_in_other_ways(old: str, new: str) -> None:
    content = with_line(old, new).replace(b';CN="', b';EMAIL="kari@sor-fron.example";CN="')
    assert read_reply(content) == READ
    assert read_reply(content.decode().encode("cp1252", errors="replace")) == READ
    assert read_reply(b"\xef\xbb\xbf" + content) == READ


def test_an_invitation_without_a_number_is_the_first() -> None:
    found = read_reply(with_line("SEQUENCE:2\n", ""))
    assert found is not None
    assert found.sequence == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("METHOD:REPLY", "METHOD:COUNTER"),
        ("METHOD:REPLY", "METHOD:REQUEST"),
        ("METHOD:REPLY\n", ""),
        ("METHOD:REPLY", "METHOD:REPLY\nMETHOD:COUNTER"),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=DELEGATED"),
        ("PARTSTAT=ACCEPTED", 'PARTSTAT=ACCEPTED;DELEGATED-TO="mailto:ola@x.example"'),
        ("PARTSTAT=ACCEPTED", 'PARTSTAT=ACCEPTED;DELEGATED-FROM="mailto:ola@x.example"'),
        ("PARTSTAT=ACCEPTED", "PARTSTAT=NEEDS-ACTION"),
        ("PARTSTAT=ACCEPTED;", ""),
        ("mailto:kari@sor-fron.example", "mailto:"),
        ("mailto:kari@sor-fron.example", "urn:uuid:1"),
        ("mailto:kari@sor-fron.example", "mailto:kari%00@sor-fron.example"),
        ("ATTENDEE;", "ATTENDEE:mailto:ola@x.example\nATTENDEE;"),
        ("ATTENDEE;", "ATTENDEE;;;="),
        ("UID:6f1d@aarshjul", "UID:"),
        ("UID:6f1d@aarshjul", "UID:6f1d\x00@aarshjul"),
        ("UID:6f1d@aarshjul", "UID:" + "6" * 256),
        ("UID:6f1d@aarshjul\n", ""),
        ("UID:6f1d@aarshjul", "UID:6f1d@aarshjul\nRECURRENCE-ID:20270202T080000Z"),
        ("DTSTAMP:20270111T090000Z\n", ""),
        ("DTSTAMP:20270111T090000Z", "DTSTAMP:20270111T090000"),
        ("DTSTAMP:20270111T090000Z", "DTSTAMP:20270231T090000Z"),
        ("DTSTAMP:20270111T090000Z", "DTSTAMP:00010101T000000Z"),
        ("DTSTAMP:20270111T090000Z", "DTSTAMP:٢٠٢٧٠١١١T٠٩٠٠٠٠Z"),
        ("SEQUENCE:2", "SEQUENCE:-1"),
        ("SEQUENCE:2", "SEQUENCE:" + "9" * 5000),
        ("SEQUENCE:2", "SEQUENCE:2\nSEQUENCE:3"),
        ("END:VEVENT\n", ""),
        ("END:VEVENT", "END:VTODO"),
        ("BEGIN:VEVENT", "BEGIN:VTODO"),
        ("END:VCALENDAR", "END:VCALENDAR\nBEGIN:VCALENDAR\nMETHOD:COUNTER\nEND:VCALENDAR"),
        ("END:VEVENT\n", "END:VEVENT\nBEGIN:VEVENT\nUID:x\nEND:VEVENT\n"),
        ("END:VEVENT\n", "END:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\n" * 2000),
        ("VERSION:2.0\n", "BEGIN:X\n" * 8000),
        ("COMMENT:Jeg", "COMMENT:" + "x" * 70_000),
    ],
)
def test_what_is_no_plain_answer_of_one_person_says_nothing(old: str, new: str) -> None:
    assert read_reply(with_line(old, new)) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 60_000,
        b"\xff\xfe" + LINES.encode("utf-16-le"),
        b"<html>",
        LINES[:80].encode(),
    ],
)
def test_what_is_no_calendar_says_nothing(content: bytes) -> None:
    assert read_reply(content) is None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    at=st.integers(0, LINES.count("\n") - 1),
    line=st.text(st.sampled_from('"^;:,=\\ \t\x00ÅA/\n'), max_size=40),
    is_added=st.booleans(),
)
def test_a_wild_line_anywhere_leaves_values_that_can_be_stored_or_nothing(
    at: int, line: str, is_added: bool
) -> None:
    lines = LINES.splitlines()
    lines[at : at + (not is_added)] = [line]
    found = read_reply("\n".join(lines).encode()) or READ
    assert (found.word, found.made_at) == (READ.word, READ.made_at)
    assert (found.uid + found.attendee).isprintable()
