"""The feeds of five municipalities for 2026 and 2027, as seven independent programs read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject
from icalendar import Calendar

from scheduler.domain.enums import DutyState, FeedDetail, FeedScope, MeetingState
from scheduler.domain.language import Language
from scheduler.language.titles import duty_title
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.subscriptions import find_subscription
from tests.e2e.feeds.conftest import FORMS, PLANS, Feeds, name_of
from tests.e2e.feeds.readers import READERS, Found, read_by_javascript, read_by_khal

OSLO = ZoneInfo("Europe/Oslo")
GROUPS = {plan: [name_of(plan, scope) for scope in FeedScope] for plan in PLANS}
GROUPS["other forms"] = list(FORMS)
NAMES = [name for names in GROUPS.values() for name in names]
CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))
# What stands before a title, and in its place where a feed only says that somebody is busy.
CANCELLED = {
    Language.BOKMAL: "AVLYST: ",
    Language.NYNORSK: "AVLYST: ",
    Language.ENGLISH: "CANCELLED: ",
}
DONE = {Language.BOKMAL: "Ferdig: ", Language.NYNORSK: "Ferdig: ", Language.ENGLISH: "Done: "}
NOT_NEEDED = {
    Language.BOKMAL: "IKKE AKTUELT: ",
    Language.NYNORSK: "IKKJE AKTUELT: ",
    Language.ENGLISH: "NOT NEEDED: ",
}
BUSY = {Language.ENGLISH: "Busy"}
DEADLINE = {Language.ENGLISH: "Deadline"}


def rows_of(feeds: Feeds, name: str) -> Found:
    """Return what stands in the rows of a feed, by our own arithmetic."""
    with feeds.site.database.read() as session:
        subscription = find_subscription(session, feeds.secrets[name])
        assert subscription is not None
        contents = feed_contents(
            session, subscription.target, owner_id=None, today=date(2026, 1, 5)
        )
    language = subscription.options.language
    only_busy = subscription.options.detail is FeedDetail.BUSY
    found: Found = {}
    for meeting in contents.meetings:
        starts, ends = (
            datetime.combine(meeting.held_on, clock, OSLO).astimezone(UTC)
            for clock in (meeting.starts, meeting.ends)
        )
        title = BUSY[language] if only_busy else meeting.title
        if meeting.state is MeetingState.CANCELLED:
            title = CANCELLED[language] + title
        found[meeting.uid] = (f"{starts:%Y-%m-%dT%H:%MZ}", f"{ends:%Y-%m-%dT%H:%MZ}", title)
    for duty in contents.duties:
        day_after = duty.due_on + timedelta(days=1)
        title = DEADLINE[language] if only_busy else duty_title(duty, language)
        if duty.state is DutyState.DONE:
            title = DONE[language] + title
        elif duty.state is DutyState.CANCELLED:
            title = NOT_NEEDED[language] + title
        found[duty.uid] = (duty.due_on.isoformat(), day_after.isoformat(), title)
    return found


@pytest.fixture(scope="module")
def rows(feeds: Feeds) -> dict[str, Found]:
    """What stands in the rows of every feed."""
    return {name: rows_of(feeds, name) for name in NAMES}


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("reader", READERS)
def test_a_python_library_reads_what_stands_in_the_rows(
    feeds: Feeds, rows: dict[str, Found], group: str, reader: str
) -> None:
    names = GROUPS[group]

    found = {name: READERS[reader](feeds.body(name)) for name in names}

    assert found == {name: rows[name] for name in names}


@pytest.mark.parametrize("library", ["ical.js", "node-ical"])
def test_a_javascript_library_reads_what_stands_in_the_rows(
    feeds: Feeds, rows: dict[str, Found], javascript: Path, library: str
) -> None:
    bodies = {name: feeds.body(name) for name in NAMES}

    assert read_by_javascript(library, bodies, javascript) == rows


def test_khal_shows_what_vdirsyncer_fetched(
    feeds: Feeds, rows: dict[str, Found], tmp_path: Path
) -> None:
    found = read_by_khal({name: feeds.address(name) for name in NAMES}, tmp_path)

    # Vdirsyncer gives what it fetches over HTTP a UID of its own, made from the content.
    assert {name: sorted(entries) for name, entries in found.items()} == {
        name: sorted(entries.values()) for name, entries in rows.items()
    }


def test_no_feed_is_compared_with_nothing(rows: dict[str, Found]) -> None:
    assert [name for name, entries in rows.items() if not entries] == []


def test_a_cancelled_and_a_moved_meeting_are_in_every_other_form(rows: dict[str, Found]) -> None:
    moved = ("2026-06-17T10:30Z", "2026-06-17T12:00Z")

    assert {
        name: (
            sum(
                "T" in starts and title.startswith(("AVLYST", "CANCELLED"))
                for starts, _ends, title in rows[name].values()
            ),
            sum((starts, ends) == moved for starts, ends, _title in rows[name].values()),
        )
        for name in FORMS
    } == dict.fromkeys(FORMS, (1, 1))


@pytest.mark.parametrize(
    ("name", "meeting", "duty"),
    [
        ("nynorsk_hour", timedelta(hours=-1), timedelta(hours=8)),
        ("english_title_day", timedelta(days=-1), timedelta(hours=-16)),
        ("english_busy_quarter", timedelta(minutes=-15), timedelta(hours=8)),
    ],
)
def test_icalendar_and_vobject_find_the_same_alarms_and_none_where_nothing_is_to_come(
    feeds: Feeds, rows: dict[str, Found], name: str, meeting: timedelta, duty: timedelta
) -> None:
    over = (*CANCELLED.values(), *DONE.values(), *NOT_NEEDED.values())
    expected = {
        uid: [] if title.startswith(over) else [meeting if "T" in at else duty]
        for uid, (at, _ends, title) in rows[name].items()
    }
    body = feeds.body(name)

    assert {
        str(event["UID"]): [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")]
        for event in Calendar.from_ical(body).walk("VEVENT")
    } == expected
    assert {
        event.uid.value: [alarm.trigger.value for alarm in event.contents.get("valarm", [])]
        for event in vobject.readOne(body.decode()).vevent_list
    } == expected


def test_the_feeds_stand_on_both_sides_of_both_clock_changes_of_both_years(
    rows: dict[str, Found],
) -> None:
    days = sorted(
        {
            date.fromisoformat(starts[:10])
            for entries in rows.values()
            for starts, _ends, _title in entries.values()
            if "T" in starts
        }
    )
    near = timedelta(days=21)

    assert {
        (
            change,
            any(change - near <= day < change for day in days),
            any(change <= day <= change + near for day in days),
        )
        for change in CHANGES
    } == {(change, True, True) for change in CHANGES}
