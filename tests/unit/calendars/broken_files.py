"""Files that are nearly calendars: lines of real ones, mixed, cut, written over and made up."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from calendars import Window

WINDOW = Window(date(2026, 8, 1), date(2027, 7, 31))

LINES = (
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VALARM",
    "END:VALARM",
    "BEGIN:VTIMEZONE",
    "TZID:Eget",
    "BEGIN:STANDARD",
    "TZOFFSETTO:+0100",
    "RRULE:FREQ=SECONDLY",
    "END:STANDARD",
    "END:VTIMEZONE",
    "UID:1",
    "UID:1",
    "SUMMARY:Kommunestyre",
    "SUMMARY;LANGUAGE=nb:Møte\\, Å",
    "DTSTART:20270101T090000",
    "DTSTART:20270101T090000Z",
    "DTSTART;TZID=Europe/Oslo:20270328T023000",
    "DTSTART;TZID=Eget:20271031T023000",
    "DTSTART;TZID=../../etc/passwd:20270101T090000",
    "DTSTART;TZID=Europe:20270101T090000",
    'DTSTART;TZID="W. Europe Standard Time":20270101T090000',
    "DTSTART;VALUE=DATE:20270101",
    "DTSTART;VALUE=DATE:00010101",
    "DTSTART;VALUE=DATE:99991231",
    "DTSTART:99991231T235959Z",
    "DTSTART:00010101T000000Z",
    "DTSTART:20270101T090000/PT1H",
    "DTSTART:PT1H",
    "DTSTART:20271301T990000",
    "DTSTART:",
    "DTEND:20270101T100000",
    "DTEND;VALUE=DATE:20270103",
    "DTEND;VALUE=DATE:99991231",
    "DURATION:PT1H",
    "DURATION:-P1W",
    "DURATION:P999999999D",
    "DURATION:P99999999999999999999W",
    "RRULE:FREQ=DAILY;COUNT=3",
    "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;UNTIL=20270601",
    "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z",
    "RRULE:FREQ=MONTHLY;BYDAY=-1FR",
    "RRULE:FREQ=MONTHLY;BYMONTHDAY=31",
    "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "RRULE:FREQ=YEARLY;BYWEEKNO=20",
    "RRULE:FREQ=HOURLY",
    "RRULE:FREQ=",
    "RRULE:COUNT=2",
    "RRULE:FREQ=DAILY;COUNT=x",
    "RRULE:FREQ=DAILY;INTERVAL=0",
    "RRULE:FREQ=DAILY;INTERVAL=99999999999999999999",
    "RRULE:FREQ=WEEKLY;BYDAY=XX",
    "RRULE:FREQ=WEEKLY;WKST=9",
    "RRULE:",
    "RDATE;VALUE=DATE:20270201,20270301",
    "RDATE;VALUE=PERIOD:20270101T090000Z/PT1H",
    "EXDATE:20270102T090000",
    "EXDATE;VALUE=DATE:20270102,,x",
    "EXRULE:FREQ=DAILY",
    "RECURRENCE-ID:20270102T090000",
    "RECURRENCE-ID;RANGE=THISANDFUTURE:20270102T090000",
    "STATUS:CANCELLED",
    "TRANSP:TRANSPARENT",
    "SUMMARY;X=\x01:a",
    "SUMMARY",
    "=;:",
    " ",
    "\tog mer",
    "",
    "X-A;B=\"c",
    "END:VCALENDAR",
    "BEGIN:VCALENDAR",
    "<html>",
    "\x00",
)  # fmt: skip

# Values that a strict reader would not write, put together anew in each file.
_dates = st.sampled_from(
    [
        "20270101", "20270101T100000", "20270101T100000Z", "00010101", "99991231T235959Z",
        "00010101T000000", "20270229", "20270101T240000", "20270101T235960", "120000", "120000Z",
        "P1D", "-PT1H", "20270101/P1D", "20270101T100000Z/20270102T100000Z", "20270101T100000-2359",
        "00000000", "２０２７0101", "20270101t100000z", "20270328T023000", "", "æ", "\x00",
    ]
)  # fmt: skip
_zones = st.sampled_from(
    [
        "", "", "Europe/Oslo", "W. Europe Standard Time", "Pacific/Kiritimati", "Eget", "Europe",
        "/a/b/c/Europe/Oslo", ".", "..", "/", "zone.tab", "localtime", "x\x00y", "a/" * 400,
        "/" * 500, "é" * 300,
    ]
)  # fmt: skip
_numbers = st.sampled_from(
    [
        "0", "1", "-1", "31", "-366", "53", "9" * 30, "9" * 5000, "", "x", "MO", "TU,FR", "-1FR",
        "53SU", "0MO", "+1MO", "2L", "２", "1.5", ",", "=",
    ]
)  # fmt: skip
_names = st.sampled_from(
    [
        "INTERVAL",
        "COUNT",
        "BYMONTH",
        "BYMONTHDAY",
        "BYDAY",
        "BYSETPOS",
        "WKST",
        "BYWEEKNO",
        "FREQ",
        "byday",
    ]
)
_rules = st.tuples(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "monthly", ""]),
    st.lists(
        st.one_of(
            st.tuples(_names, _numbers).map("=".join),
            _dates.map(lambda text: f"UNTIL={text}"),
        ),
        max_size=3,
    ),
).map(lambda parts: ";".join([f"RRULE:FREQ={parts[0]}", *parts[1]]))
_times = st.tuples(
    st.sampled_from(["DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"]),
    _zones,
    st.lists(_dates, min_size=1, max_size=3).map(",".join),
).map(
    lambda parts: (
        f'{parts[0]};TZID="{parts[1]}":{parts[2]}' if parts[1] else f"{parts[0]}:{parts[2]}"
    )
)
_lengths = st.sampled_from(["PT1H", "-P1D", "P3650000D", "P" + "9" * 5000 + "D", "P١D", "P", ""])
_hostile_events = st.tuples(
    st.sampled_from(["DTSTART:20270101", "DTSTART:00010101", "DTSTART:20260105T090000Z"]),
    st.lists(st.one_of(_times, _rules, _lengths.map(lambda text: f"DURATION:{text}")), max_size=5),
).map(lambda parts: ["BEGIN:VEVENT", "UID:1", parts[0], *parts[1], "END:VEVENT"])

hostile_files = st.lists(_hostile_events, min_size=1, max_size=3).map(
    lambda events: "\r\n".join(
        ["BEGIN:VCALENDAR", *(line for event in events for line in event), "END:VCALENDAR"]
    ).encode()
)

_lines = st.lists(st.sampled_from(LINES), max_size=14)
_events = st.lists(
    st.lists(
        st.sampled_from([line for line in LINES if not line.startswith(("BEGIN", "END"))]),
        max_size=9,
    ).map(lambda lines: ["BEGIN:VEVENT", *lines, "END:VEVENT"]),
    max_size=4,
).map(lambda events: ["BEGIN:VCALENDAR", *(line for event in events for line in event)])
_whole = _events.map(lambda lines: [*lines, "END:VCALENDAR"])
_wrapped = _lines.map(lambda lines: ["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"])
_joined = st.tuples(
    st.one_of(_whole, _wrapped, _lines, _events), st.sampled_from(["\r\n", "\n", "\r"])
).map(lambda parts: parts[1].join(parts[0]).encode())

broken_files = st.one_of(_joined, st.binary(max_size=60))
