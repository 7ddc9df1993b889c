"""Calendars of others: a council's plan, a school's year, and files that are no calendars."""

from __future__ import annotations

import tracemalloc
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars import (
    CalendarReadError,
    EntryProblem,
    ImportedCalendar,
    ImportedEntry,
    ProblemCode,
    ReadFault,
    ReadLimits,
    Window,
    read_calendar,
)
from tests.unit.calendars.broken_files import WINDOW, broken_files, hostile_files
from tests.unit.calendars.samples import crlf

Span = tuple[str, str, str]


def read(text: str, **changes: ReadLimits) -> ImportedCalendar:
    content = crlf(f"BEGIN:VCALENDAR\nVERSION:2.0\n{text.strip()}\nEND:VCALENDAR\n")
    return read_calendar(content, window=WINDOW, **changes)


def event(*lines: str) -> str:
    return "\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"])


def spans(found: ImportedCalendar) -> list[Span]:
    return [
        (f"{e.starts:%Y-%m-%d %H:%M}", f"{e.ends:%Y-%m-%d %H:%M}", e.title) for e in found.entries
    ]


def problems(found: ImportedCalendar) -> list[tuple[ProblemCode, int, str]]:
    return [(problem.code, problem.line, problem.value) for problem in found.problems]


def test_a_council_plan_is_read_with_its_name_times_and_days() -> None:
    found = read("""
X-WR-CALNAME:Møteplan\\, kommunestyret
BEGIN:VEVENT
UID:1
SUMMARY:Kommunestyret\\, budsjett
DTSTART;TZID=Europe/Oslo:20261216T180000
DTEND;TZID=Europe/Oslo:20261216T210000
DESCRIPTION:Saksliste
  kommer
BEGIN:VALARM
TRIGGER:-PT15M
SUMMARY:ikke tittelen
END:VALARM
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:Vinterferie
DTSTART;VALUE=DATE:20270222
DTEND;VALUE=DATE:20270227
TRANSP:TRANSPARENT
END:VEVENT
""")

    assert found == ImportedCalendar(
        name="Møteplan, kommunestyret",
        entries=(
            ImportedEntry(
                uid="1",
                title="Kommunestyret, budsjett",
                starts=datetime(2026, 12, 16, 18),  # noqa: DTZ001 - civil time, as in the next.
                ends=datetime(2026, 12, 16, 21),  # noqa: DTZ001
            ),
            ImportedEntry(
                uid="2",
                title="Vinterferie",
                starts=datetime(2027, 2, 22),  # noqa: DTZ001
                ends=datetime(2027, 2, 27),  # noqa: DTZ001
            ),
        ),
        problems=(),
    )
    assert [(e.first_on, e.last_on) for e in found.entries] == [
        (date(2026, 12, 16), date(2026, 12, 16)),
        (date(2027, 2, 22), date(2027, 2, 26)),
    ]


@pytest.mark.parametrize(
    ("start", "local"),
    [
        ("DTSTART:20270115T090000", "09:00"),
        ("DTSTART:20270115T090000Z", "10:00"),
        ("DTSTART:20270615T090000Z", "11:00"),
        ("DTSTART;TZID=Europe/London:20270115T090000", "10:00"),
        ("DTSTART;TZID=W. Europe Standard Time:20270615T090000", "09:00"),
        ('DTSTART;TZID="Romance Standard Time":20270615T090000', "09:00"),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Oslo:20270615T090000", "09:00"),
        ("DTSTART;TZID=/mozilla.org/20050126_1/Europe/London:20270615T090000", "10:00"),
        ("DTSTART;TZID=UTC:20270615T090000", "11:00"),
        ("DTSTART;TZID=Eget navn:20270615T090000", "09:00"),
    ],
)
def test_times_of_any_zone_come_back_as_ours(start: str, local: str) -> None:
    zone = """
BEGIN:VTIMEZONE
TZID:Eget navn
BEGIN:STANDARD
DTSTART:16010101T030000
RRULE:FREQ=SECONDLY
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
    found = read(zone.strip() + "\n" + event("UID:1", start, "DURATION:PT1H"))

    assert problems(found) == []
    assert [f"{entry.starts:%H:%M}" for entry in found.entries] == [local]


@pytest.mark.parametrize(
    "name",
    [
        "Sted som ikke finnes",
        "Europe",
        "../../etc/passwd",
        "America/Oslo",
        "posix",
        "Europe/" + "a/" * 400 + "Oslo",
    ],
)
def test_an_entry_in_an_unknown_zone_is_left_out_and_told(name: str) -> None:
    found = read(event("UID:1", "SUMMARY:A", f"DTSTART;TZID={name}:20270115T090000"))

    assert found.entries == ()
    told = name if len(name) <= 100 else name[:99] + "…"
    assert found.problems == (
        EntryProblem(code=ProblemCode.UNKNOWN_ZONE, line=6, title="A", value=told),
    )


def test_a_zone_of_one_file_is_not_remembered_for_the_next() -> None:
    zone = """
BEGIN:VTIMEZONE
TZID:Kontorets tid
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700601T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""
    entry = event("UID:1", "DTSTART;TZID=Kontorets tid:20270115T090000")

    assert spans(read(zone.strip() + "\n" + entry)) == [("2027-01-15 09:00",) * 2 + ("",)]
    assert problems(read(entry)) == [(ProblemCode.UNKNOWN_ZONE, 5, "Kontorets tid")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DTSTART;VALUE=DATE:20270115"], ("2027-01-15 00:00", "2027-01-16 00:00")),
        (
            ["DTSTART;VALUE=DATE:20270115", "DTEND;VALUE=DATE:20270115"],
            ("2027-01-15 00:00", "2027-01-16 00:00"),
        ),
        (
            ["DTSTART;VALUE=DATE:20270115", "DURATION:P3D"],
            ("2027-01-15 00:00", "2027-01-18 00:00"),
        ),
        (["DTSTART:20270115T090000"], ("2027-01-15 09:00", "2027-01-15 09:00")),
        (
            ["DTSTART;TZID=Europe/Oslo:20270327T230000", "DURATION:PT5H"],
            ("2027-03-27 23:00", "2027-03-28 05:00"),
        ),
        (
            ["DTSTART:20270115T090000", "DTEND;TZID=Europe/London:20270115T090000"],
            ("2027-01-15 09:00", "2027-01-15 10:00"),
        ),
    ],
)
def test_the_end_is_what_the_file_says_or_what_the_standard_says(
    lines: list[str], expected: tuple[str, str]
) -> None:
    assert spans(read(event("UID:1", *lines))) == [(*expected, "")]


def test_midnight_to_midnight_ends_on_the_day_before() -> None:
    found = read(event("UID:1", "DTSTART:20270222T000000", "DTEND:20270227T000000"))

    # Outlook writes whole days so.
    assert [(e.first_on, e.last_on) for e in found.entries] == [
        (date(2027, 2, 22), date(2027, 2, 26))
    ]


def test_only_what_touches_the_window_comes_back() -> None:
    found = read(
        "\n".join(
            event(f"UID:{day}", f"DTSTART;VALUE=DATE:{day}", f"DTEND;VALUE=DATE:{end}")
            for day, end in [
                ("20260725", "20260801"),
                ("20260725", "20260802"),
                ("20270731", "20270910"),
                ("20270801", "20270802"),
            ]
        )
    )

    assert [entry.first_on for entry in found.entries] == [date(2026, 7, 25), date(2027, 7, 31)]


def test_a_weekly_meeting_keeps_its_hour_over_the_change_of_the_clock() -> None:
    found = read(
        event(
            "UID:1",
            "SUMMARY:Formannskap",
            "DTSTART;TZID=Europe/Oslo:20270317T090000",
            "DTEND;TZID=Europe/Oslo:20270317T110000",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;TZID=Europe/Oslo:20270324T090000",
            "RDATE;TZID=Europe/Oslo:20270402T120000",
        )
    )

    assert spans(found) == [
        ("2027-03-17 09:00", "2027-03-17 11:00", "Formannskap"),
        ("2027-03-31 09:00", "2027-03-31 11:00", "Formannskap"),
        ("2027-04-02 12:00", "2027-04-02 14:00", "Formannskap"),
        ("2027-04-07 09:00", "2027-04-07 11:00", "Formannskap"),
    ]


@pytest.mark.parametrize(
    "mark",
    ["EXDATE:20270118T080000Z", "EXDATE;VALUE=DATE:20270118", "EXDATE:20270118T090000"],
)
def test_an_occurrence_is_taken_out_however_it_is_named(mark: str) -> None:
    found = read(
        event(
            "UID:1",
            "DTSTART;TZID=Europe/Oslo:20270111T090000",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            mark,
        )
    )

    assert [f"{e.starts:%d.%m}" for e in found.entries] == ["11.01", "25.01"]


def test_a_moved_occurrence_stands_where_it_was_moved_to() -> None:
    series = event("UID:1", "SUMMARY:A", "DTSTART:20270111T090000", "RRULE:FREQ=WEEKLY;COUNT=4")
    moved = event(
        "UID:1", "SUMMARY:A, flyttet", "RECURRENCE-ID:20270118T090000", "DTSTART:20270119T120000"
    )
    dropped = event(
        "UID:1", "STATUS:CANCELLED", "RECURRENCE-ID:20270125T080000Z", "DTSTART:20270125T090000"
    )

    found = read("\n".join([moved, series, dropped]))

    assert spans(found) == [
        ("2027-01-11 09:00", "2027-01-11 09:00", "A"),
        ("2027-01-19 12:00", "2027-01-19 12:00", "A, flyttet"),
        ("2027-02-01 09:00", "2027-02-01 09:00", "A"),
    ]


def test_a_cancelled_entry_is_left_out_without_a_word() -> None:
    found = read(event("UID:1", "DTSTART:20270111T090000", "STATUS:CANCELLED"))

    assert (found.entries, found.problems) == ((), ())


def test_of_what_can_stand_once_the_first_is_meant_and_the_others_are_not_looked_at() -> None:
    found = read(event("DTSTART:20270111T090000", "SUMMARY:A", "SUMMARY;=:B", "DTSTART:i morgen"))

    assert ([entry.title for entry in found.entries], found.problems) == (["A"], ())


def test_the_same_entry_twice_is_one() -> None:
    entry = event("UID:1", "DTSTART:20270111T090000")

    assert len(read(f"{entry}\n{entry}").entries) == 1


@pytest.mark.parametrize(
    ("lines", "code", "line", "value"),
    [
        (["SUMMARY:A"], ProblemCode.NO_START, 3, ""),
        (["DTSTART:i morgen"], ProblemCode.BAD_TIME, 5, "i morgen"),
        (["DTSTART:PT1H"], ProblemCode.BAD_TIME, 5, "PT1H"),
        (["DTSTART:20270230T090000"], ProblemCode.BAD_TIME, 5, "20270230T090000"),
        (["DTSTART:20270111T090000", "DTEND:x"], ProblemCode.BAD_TIME, 6, "x"),
        (["DTSTART:20270111T090000", "DURATION:x"], ProblemCode.BAD_TIME, 6, "x"),
        (
            ["DTSTART:20270111T090000", "DURATION:P999999999D"],
            ProblemCode.BAD_TIME,
            5,
            "20270111T090000",
        ),
        (
            ["DTSTART:20270111T090000", "DTEND;VALUE=DATE:20270112"],
            ProblemCode.BAD_TIME,
            6,
            "20270112",
        ),
        (
            ["DTSTART:20270111T090000", "DTEND:20270111T080000"],
            ProblemCode.ENDS_BEFORE_START,
            6,
            "20270111T080000",
        ),
        (
            ["DTSTART:20270111T090000", "RRULE:FREQ=OFTEN"],
            ProblemCode.BAD_RULE,
            6,
            "FREQ=OFTEN",
        ),
        (
            ["DTSTART:20270111T090000", "RRULE:FREQ=DAILY;INTERVAL=0"],
            ProblemCode.BAD_RULE,
            6,
            "FREQ=DAILY;INTERVAL=0",
        ),
        (
            ["DTSTART:20270111T090000", "RRULE:FREQ=HOURLY"],
            ProblemCode.UNSUPPORTED_RULE,
            6,
            "FREQ=HOURLY",
        ),
        (
            ["DTSTART:20270111T090000", "RRULE:FREQ=YEARLY;BYWEEKNO=20"],
            ProblemCode.UNSUPPORTED_RULE,
            6,
            "FREQ=YEARLY;BYWEEKNO=20",
        ),
        (
            ["DTSTART:20270111T090000", "RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"],
            ProblemCode.UNSUPPORTED_RULE,
            7,
            "FREQ=WEEKLY",
        ),
        (
            ["DTSTART:20270111T090000", "RECURRENCE-ID;RANGE=THISANDFUTURE:20270111T090000"],
            ProblemCode.UNSUPPORTED_RULE,
            6,
            "20270111T090000",
        ),
        (["DTSTART;=:20270111T090000"], ProblemCode.BAD_LINE, 5, ""),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_is_kept(
    lines: list[str], code: ProblemCode, line: int, value: str
) -> None:
    good = event("UID:2", "SUMMARY:God", "DTSTART;VALUE=DATE:20270110")

    found = read("\n".join([event("UID:1", *lines), good]))

    assert problems(found) == [(code, line, value)]
    assert [entry.title for entry in found.entries] == ["God"]


def test_a_note_folded_wrongly_does_no_harm() -> None:
    found = read(
        event("UID:1", "DTSTART;VALUE=DATE:20270110", "DESCRIPTION:En lang", "tekst: uten innrykk")
    )

    assert (len(found.entries), found.problems) == (1, ())


def test_an_older_code_page_is_read_and_told() -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Møte på rådhuset\n"
    text += "DTSTART;VALUE=DATE:20270110\nEND:VEVENT\nEND:VCALENDAR\n"

    found = read_calendar(text.encode("cp1252"), window=WINDOW)

    assert [entry.title for entry in found.entries] == ["Møte på rådhuset"]
    assert problems(found) == [(ProblemCode.NOT_UTF8, 1, "")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff", "\n\n"])
def test_any_line_end_and_a_byte_order_mark_are_read(line_end: str, mark: str) -> None:
    lines = [
        "BEGIN:VCALENDAR",
        event("SUMMARY:Lang ", " tittel", "DTSTART:20270110"),
        "END:VCALENDAR",
    ]
    text = mark + "\n".join(lines)

    found = read_calendar(text.replace("\n", line_end).encode(), window=WINDOW)

    assert [entry.title for entry in found.entries] == ["Lang tittel"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", ReadFault.EMPTY),
        (b" \r\n \n", ReadFault.EMPTY),
        (b"\xef\xbb\xbf", ReadFault.EMPTY),
        (b"<!DOCTYPE html><html><body>Logg inn</body></html>", ReadFault.HTML),
        (b"\n  <html>", ReadFault.HTML),
        (b"PK\x03\x04xlsx", ReadFault.NOT_A_CALENDAR),
        (b"%PDF-1.7", ReadFault.NOT_A_CALENDAR),
        (b"BEGIN:VCARD\r\nEND:VCARD\r\n", ReadFault.NOT_A_CALENDAR),
        (b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", ReadFault.NOT_A_CALENDAR),
        (b"dato;tid;sted\n2027-01-10;09:00;Vinstra\n", ReadFault.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\nHei", ReadFault.NOT_A_CALENDAR),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", ReadFault.CUT_OFF),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2027", ReadFault.CUT_OFF),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", ReadFault.UNREADABLE),
        (b"BEGIN:VCALENDAR\r\n" * 11 + b"END:VCALENDAR\r\n" * 11, ReadFault.UNREADABLE),
    ],
)
def test_what_is_no_whole_calendar_is_refused(content: bytes, fault: ReadFault) -> None:
    with pytest.raises(CalendarReadError) as caught:
        read_calendar(content, window=WINDOW)

    assert caught.value.fault is fault


def test_an_empty_calendar_is_a_calendar() -> None:
    found = read_calendar(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", window=WINDOW)

    assert found == ImportedCalendar(name="", entries=(), problems=())


DAILY = event("UID:1", "DTSTART;VALUE=DATE:20260801", "RRULE:FREQ=DAILY")
# An occurrence that does not count takes as much work.
TAKEN_OUT = event(
    "UID:2",
    "DTSTART;VALUE=DATE:20260801",
    "RRULE:FREQ=DAILY;COUNT=90",
    *(f"EXDATE;VALUE=DATE:{date(2026, 8, 1) + timedelta(days=day):%Y%m%d}" for day in range(90)),
)


@pytest.mark.parametrize(
    ("text", "limits", "fault", "limit", "found"),
    [
        (DAILY, ReadLimits(size=100), ReadFault.TOO_LARGE, 100, 125),
        (f"{DAILY}\n{DAILY}", ReadLimits(events=1), ReadFault.TOO_MANY_EVENTS, 1, 2),
        (DAILY, ReadLimits(lines=6), ReadFault.TOO_LARGE, 6, 8),
        (f"{DAILY}\n{DAILY}", ReadLimits(entries=365), ReadFault.TOO_MANY_OCCURRENCES, 365, None),
        (DAILY, ReadLimits(entries=364), ReadFault.TOO_MANY_OCCURRENCES, 364, None),
        (
            f"{DAILY}\n{TAKEN_OUT}",
            ReadLimits(steps=4400),
            ReadFault.TOO_MANY_OCCURRENCES,
            4400,
            None,
        ),
        (DAILY, ReadLimits(steps=300), ReadFault.TOO_MANY_OCCURRENCES, 300, None),
        (
            event("UID:1", "DTSTART:00010101", "RRULE:FREQ=YEARLY;BYDAY=1MO;COUNT=1000000000"),
            ReadLimits(steps=20_000),
            ReadFault.TOO_MANY_OCCURRENCES,
            20_000,
            None,
        ),
    ],
)
def test_a_file_beyond_a_limit_is_refused_with_the_limit(
    text: str, limits: ReadLimits, fault: ReadFault, limit: int, found: int | None
) -> None:
    with pytest.raises(CalendarReadError) as caught:
        read(text, limits=limits)

    assert (caught.value.fault, caught.value.limit, caught.value.found) == (fault, limit, found)


def test_a_file_just_inside_the_limits_is_read() -> None:
    assert len(read(DAILY, limits=ReadLimits(size=125, events=1, entries=365)).entries) == 365


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="first_on"):
        Window(date(2027, 1, 2), date(2027, 1, 1))


@settings(max_examples=250, deadline=None, derandomize=True)
@given(content=st.one_of(broken_files, hostile_files))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        found = read_calendar(content, window=WINDOW)
    except CalendarReadError:
        return
    for entry in found.entries:
        assert entry.first_on <= WINDOW.last_on
        assert entry.last_on >= WINDOW.first_on


def test_a_large_file_takes_no_more_memory_than_its_largest_event() -> None:
    def file(events: int) -> bytes:
        lines = ["BEGIN:VCALENDAR"]
        for number in range(events):
            lines += ["BEGIN:VEVENT", f"UID:{number}", "DTSTART:19990105T090000Z"]
            lines += [f"SUMMARY:Møte {number}", "DESCRIPTION:" + "x" * 60, "END:VEVENT"]
        return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()

    small, large = file(1), file(1500)
    read_calendar(small, window=WINDOW)
    tracemalloc.start()
    try:
        found = read_calendar(large, window=WINDOW)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert found.entries == ()
    assert peak < len(large) / 2
