"""Files that are nearly calendars: lines of real ones, mixed, cut and written over."""

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
