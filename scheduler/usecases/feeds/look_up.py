"""The one look-up that answers a fetch.

Written in SQL and asked of the driver itself: this is what every calendar program of a region
asks every hour, and a session, a transaction and objects would cost three times the answer. A
single statement sees one moment without a transaction of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from scheduler.store.database import Database
from scheduler.store.look_ups import Statement
from scheduler.usecases.access.token import hash_of
from scheduler.usecases.feeds.held import HeldFeed, HeldFeeds

__all__ = ["FoundFeed", "look_up"]

_LOOK_UP: Final = Statement.of(
    """
SELECT t.id, t.view, t.revoked_at, t.fetched_at, k.etag,
    CASE WHEN k.etag IN (?, ?) THEN NULL ELSE k.body END,
    CASE WHEN k.program = ? AND k.valid_from <= ? AND k.valid_until > ? AND k.stamps = (
        SELECT COALESCE(SUM(s.stamp), 0) FROM feedsource AS f JOIN feedstamp AS s
        ON s.source = f.source WHERE f.view = t.view
    ) THEN 1 ELSE 0 END
FROM feedtoken AS t LEFT JOIN keptfeed AS k ON k.view = t.view WHERE t.token_hash = ?
"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """What one look-up says of an address; `etag` is None where nothing good is kept.

    `is_over` means that it was revoked, or that its person has left for good. `body` is None
    where the reader knows the tag already.
    """

    subscription_id: int
    view: str
    is_over: bool
    etag: str | None
    body: bytes | None
    fetched_at: datetime | None


def look_up(
    database: Database,
    secret: str,
    *,
    known: str | None,
    program: str,
    held: HeldFeeds,
    now: datetime,
) -> FoundFeed | None:
    """Return what is known of an address, in one query; unknown and revoked cost the same.

    `known` is a tag that the reader has: bytes that need not be sent are not read. Nor are those
    that are `held` since an earlier fetch.
    """
    seconds = int(now.timestamp())
    address = hash_of(secret)
    last = held.of(address)
    row = database.look_ups.first(
        _LOOK_UP, (known, last.etag if last else None, program, seconds, seconds, address)
    )
    if row is None:
        return None
    subscription_id, view, revoked_at, fetched_at, etag, body, is_good = row
    if body is None and last is not None and etag == last.etag:
        body = last.body
    elif body and is_good:
        held.hold(address, HeldFeed(etag, body))
    return FoundFeed(
        subscription_id=subscription_id,
        view=view,
        is_over=revoked_at is not None or (bool(is_good) and etag is None),
        etag=etag if is_good else None,
        body=body if is_good else None,
        fetched_at=_instant(fetched_at),
    )


def _instant(stored: Any) -> datetime | None:
    """Return an instant as `scheduler.store.tables.columns.Instant` keeps it."""
    if stored is None:
        return None
    if isinstance(stored, str):
        return datetime.fromisoformat(stored).replace(tzinfo=UTC)
    moment: datetime = stored
    return moment.astimezone(UTC)
