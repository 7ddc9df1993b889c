"""Forums out of the store, as snapshots. Readers come through `scheduler.usecases.visibility`."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from scheduler.domain.snapshots import ForumSnapshot
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum

__all__ = ["read_forums"]


def read_forums(
    session: Session, *conditions: ColumnElement[bool], by_seat: ColumnElement[bool]
) -> tuple[ForumSnapshot, ...]:
    """Return the forums that meet every condition, by name, in one query.

    `by_seat` tells whether the reader has a seat in it: without one, a case-level forum is its
    name and its rhythm and nothing more.
    """
    rows = session.exec(
        select(Forum, by_seat).where(*conditions).order_by(col(Forum.name), col(Forum.slug))
    ).all()
    return tuple(_snapshot(forum, has_seat) for forum, has_seat in rows)


def _snapshot(forum: Forum, by_seat: bool) -> ForumSnapshot:
    only_the_rhythm = forum.level.is_case and not by_seat
    return ForumSnapshot(
        id=id_of(forum),
        municipality_id=forum.municipality_id,
        slug=forum.slug,
        name=forum.name,
        kind=forum.kind,
        level=forum.level,
        mandate=None if only_the_rhythm else forum.mandate,
        rhythm_words=forum.rhythm_words,
        cadence=forum.cadence,
        adjustable=forum.adjustable,
        weekday=forum.weekday,
        starts=forum.starts,
        duration_minutes=forum.duration_minutes,
        place=None if only_the_rhythm else forum.place,
        minutes_rule=forum.minutes_rule,
        notice_days=forum.notice_days,
        minutes_days=forum.minutes_days,
        agenda=() if forum.level.is_case else tuple(forum.agenda),
        per_unit=forum.per_unit,
        dates_set_by=forum.dates_set_by,
        elected=forum.elected,
        chosen=frozenset(forum.chosen),
        by_seat=by_seat,
    )
