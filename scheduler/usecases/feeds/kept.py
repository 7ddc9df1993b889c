"""Keeping the bytes of feeds and entries until something they are made of changes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, insert, select, text
from sqlmodel import Session, SQLModel, col

from scheduler.store.tables import (
    FeedSource,
    FeedStamp,
    FeedToken,
    KeptEntryBytes,
    KeptFeed,
)
from scheduler.store.upsert import insert_into

__all__ = [
    "EntryKey",
    "MadeFeed",
    "digest_of_entry",
    "drop_unused",
    "keep_entries",
    "keep_feed",
    "kept_entries",
    "local_midnight",
    "one_moment",
    "stamp_of",
    "stamps_of",
]

_ZONE: Final = ZoneInfo("Europe/Oslo")
# SQLite takes 32 766 values in one statement.
_AT_ONCE: Final = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeFeed:
    """A feed as it was made at one moment; `etag` is None where it is gone for good."""

    view: str
    program: str
    stamps: int
    sources: frozenset[str]
    etag: str | None
    body: bytes
    made_on: date
    changes_on: date


class EntryKey(NamedTuple):
    """Which entry, and in which form (language, detail and alarm)."""

    uid: str
    form: str


def one_moment(session: Session) -> None:
    """Let everything that this transaction reads be of one moment; the first thing it does.

    On SQLite it always is.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.connection().execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def stamps_of(session: Session, sources: Collection[str]) -> int:
    """Return what the stamps of the sources add up to: another number after any change."""
    query = select(func.coalesce(func.sum(col(FeedStamp.stamp)), 0)).where(
        col(FeedStamp.source).in_(sources)
    )
    return int(session.connection().scalar(query) or 0)


def keep_feed(session: Session, made: MadeFeed) -> None:
    """Keep a feed for the next who asks.

    One that was made of older rows may come last: its stamps then say that it is not good.
    """
    _upsert(
        session,
        KeptFeed,
        [
            {
                "view": made.view,
                "program": made.program,
                "stamps": made.stamps,
                "etag": made.etag,
                "body": made.body,
                "valid_from": int(local_midnight(made.made_on).timestamp()),
                "valid_until": int(local_midnight(made.changes_on).timestamp()),
            }
        ],
        key=("view",),
    )
    connection = session.connection()
    connection.execute(delete(FeedSource).where(col(FeedSource.view) == made.view))
    connection.execute(
        insert(FeedSource),
        [{"view": made.view, "source": source} for source in sorted(made.sources)],
    )


def kept_entries(session: Session, keys: Iterable[EntryKey]) -> dict[EntryKey, tuple[str, bytes]]:
    """Return digest and bytes of the entries that are kept."""
    wanted = list(keys)
    found: dict[EntryKey, tuple[str, bytes]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = select(
            col(KeptEntryBytes.uid),
            col(KeptEntryBytes.form),
            col(KeptEntryBytes.digest),
            col(KeptEntryBytes.content),
        ).where(
            col(KeptEntryBytes.form).in_({key.form for key in some}),
            col(KeptEntryBytes.uid).in_([key.uid for key in some]),
        )
        for uid, form, digest, content in session.connection().execute(query):
            found[EntryKey(uid, form)] = (digest, bytes(content))
    return found


def keep_entries(session: Session, entries: Mapping[EntryKey, tuple[str, bytes]]) -> None:
    """Keep the bytes of entries that were made, each with the digest of its values."""
    rows = [
        {"uid": key.uid, "form": key.form, "digest": digest, "content": content}
        for key, (digest, content) in sorted(entries.items())
    ]
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        _upsert(session, KeptEntryBytes, some, key=("uid", "form"))


def drop_unused(session: Session, view: str) -> None:
    """Throw away what is kept of a view that no live subscription shows any more."""
    connection = session.connection()
    live = select(col(FeedToken.id)).where(
        col(FeedToken.view) == view, col(FeedToken.revoked_at).is_(None)
    )
    if connection.execute(live.limit(1)).first() is not None:
        return
    connection.execute(delete(KeptFeed).where(col(KeptFeed.view) == view))
    connection.execute(delete(FeedSource).where(col(FeedSource.view) == view))


def digest_of_entry(value: object, changed_at: datetime) -> str:
    """Return a digest of an entry's values, beginning with when it came to say them.

    It is the same for the same frozen value in every process.
    """
    digest = sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{stamp_of(changed_at)} {digest}"


def stamp_of(changed_at: datetime) -> str:
    """Return an instant as the digest of an entry begins with it."""
    return changed_at.astimezone(UTC).isoformat()


def local_midnight(day: date) -> datetime:
    """Return the instant a day begins at in Norway."""
    return datetime.combine(day, time.min, _ZONE)


def _upsert(
    session: Session,
    table: type[SQLModel],
    rows: list[dict[str, Any]],
    *,
    key: tuple[str, ...],
) -> None:
    statement = insert_into(session, table)
    statement = statement.on_conflict_do_update(
        index_elements=list(key),
        set_={name: statement.excluded[name] for name in rows[0] if name not in key},
    )
    session.connection().execute(statement, rows)
