"""The feeds of five municipalities for 2026 and 2027, as seven independent programs read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.enums import FeedScope
from scheduler.domain.language import Language
from scheduler.language.titles import duty_title
from scheduler.usecases.feeds.contents import feed_contents
from scheduler.usecases.feeds.subscriptions import find_subscription
from tests.e2e.feeds.conftest import NOW, PLANS, Feeds, name_of
from tests.e2e.feeds.readers import READERS, Entry, Found, read_by_javascript, read_by_khal

OSLO = ZoneInfo("Europe/Oslo")
NAMES = [name_of(plan, scope) for plan in PLANS for scope in FeedScope]
CHANGES = (date(2026, 3, 29), date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31))


def rows_of(feeds: Feeds, name: str) -> Found:
    """Return what stands in the rows of a feed, by our own arithmetic."""
    with feeds.site.database.read() as session:
        subscription = find_subscription(session, feeds.secrets[name])
        assert subscription is not None
        contents = feed_contents(
            session, subscription.target, owner_id=None, now=NOW, today=date(2026, 1, 5)
        )
    found: Found = {}
    for meeting in contents.meetings:
        starts, ends = (
            datetime.combine(meeting.held_on, clock, OSLO).astimezone(UTC)
            for clock in (meeting.starts, meeting.ends)
        )
        found[meeting.uid] = (f"{starts:%Y-%m-%dT%H:%MZ}", f"{ends:%Y-%m-%dT%H:%MZ}", meeting.title)
    for duty in contents.duties:
        day_after = duty.due_on + timedelta(days=1)
        found[duty.uid] = (
            duty.due_on.isoformat(),
            day_after.isoformat(),
            duty_title(duty, Language.BOKMAL),
        )
    return found


def without_states(found: Found) -> Found:
    """Return the entries without the words that say how a deadline stands."""
    return {uid: without_state(entry) for uid, entry in found.items()}


def without_state(entry: Entry) -> Entry:
    """Return the entry without the word that a done deadline begins with."""
    starts, ends, title = entry
    return starts, ends, title.removeprefix("Ferdig: ")


@pytest.fixture(scope="module")
def rows(feeds: Feeds) -> dict[str, Found]:
    """What stands in the rows of every feed."""
    return {name: rows_of(feeds, name) for name in NAMES}


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("reader", READERS)
def test_a_python_library_reads_what_stands_in_the_rows(
    feeds: Feeds, rows: dict[str, Found], plan: str, reader: str
) -> None:
    names = [name_of(plan, scope) for scope in FeedScope]

    found = {name: without_states(READERS[reader](feeds.body(name))) for name in names}

    assert found == {name: rows[name] for name in names}


@pytest.mark.parametrize("library", ["ical.js", "node-ical"])
def test_a_javascript_library_reads_what_stands_in_the_rows(
    feeds: Feeds, rows: dict[str, Found], javascript: Path, library: str
) -> None:
    bodies = {name: feeds.body(name) for name in NAMES}

    found = read_by_javascript(library, bodies, javascript)

    assert {name: without_states(entries) for name, entries in found.items()} == rows


def test_khal_shows_what_vdirsyncer_fetched(
    feeds: Feeds, rows: dict[str, Found], tmp_path: Path
) -> None:
    found = read_by_khal({name: feeds.address(name) for name in NAMES}, tmp_path)

    # Vdirsyncer gives what it fetches over HTTP a UID of its own, made from the content.
    assert {
        name: sorted(without_state(entry) for entry in entries) for name, entries in found.items()
    } == {name: sorted(entries.values()) for name, entries in rows.items()}


def test_no_feed_is_compared_with_nothing(rows: dict[str, Found]) -> None:
    assert [name for name, entries in rows.items() if not entries] == []


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
