"""Throwing away kept bytes that no calendar program can be given any more (privacy rules 1 and 8).

A feed that is not asked for again would else stay as it was for ever, with the name of somebody who
has left, and an entry with the agenda of a forum that has come to case level since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Delete, Select, delete, exists, func, select, tuple_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, and_, col, or_

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import DutyState, ForumLevel, MeetingState
from scheduler.store.database import Database
from scheduler.store.feed_stamps import municipality_source
from scheduler.store.tables import (
    Duty,
    FeedSource,
    FeedStamp,
    FeedToken,
    Forum,
    KeptEntryBytes,
    KeptFeed,
    Meeting,
)
from scheduler.usecases.feeds.kept import EntryKey, stamp_of
from scheduler.usecases.feeds.stays import CANCELLED_STAYS, HISTORY
from scheduler.usecases.feeds.view import form_name

__all__ = ["forget_closed", "sweep_kept"]

_ONE_DAY: Final = timedelta(days=1)
# SQLite takes 32 766 values in one statement.
_AT_ONCE: Final = 2000


def sweep_kept(database: Database, *, now: datetime) -> int:
    """Throw away every feed and entry that can no longer be served; return how many there were.

    A feed: revoked, past its last day, or made of rows that have changed since. An entry: of a row
    that has changed, is gone, or is in no feed any more; of a case-level forum; or written in a way
    that nobody subscribes to. Whatever is asked for again after all is made anew.
    """
    with database.write() as session:
        connection = session.connection()
        feeds = connection.execute(_feeds_that_are_over(now)).rowcount
        connection.execute(
            delete(FeedSource).where(
                col(FeedSource.view).not_in(select(col(KeptFeed.view))),
            )
        )
    # Looked for without the lock: there may be tens of thousands.
    with database.read() as session:
        entries = list(_entries_that_are_over(session, now))
    for start in range(0, len(entries), _AT_ONCE):
        with database.write() as session:
            _drop_entries(session, entries[start : start + _AT_ONCE])
    return feeds + len(entries)


def forget_closed(session: Session, municipality_id: int) -> None:
    """Throw away the kept entries of a municipality's case-level forums, and feeds they may be in.

    In the transaction that closes a forum: what was open until then is not left lying.
    """
    connection = session.connection()
    source = municipality_source(municipality_id)
    for table in (KeptFeed, FeedSource):
        views = select(col(FeedSource.view)).where(col(FeedSource.source) == source)
        connection.execute(delete(table).where(col(table.view).in_(views)))
    for rows in (Meeting, Duty):
        uids = (
            select(col(rows.uid))
            .join(Forum, col(Forum.id) == col(rows.forum_id))
            .where(
                col(rows.municipality_id) == municipality_id,
                col(Forum.level) != ForumLevel.SYSTEM,
            )
        )
        connection.execute(delete(KeptEntryBytes).where(col(KeptEntryBytes.uid).in_(uids)))


def _feeds_that_are_over(now: datetime) -> Delete:
    is_live = exists().where(
        col(FeedToken.view) == col(KeptFeed.view), col(FeedToken.revoked_at).is_(None)
    )
    stamps = (
        select(func.coalesce(func.sum(col(FeedStamp.stamp)), 0))
        .join(FeedSource, col(FeedSource.source) == col(FeedStamp.source))
        .where(col(FeedSource.view) == col(KeptFeed.view))
        .correlate(KeptFeed)
        .scalar_subquery()
    )
    return delete(KeptFeed).where(
        or_(
            ~is_live,
            col(KeptFeed.valid_until) <= int(now.timestamp()),
            col(KeptFeed.stamps) != stamps,
        )
    )


def _entries_that_are_over(session: Session, now: datetime) -> Iterator[EntryKey]:
    connection = session.connection()
    forms = {
        form_name(*row)
        for row in connection.execute(
            select(col(FeedToken.language), col(FeedToken.detail), col(FeedToken.alarm))
            .where(col(FeedToken.revoked_at).is_(None))
            .distinct()
        )
    }
    stands = {
        uid: stamp_of(max(changed_at, reworded_at or changed_at))
        for query in (_meetings(now), _duties(now))
        for uid, changed_at, reworded_at in connection.execute(query)
    }
    kept = select(
        col(KeptEntryBytes.uid), col(KeptEntryBytes.form), col(KeptEntryBytes.digest)
    ).execution_options(yield_per=_AT_ONCE)
    for uid, form, digest in connection.execute(kept):
        if form not in forms or digest.partition(" ")[0] != stands.get(uid):
            yield EntryKey(uid, form)


def _meetings(now: datetime) -> Select[Any, Any, Any]:
    return (
        select(col(Meeting.uid), col(Meeting.changed_at), col(Meeting.reworded_at))
        .join(Forum, col(Forum.id) == col(Meeting.forum_id))
        .where(
            col(Forum.level) == ForumLevel.SYSTEM,
            col(Meeting.held_on) >= today_of(now) - HISTORY,
            _stands_or_was_just_called_off(
                col(Meeting.state) != MeetingState.CANCELLED, col(Meeting.cancelled_at), now
            ),
        )
    )


def _duties(now: datetime) -> Select[Any, Any, Any]:
    return (
        select(col(Duty.uid), col(Duty.changed_at), col(Duty.reworded_at))
        .outerjoin(Forum, col(Forum.id) == col(Duty.forum_id))
        .where(
            or_(col(Duty.forum_id).is_(None), col(Forum.level) == ForumLevel.SYSTEM),
            col(Duty.due_on) >= today_of(now) - HISTORY,
            _stands_or_was_just_called_off(
                col(Duty.state) != DutyState.CANCELLED, col(Duty.changed_at), now
            ),
        )
    )


def _stands_or_was_just_called_off(
    stands: ColumnElement[bool], called_off_at: Mapped[Any], now: datetime
) -> ColumnElement[bool]:
    # It stays to the end of its last day, whatever the hour of the sweep.
    since = now - CANCELLED_STAYS - _ONE_DAY
    return or_(stands, and_(called_off_at.is_not(None), called_off_at > since))


def _drop_entries(session: Session, keys: Sequence[EntryKey]) -> None:
    session.connection().execute(
        delete(KeptEntryBytes).where(
            tuple_(col(KeptEntryBytes.uid), col(KeptEntryBytes.form)).in_(keys)
        )
    )
