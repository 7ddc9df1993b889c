"""A subscription that comes to be written another way says in each entry that it was changed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from scheduler.domain.enums import FeedDetail
from scheduler.domain.feeds import FeedAlarm, FeedOptions
from scheduler.domain.language import Language
from scheduler.store.tables import KeptEntryBytes, KeptFeed, Meeting
from scheduler.usecases.feeds.subscriptions import (
    change_subscription,
    find_subscription,
    rotate_subscription,
)
from tests.integration.feeds.changes import move
from tests.integration.feeds.subscriber import Subscriber, events

PLAIN = FeedOptions(language=Language.BOKMAL)
OTHER_WAYS = (
    replace(PLAIN, language=Language.ENGLISH),
    replace(PLAIN, detail=FeedDetail.BUSY),
    replace(PLAIN, alarm=FeedAlarm.HOUR),
)
SAME_WAY = (PLAIN, replace(PLAIN, with_duties=False), replace(PLAIN, with_cancelled=False))
SAID = re.compile(rb"^(?:DTSTAMP|LAST-MODIFIED):(.+)\r$", re.MULTILINE)


def choose(here: Subscriber, secret: str, options: FeedOptions, label: str = "Outlook") -> None:
    with here.database.write() as session:
        found = find_subscription(session, secret)
        assert found is not None
        change_subscription(
            session, found.id, options, label=label, actor_id=None, now=here.site.now
        )


def said(here: Subscriber, secret: str) -> dict[str, list[bytes]]:
    """Return DTSTAMP and LAST-MODIFIED of each entry."""
    return {uid: SAID.findall(entry) for uid, entry in events(here.body(secret)).items()}


def written(moment: datetime) -> bytes:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ").encode()


@pytest.mark.parametrize("options", OTHER_WAYS)
def test_every_entry_is_changed_when_they_all_are_and_not_again(
    here: Subscriber, options: FeedOptions
) -> None:
    secret = here.subscribe()
    before = said(here, secret)
    here.site.now += timedelta(days=1)
    choose(here, secret, options)
    changed = written(here.site.now)
    first = said(here, secret)
    here.site.now += timedelta(days=1)
    choose(here, secret, options, label="Outlook på jobb")

    assert changed not in [at for each in before.values() for at in each]
    assert first == {uid: [changed, changed] for uid in before}
    assert said(here, secret) == first
    assert here.body(secret) == here.fresh(secret)


@pytest.mark.parametrize("options", SAME_WAY)
def test_no_entry_is_changed_when_only_which_there_are_is(
    here_on_sqlite: Subscriber, options: FeedOptions
) -> None:
    here = here_on_sqlite
    secret = here.subscribe()
    before = said(here, secret)
    here.site.now += timedelta(days=1)
    choose(here, secret, options)

    after = said(here, secret)

    assert len(after) > 0
    assert {uid: before[uid] for uid in after} == after


def test_no_entry_goes_back_in_time_whatever_is_changed_next(here: Subscriber) -> None:
    secret = here.subscribe()
    with here.database.read() as session:
        uid = session.get_one(Meeting, here.town.meeting).uid
    found = [said(here, secret)]
    for options in (*OTHER_WAYS, PLAIN):
        here.site.now += timedelta(days=1)
        choose(here, secret, options)
        found.append(said(here, secret))
    here.site.now += timedelta(days=1)
    with here.database.write() as session:
        move(session, here.town, here.site.now)
    moved = written(here.site.now)
    found.append(said(here, secret))
    with here.database.write() as session:
        subscription = find_subscription(session, secret)
        assert subscription is not None
        # Some programs are told the new address of the calendar that they have.
        _new, secret = rotate_subscription(
            session, subscription.id, actor_id=None, now=here.site.now
        )
    found.append(said(here, secret))

    over_time = [[one[each] for one in found] for each in found[0]]
    assert over_time == [sorted(times) for times in over_time]
    assert found[-1] == found[-2]
    assert [each for each, times in found[-1].items() if moved in times] == [uid]


def test_those_never_changed_share_their_bytes_and_entries_are_kept_once_for_all(
    here: Subscriber,
) -> None:
    first, second, third = (here.subscribe(detail=FeedDetail.TITLE) for _each in range(3))
    never = here.body(first)
    with here.database.read() as session:
        kept = len(session.exec(select(KeptEntryBytes)).all())
    here.site.now += timedelta(days=1)
    choose(here, third, PLAIN)
    choose(here, third, replace(PLAIN, detail=FeedDetail.TITLE))

    assert (here.body(second) == never, here.body(third) == never) == (True, False)
    with here.database.read() as session:
        assert len(session.exec(select(KeptFeed)).all()) == 2
        assert len(session.exec(select(KeptEntryBytes)).all()) == kept
    here.forget()
    assert here.body(third) != here.body(first) == never
