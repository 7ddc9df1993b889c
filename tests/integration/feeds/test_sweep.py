"""Kept bytes that nobody can be given any more are thrown away, and no others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select, update

from scheduler.domain.enums import FeedDetail, FeedScope, ForumLevel
from scheduler.store.database import Database
from scheduler.store.tables import (
    FeedSource,
    FeedToken,
    Forum,
    Holder,
    KeptEntryBytes,
    KeptFeed,
    Meeting,
)
from scheduler.usecases.feeds.sweep import forget_closed, sweep_kept
from scheduler.usecases.open_questions import Answerer, decide_level
from scheduler.usecases.outbox import jobs_of
from tests.factories.office import SETTINGS, worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.feeds.changes import cancel, move
from tests.integration.feeds.subscriber import Subscriber, Town, make_subscriber

AGENDA, NAME, PLACE = "Årshjulet i år", "Kari Moen", "møterom 2"


@pytest.fixture
def here(sqlite_database: Database, now: datetime) -> Subscriber:
    """A town with a subscriber; one test below asks for all of it on PostgreSQL too."""
    return make_subscriber(sqlite_database, now)


def kept(here: Subscriber) -> tuple[str, str]:
    """Return all that is kept of entries, and all of feeds, with its lines put together."""
    with here.database.read() as session:
        entries = session.exec(select(KeptEntryBytes.content)).all()
        feeds = session.exec(select(KeptFeed.body)).all()
    first, second = (b"".join(map(bytes, each)) for each in (entries, feeds))
    return first.replace(b"\r\n ", b"").decode(), second.replace(b"\r\n ", b"").decode()


def count(here: Subscriber) -> tuple[int, int, int]:
    """Return how many entries, feeds and sources of feeds are kept."""
    with here.database.read() as session:
        return (
            len(session.exec(select(KeptEntryBytes.uid)).all()),
            len(session.exec(select(KeptFeed.view)).all()),
            len(session.exec(select(FeedSource.view)).all()),
        )


@pytest.fixture
def secret(here: Subscriber) -> str:
    """A feed that was fetched once."""
    with here.database.write() as session:
        session.get_one(Forum, here.town.forum).agenda = [AGENDA]
    secret = here.subscribe()
    here.body(secret)
    return secret


def test_what_is_good_stays_but_for_entries_of_case_level_forums(
    here: Subscriber, secret: str
) -> None:
    before = here.body(secret)
    entries, feeds, sources = count(here)

    swept = sweep_kept(here.database, now=here.site.now)

    # The case-level meeting and its paper: their entries are made anew when they are needed.
    assert swept == 2
    assert count(here) == (entries - 2, feeds, sources)
    assert "Familieteam" not in kept(here)[0]
    assert here.body(secret) == before
    assert sweep_kept(here.database, now=here.site.now) == 0


def test_a_leavers_name_and_calendar_go_although_nobody_asks_again(
    here: Subscriber, secret: str
) -> None:
    with here.database.write() as session:
        for holder in session.exec(select(Holder).where(Holder.person_id == here.town.person)):
            holder.until_on = date(2027, 1, 12)
            session.add(holder)
    here.body(secret)
    with_name = NAME in kept(here)[1]

    swept = [
        sweep_kept(here.database, now=datetime.fromisoformat(f"{at}:00+01:00"))
        for at in ("2027-01-12T23:59", "2027-01-13T00:00")
    ]

    assert with_name
    assert swept == [2, 1]
    assert kept(here)[1] == ""
    assert count(here)[1:] == (0, 0)


def _moved(session: Session, town: Town, now: datetime) -> None:
    move(session, town, now)


def _gone(session: Session, town: Town, now: datetime) -> None:
    del now
    session.delete(session.get_one(Meeting, town.meeting))


def _reworded(session: Session, town: Town, now: datetime) -> None:
    session.get_one(Meeting, town.meeting).reworded_at = now


@pytest.mark.parametrize("change", [_moved, _gone, _reworded])
def test_the_entry_of_a_row_that_has_changed_goes(
    here: Subscriber, secret: str, change: Callable[[Session, Town, datetime], None]
) -> None:
    there = PLACE in kept(here)[0]
    here.site.now += timedelta(hours=1)
    with here.database.write() as session:
        change(session, here.town, here.site.now)

    sweep_kept(here.database, now=here.site.now)

    assert there
    assert [AGENDA in text for text in kept(here)] == [False, False]
    assert kept(here)[0].count("BEGIN:VEVENT") == 2


@pytest.mark.parametrize(("days", "is_kept"), [(30, True), (32, False)])
def test_a_cancelled_meeting_goes_with_its_last_day_in_feeds(
    here: Subscriber, days: int, is_kept: bool
) -> None:
    with here.database.write() as session:
        cancel(session, here.town, here.site.now)
    secret = here.subscribe()
    here.body(secret)

    sweep_kept(here.database, now=here.site.now + timedelta(days=days))

    assert ("AVLYST" in kept(here)[0]) is is_kept


def test_entries_older_than_feeds_go_back_go(here: Subscriber, secret: str) -> None:
    here.body(secret)

    sweep_kept(here.database, now=here.site.now + timedelta(days=800))

    assert kept(here) == ("", "")


def test_entries_written_as_nobody_subscribes_to_them_go(here: Subscriber, secret: str) -> None:
    busy = here.subscribe(detail=FeedDetail.BUSY)
    here.body(busy)
    both = count(here)[0]
    with here.database.write() as session:
        session.connection().execute(
            update(FeedToken)
            .where(col(FeedToken.detail) == FeedDetail.FULL)
            .values(revoked_at=here.site.now)
        )

    sweep_kept(here.database, now=here.site.now)

    assert (both, count(here)[:2]) == (10, (3, 1))
    assert "Ressursgruppe" not in "".join(kept(here))
    assert here.fetch(secret).status_code == 410


def test_closing_a_forum_throws_away_what_was_kept_of_it_at_once(here: Subscriber) -> None:
    whole = here.subscribe(FeedScope.MUNICIPALITY, owner_id=None)
    with here.database.write() as session:
        session.get_one(Forum, here.town.forum).agenda = [AGENDA]
    here.body(whole)
    before = [AGENDA in text for text in kept(here)]
    with here.database.write() as session:
        forum = session.get_one(Forum, here.town.forum)
        forum.chosen = ["level"]
        by = Answerer(session, here.town.municipality, now=here.site.now, actor_id=None)
        decide_level(by, forum.slug, ForumLevel.CASE_ELSE_NOT)

    assert before == [True, True]
    assert ["Ressursgruppe" in text for text in kept(here)] == [False, False]
    assert b"Ressursgruppe" not in here.body(whole)


def test_both_databases_sweep_the_same(database: Database, now: datetime) -> None:
    here = make_subscriber(database, now)
    found = []
    own, busy = here.subscribe(), here.subscribe(detail=FeedDetail.BUSY)
    for secret in (own, busy):
        here.body(secret)
    found.append((sweep_kept(here.database, now=now), count(here)[:2]))
    with here.database.write() as session:
        move(session, here.town, now + timedelta(hours=1))
    found.append((sweep_kept(here.database, now=now), count(here)[:2]))
    here.body(own)
    with here.database.write() as session:
        forget_closed(session, here.town.municipality)
    found.append((0, count(here)[:2]))
    found.append((sweep_kept(here.database, now=now + timedelta(days=800)), count(here)[:2]))

    # Two entries of two feeds are at case level; the moved one stands in both.
    assert found == [(4, (6, 2)), (4, (4, 0)), (0, (5, 0)), (5, (0, 0))]


def test_the_worker_does_it_when_it_wipes(here: Subscriber) -> None:
    here.body(here.subscribe())
    before = count(here)
    with here.database.write() as session:
        session.connection().execute(update(FeedToken).values(revoked_at=here.site.now))
    jobs = jobs_of(
        worker_of(here.database, FakeTransport(), here.site.now),
        here.database,
        SETTINGS,
        now=lambda: here.site.now,
        version="1",
        complain=lambda _complaints: None,
    )
    (wipe,) = [job for job in jobs if job.name == "wipe"]

    wipe.run()

    assert (before[:2], count(here), wipe.every < timedelta(days=1)) == ((5, 1), (0, 0, 0), True)
