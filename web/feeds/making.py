"""Making a feed that is not kept, and keeping it once its reader has been answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from calendars.feed import etag
from scheduler.store.database import Database
from scheduler.usecases.feeds.contents import GoneError, feed_contents
from scheduler.usecases.feeds.kept import (
    MadeFeed,
    keep_entries,
    keep_feed,
    kept_entries,
    one_moment,
    stamps_of,
)
from scheduler.usecases.feeds.sources import sources_of
from scheduler.usecases.feeds.subscriptions import Subscription, find_subscription
from web.feeds.calendar_bytes import Entries, join_feed
from web.feeds.entries import PageAddress

__all__ = ["Making", "keep", "make_feed"]

_OSLO = ZoneInfo("Europe/Oslo")


@dataclass(frozen=True, slots=True)
class Making:
    """A feed that was made, and its entries, some of which may be new."""

    feed: MadeFeed
    entries: Entries | None


def make_feed(
    database: Database, secret: str, *, program: str, address_of: PageAddress, now: datetime
) -> Making | None:
    """Make the feed of an address from the rows of one moment; None if it is unknown by now."""
    with database.read() as session:
        one_moment(session)
        subscription = find_subscription(session, secret)
        if subscription is None:
            return None
        return _make(session, subscription, program=program, address_of=address_of, now=now)


def keep(session: Session, making: Making) -> None:
    """Keep what was made, in a transaction of its own."""
    keep_feed(session, making.feed)
    if making.entries is not None and making.entries.made:
        keep_entries(session, making.entries.made)


def _make(
    session: Session,
    subscription: Subscription,
    *,
    program: str,
    address_of: PageAddress,
    now: datetime,
) -> Making:
    today = now.astimezone(_OSLO).date()
    target, options = subscription.target, subscription.options
    try:
        contents = feed_contents(
            session,
            target,
            owner_id=subscription.owner_id,
            with_duties=options.with_duties,
            with_cancelled=options.with_cancelled,
            today=today,
        )
    except GoneError:
        sources = sources_of(session, target, owner_id=subscription.owner_id)
        gone = MadeFeed(
            view=subscription.view,
            program=program,
            stamps=stamps_of(session, sources),
            sources=sources,
            etag=None,
            body=b"",
            made_on=today,
            changes_on=today + timedelta(days=1),
        )
        return Making(gone, None)
    entries = Entries.of(
        contents,
        options,
        address_of,
        program=program,
        options_changed_at=subscription.options_changed_at,
    )
    body = join_feed(contents, entries, kept_entries(session, entries.by_key))
    made = MadeFeed(
        view=subscription.view,
        program=program,
        stamps=stamps_of(session, contents.sources),
        sources=contents.sources,
        etag=etag(body),
        body=body,
        made_on=today,
        changes_on=contents.changes_on,
    )
    return Making(made, entries)
