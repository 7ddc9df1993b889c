"""The whole bytes of one entry, for each state, detail, written form and alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from calendars import Alarm, BadEntryError, Detail, Entry
from calendars.entry_bytes import changed_later, entry_bytes
from scheduler.domain.enums import DutyState, MeetingState
from scheduler.domain.language import Language
from tests.unit.calendars.samples import DUTY, MEETING, crlf, duty, meeting


def test_a_planned_meeting_has_its_times_place_agenda_and_links() -> None:
    assert entry_bytes(MEETING, language=Language.BOKMAL) == crlf("""
BEGIN:VEVENT
UID:6f1d@aarshjul
DTSTAMP:20261103T083015Z
LAST-MODIFIED:20261103T083015Z
SEQUENCE:2
DTSTART;TZID=Europe/Oslo:20270309T123000
DTEND;TZID=Europe/Oslo:20270309T140000
SUMMARY:Ressursgruppe\\, møte 2
LOCATION:Møterom Å\\, rådhuset
DESCRIPTION:Flyttet fra tirsdag 2. mars kl. 12.30\\nSaksliste:\\n1. Status f
 or tiltak\\; høst\\n\\nDelta på nett: https://teams.example/l/meetup\\,1\\;2
 \\nLes mer: https://aarshjul.example/moter/17
URL:https://aarshjul.example/moter/17
CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL=Delta på nett:https://teams.exam
 ple/l/meetup,1;2
CATEGORIES:Ressursgruppe
STATUS:CONFIRMED
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
""")


def test_a_cancelled_meeting_says_so_in_its_title_and_is_free() -> None:
    cancelled = meeting(
        state=MeetingState.CANCELLED, sequence=3, moved_from=None, conference_url=None
    )

    assert entry_bytes(cancelled, language=Language.NYNORSK, alarm=Alarm.DAY) == crlf("""
BEGIN:VEVENT
UID:6f1d@aarshjul
DTSTAMP:20261103T083015Z
LAST-MODIFIED:20261103T083015Z
SEQUENCE:3
DTSTART;TZID=Europe/Oslo:20270309T123000
DTEND;TZID=Europe/Oslo:20270309T140000
SUMMARY:AVLYST: Ressursgruppe\\, møte 2
LOCATION:Møterom Å\\, rådhuset
DESCRIPTION:Saksliste:\\n1. Status for tiltak\\; høst\\n\\nLes meir: https://
 aarshjul.example/moter/17
URL:https://aarshjul.example/moter/17
CATEGORIES:Ressursgruppe
STATUS:CANCELLED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
END:VEVENT
""")


def test_a_meeting_with_title_only_shows_nothing_else_but_its_times() -> None:
    content = entry_bytes(MEETING, language=Language.BOKMAL, detail=Detail.TITLE)

    assert content == crlf("""
BEGIN:VEVENT
UID:6f1d@aarshjul
DTSTAMP:20261103T083015Z
LAST-MODIFIED:20261103T083015Z
SEQUENCE:2
DTSTART;TZID=Europe/Oslo:20270309T123000
DTEND;TZID=Europe/Oslo:20270309T140000
SUMMARY:Ressursgruppe\\, møte 2
STATUS:CONFIRMED
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
""")


@pytest.mark.parametrize(
    ("language", "title"),
    [(Language.BOKMAL, "Opptatt"), (Language.NYNORSK, "Oppteken"), (Language.ENGLISH, "Busy")],
)
def test_a_busy_meeting_shows_not_even_its_title(language: Language, title: str) -> None:
    content = entry_bytes(MEETING, language=language, detail=Detail.BUSY)

    assert content == crlf(f"""
BEGIN:VEVENT
UID:6f1d@aarshjul
DTSTAMP:20261103T083015Z
LAST-MODIFIED:20261103T083015Z
SEQUENCE:2
DTSTART;TZID=Europe/Oslo:20270309T123000
DTEND;TZID=Europe/Oslo:20270309T140000
SUMMARY:{title}
STATUS:CONFIRMED
TRANSP:OPAQUE
X-MICROSOFT-CDO-BUSYSTATUS:BUSY
END:VEVENT
""")


def test_a_duty_is_a_whole_day_that_takes_no_time() -> None:
    assert entry_bytes(DUTY, language=Language.BOKMAL, alarm=Alarm.DAY) == crlf("""
BEGIN:VEVENT
UID:d0e5@aarshjul
DTSTAMP:20261103T083015Z
LAST-MODIFIED:20261103T083015Z
SEQUENCE:0
DTSTART;VALUE=DATE:20270226
DTEND;VALUE=DATE:20270227
SUMMARY:Send innkalling: Ressursgruppe
DESCRIPTION:Frist etter planen\\n\\nLes mer: https://aarshjul.example/oppgav
 er/4
URL:https://aarshjul.example/oppgaver/4
CATEGORIES:Ressursgruppe
STATUS:CONFIRMED
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Send innkalling: Ressursgruppe
TRIGGER:-PT16H
END:VALARM
END:VEVENT
""")


@pytest.mark.parametrize(
    ("state", "language", "title", "status"),
    [
        (DutyState.OPEN, Language.BOKMAL, "Referat", "CONFIRMED"),
        (DutyState.IN_REVIEW, Language.BOKMAL, "Referat", "CONFIRMED"),
        (DutyState.DONE, Language.BOKMAL, "Ferdig: Referat", "CONFIRMED"),
        (DutyState.NOT_APPLICABLE, Language.BOKMAL, "IKKE AKTUELT: Referat", "CANCELLED"),
        (DutyState.NOT_APPLICABLE, Language.NYNORSK, "IKKJE AKTUELT: Referat", "CANCELLED"),
        (DutyState.CANCELLED, Language.ENGLISH, "NOT NEEDED: Referat", "CANCELLED"),
    ],
)
def test_a_duty_shows_its_state_in_its_title(
    state: DutyState, language: Language, title: str, status: str
) -> None:
    entry = duty(state=state, title="Referat", description=(), url=None, categories=())

    assert entry_bytes(entry, language=language) == crlf(f"""
BEGIN:VEVENT
UID:d0e5@aarshjul
DTSTAMP:20261103T083015Z
LAST-MODIFIED:20261103T083015Z
SEQUENCE:0
DTSTART;VALUE=DATE:20270226
DTEND;VALUE=DATE:20270227
SUMMARY:{title}
STATUS:{status}
TRANSP:TRANSPARENT
X-MICROSOFT-CDO-BUSYSTATUS:FREE
X-MICROSOFT-CDO-ALLDAYEVENT:TRUE
END:VEVENT
""")


@pytest.mark.parametrize(
    ("entry", "alarm", "trigger"),
    [
        (MEETING, Alarm.NONE, None),
        (MEETING, Alarm.QUARTER_HOUR, b"-PT15M"),
        (MEETING, Alarm.HOUR, b"-PT1H"),
        (MEETING, Alarm.DAY, b"-P1D"),
        (meeting(state=MeetingState.MOVED), Alarm.HOUR, b"-PT1H"),
        (meeting(state=MeetingState.CANCELLED), Alarm.HOUR, None),
        (DUTY, Alarm.NONE, None),
        (DUTY, Alarm.HOUR, b"PT8H"),
        (duty(state=DutyState.IN_REVIEW), Alarm.DAY, b"-PT16H"),
        (duty(state=DutyState.DONE), Alarm.DAY, None),
        (duty(state=DutyState.CANCELLED), Alarm.DAY, None),
    ],
)
def test_an_alarm_rings_only_when_asked_for_and_only_for_what_stands(
    entry: Entry, alarm: Alarm, trigger: bytes | None
) -> None:
    lines = entry_bytes(entry, language=Language.BOKMAL, alarm=alarm).split(b"\r\n")

    expected = [] if trigger is None else [b"TRIGGER:" + trigger]
    assert [line for line in lines if line.startswith(b"TRIGGER")] == expected


@pytest.mark.parametrize("state", [MeetingState.MOVED, MeetingState.HELD])
def test_whether_a_meeting_was_moved_or_held_shows_in_no_byte(state: MeetingState) -> None:
    planned = entry_bytes(MEETING, language=Language.BOKMAL)

    assert entry_bytes(meeting(state=state), language=Language.BOKMAL) == planned


def test_a_meeting_without_place_is_where_its_link_leads() -> None:
    content = entry_bytes(meeting(place=" "), language=Language.BOKMAL)

    lines = content.split(b"\r\n")
    assert [line for line in lines if line.startswith(b"LOCATION")] == [
        b"LOCATION:https://teams.example/l/meetup\\,1\\;2"
    ]


def test_an_empty_title_is_said_to_be_missing() -> None:
    content = entry_bytes(meeting(title="\x00 \r\n"), language=Language.NYNORSK)

    lines = content.split(b"\r\n")
    assert [line for line in lines if line.startswith(b"SUMMARY")] == [b"SUMMARY:Utan tittel"]


def test_a_long_agenda_never_cuts_off_the_links() -> None:
    content = entry_bytes(meeting(description=("x" * 10_000,)), language=Language.BOKMAL)

    unfolded = content.replace(b"\r\n ", b"")
    assert unfolded.count("…\\n\\nDelta på nett: https://teams.example/".encode()) == 1
    assert unfolded.count(b"Les mer: https://aarshjul.example/moter/17\r\n") == 1


def test_the_bytes_are_the_same_every_time() -> None:
    first = entry_bytes(MEETING, language=Language.BOKMAL, alarm=Alarm.DAY)

    assert entry_bytes(meeting(), language=Language.BOKMAL, alarm=Alarm.DAY) == first


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"uid": ""}, "uid"),
        ({"uid": "a\r\nBEGIN:VEVENT"}, "uid"),
        ({"uid": "å@aarshjul"}, "uid"),
        ({"sequence": -1}, "sequence"),
        ({"sequence": 2**31}, "sequence"),
        ({"changed_at": datetime(2026, 1, 1)}, "changed_at"),  # noqa: DTZ001 - it is refused.
        ({"changed_at": datetime(2026, 1, 1, tzinfo=timezone(timedelta(hours=1)))}, "changed_at"),
        ({"starts_on": date(1960, 1, 1)}, "starts_on"),
        ({"starts_on": date.max}, "starts_on"),
        ({"starts": time(9, tzinfo=UTC)}, "starts"),
        ({"ends": time(12, 30)}, "ends"),
        ({"ends": time(9)}, "ends"),
        ({"state": MeetingState.PROPOSED}, "state"),
    ],
)
def test_values_that_no_calendar_could_show_are_refused(
    changes: dict[str, object], field: str
) -> None:
    with pytest.raises(BadEntryError) as caught:
        meeting(**changes)

    assert caught.value.field == field


def test_a_duty_at_the_end_of_time_is_refused() -> None:
    with pytest.raises(BadEntryError) as caught:
        duty(due_on=date.max)

    assert (caught.value.uid, caught.value.field) == ("d0e5@aarshjul", "due_on")


@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize(
    "entry",
    [
        MEETING,
        DUTY,
        meeting(title="DTSTAMP:20261103T083015Z", description=("LAST-MODIFIED:20261103T083015Z",)),
        meeting(changed_at=datetime(2026, 11, 3, 8, 30, 15, 999999, tzinfo=UTC)),
    ],
)
def test_an_entry_that_is_changed_later_is_the_one_that_would_have_been_made_then(
    entry: Entry, detail: Detail
) -> None:
    later = datetime(2027, 1, 4, 9, 0, 0, 1, tzinfo=timezone(timedelta(hours=1)))
    made = entry_bytes(entry, language=Language.BOKMAL, detail=detail, alarm=Alarm.DAY)
    made_later = entry_bytes(
        replace(entry, changed_at=later.astimezone(UTC)),
        language=Language.BOKMAL,
        detail=detail,
        alarm=Alarm.DAY,
    )

    assert changed_later(made, entry.changed_at, later) == made_later != made
