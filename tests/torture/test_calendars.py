"""Ten thousand hostile entries and calendars, each of which must stay what it is."""

from __future__ import annotations

import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calendars import (
    Alarm,
    CalendarReadError,
    Detail,
    Entry,
    FeedHead,
    KeptEntry,
    join,
    read_calendar,
)
from calendars.entry_bytes import entry_bytes
from scheduler.domain.language import Language
from tests.unit.calendars.broken_files import WINDOW, broken_files, hostile_files
from tests.unit.calendars.hostile import check_entry, check_feed, entries, heads

long_run = settings(
    max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@long_run
@given(entry=entries, detail=st.sampled_from(Detail), alarm=st.sampled_from(Alarm))
def test_any_text_makes_one_entry_of_known_lines(
    entry: Entry, detail: Detail, alarm: Alarm
) -> None:
    check_entry(entry, detail, alarm)


@long_run
@given(head=heads, entry=entries)
def test_any_text_leaves_the_other_entries_alone(head: FeedHead, entry: Entry) -> None:
    check_feed(head, entry)


@settings(long_run, max_examples=2_000)
@given(head=heads, entry=entries)
def test_vobject_reads_any_text_as_one_entry(head: FeedHead, entry: Entry) -> None:
    content = entry_bytes(entry, language=Language.ENGLISH)

    feed = join(head, [KeptEntry(entry.begins, entry.uid, content)])

    calendars = list(vobject.readComponents(feed.decode()))
    assert [[event.uid.value for event in found.vevent_list] for found in calendars] == [
        [entry.uid]
    ]


@long_run
@given(content=st.one_of(broken_files, hostile_files))
def test_any_file_is_read_or_refused(content: bytes) -> None:
    try:
        found = read_calendar(content, window=WINDOW)
    except CalendarReadError:
        return
    for entry in found.entries:
        assert entry.first_on <= WINDOW.last_on
        assert entry.last_on >= WINDOW.first_on
