"""What independent parsers make of a feed around each change of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
import vobject
from icalendar import Calendar

from calendars import KeptEntry, MeetingEntry, Window, join, read_calendar
from calendars.entry_bytes import entry_bytes
from scheduler.domain.language import Language
from tests.unit.calendars.samples import DUTY, HEAD, MEETING, meeting

CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))
OSLO = ZoneInfo("Europe/Oslo")


def around_the_changes() -> list[MeetingEntry]:
    """A meeting at 09:00, at 00:30 and at 23:00 on each of the five days around each change."""
    days = [change + timedelta(days=shift) for change in CHANGES for shift in range(-2, 3)]
    hours = ((time(0, 30), time(1, 30)), (time(9), time(11)), (time(23), time(23, 30)))
    return [
        meeting(uid=f"{day}-{starts:%H%M}@aarshjul", starts_on=day, starts=starts, ends=ends)
        for day in days
        for starts, ends in hours
    ]


MEETINGS = around_the_changes()


def feed_of(entries: list[MeetingEntry]) -> bytes:
    return join(
        HEAD,
        [KeptEntry(e.begins, e.uid, entry_bytes(e, language=Language.BOKMAL)) for e in entries],
    )


def instants(entries: list[MeetingEntry]) -> dict[str, tuple[datetime, datetime]]:
    return {
        entry.uid: (
            entry.begins.replace(tzinfo=OSLO).astimezone(UTC),
            datetime.combine(entry.starts_on, entry.ends, OSLO).astimezone(UTC),
        )
        for entry in entries
    }


def test_the_sample_stands_on_both_sides_of_each_change() -> None:
    offsets = {
        change: [
            datetime.combine(change + timedelta(days=shift), time(9), OSLO).utcoffset()
            for shift in (-1, 0)
        ]
        for change in CHANGES
    }
    winter, summer = timedelta(hours=1), timedelta(hours=2)

    assert list(offsets.values()) == [
        [winter, summer],
        [summer, winter],
        [winter, summer],
        [summer, winter],
    ]


def test_icalendar_reads_the_same_instants() -> None:
    events = Calendar.from_ical(feed_of(MEETINGS)).walk("VEVENT")

    assert {
        str(event["UID"]): (
            event["DTSTART"].dt.astimezone(UTC),
            event["DTEND"].dt.astimezone(UTC),
        )
        for event in events
    } == instants(MEETINGS)


def test_vobject_reads_the_same_instants_by_the_zone_in_the_feed() -> None:
    # A name that no program knows makes vobject use the rules that stand in the feed.
    feed = feed_of(MEETINGS).replace(b"Europe/Oslo", b"Aarshjul/Test")

    events = vobject.readOne(feed.decode()).vevent_list

    assert {
        event.uid.value: (
            event.dtstart.value.astimezone(UTC),
            event.dtend.value.astimezone(UTC),
        )
        for event in events
    } == instants(MEETINGS)


def test_recurring_ical_events_reads_the_same_instants() -> None:
    query = recurring_ical_events.of(Calendar.from_ical(feed_of(MEETINGS)))

    events = query.between((2026, 1, 1), (2028, 1, 1))

    assert {
        str(event["UID"]): (
            event["DTSTART"].dt.astimezone(UTC),
            event["DTEND"].dt.astimezone(UTC),
        )
        for event in events
    } == instants(MEETINGS)


def test_our_own_reader_reads_the_same_local_times() -> None:
    found = read_calendar(feed_of(MEETINGS), window=Window(date(2026, 1, 1), date(2027, 12, 31)))

    assert found.problems == ()
    assert {entry.uid: (entry.starts, entry.ends) for entry in found.entries} == {
        entry.uid: (entry.begins, datetime.combine(entry.starts_on, entry.ends))
        for entry in MEETINGS
    }


def test_vobject_finds_every_text_as_it_was_written() -> None:
    content = entry_bytes(MEETING, language=Language.BOKMAL)
    feed = join(HEAD, [KeptEntry(MEETING.begins, MEETING.uid, content)])

    calendar = vobject.readOne(feed.decode())

    assert calendar.x_wr_calname.value == "Årshjul, Sør-Fron"
    assert calendar.vevent.summary.value == "Ressursgruppe, møte 2"
    assert calendar.vevent.location.value == "Møterom Å, rådhuset"
    assert calendar.vevent.description.value == (
        "Flyttet fra tirsdag 2. mars kl. 12.30\nSaksliste:\n1. Status for tiltak; høst\n\n"
        "Delta på nett: https://teams.example/l/meetup,1;2\n"
        "Les mer: https://aarshjul.example/moter/17"
    )


@pytest.mark.parametrize("day", [*CHANGES, date(2027, 2, 26)])
def test_a_duty_is_one_day_also_when_the_day_is_not_24_hours(day: date) -> None:
    entry = DUTY.__class__(
        uid=DUTY.uid, sequence=0, changed_at=DUTY.changed_at, title="Frist", due_on=day
    )
    content = entry_bytes(entry, language=Language.BOKMAL)

    feed = join(HEAD, [KeptEntry(entry.begins, entry.uid, content)])

    event = vobject.readOne(feed.decode()).vevent
    assert (event.dtstart.value, event.dtend.value) == (day, day + timedelta(days=1))
    events = recurring_ical_events.of(Calendar.from_ical(feed)).at(day)
    assert [str(found["UID"]) for found in events] == [DUTY.uid]
