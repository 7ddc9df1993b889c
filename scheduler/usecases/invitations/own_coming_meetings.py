"""The meetings ahead that a person will sit in, by who sits there on each meeting's own day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, literal, select, union
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, or_

from scheduler.domain.civil_time import NORWAY, today_of
from scheduler.domain.enums import EXPECTED_STATES
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.tables import Forum, Holder, Leave, Meeting, Position, Seat
from scheduler.usecases.people.holders import holders_on, stands_in
from scheduler.usecases.visibility import Selection, Viewer, own_meetings, viewer_of

__all__ = ["ends_at", "own_coming_meetings", "own_meetings_ahead"]

_ONE_DAY = timedelta(days=1)


def ends_at(meeting: Meeting | MeetingSnapshot) -> datetime:
    """Return the instant at which a meeting is over."""
    return datetime.combine(meeting.held_on, meeting.ends, tzinfo=NORWAY)


def own_meetings_ahead(
    session: Session, person_id: int, *, now: datetime, meeting_id: int | None = None
) -> tuple[MeetingSnapshot, ...]:
    """Return the meetings ahead in which the person has a seat today, in every municipality."""
    today = today_of(now)
    found = own_meetings(
        session,
        viewer_of(session, person_id, today=today),
        Selection(from_on=today, meeting_id=meeting_id),
    )
    return tuple(one for one in found if one.state in EXPECTED_STATES and ends_at(one) > now)


def own_coming_meetings(
    session: Session, person_id: int, *, now: datetime, meeting_id: int | None = None
) -> tuple[MeetingSnapshot, ...]:
    """Return those of the meetings ahead that the person will sit in.

    In these they have the seat on the meeting's own day too, as far as is known: whoever leaves
    before it, or is away on that day, will not be there, and a deputy has only those of the days
    on which the position is theirs to fill.
    """
    today = today_of(now)
    coming = own_meetings_ahead(session, person_id, now=now, meeting_id=meeting_id)
    if not coming:
        return ()
    last_on = max(one.held_on for one in coming)
    days = [today, *(day for day in _days_of_change(session, person_id, today) if day <= last_on)]
    sits_in: set[int] = set()
    for first, beyond in zip(days, [*days[1:], last_on + _ONE_DAY], strict=True):
        within = {one.id for one in coming if first <= one.held_on < beyond}
        if not within:
            continue
        viewer = viewer_of(session, person_id, today=first)
        filled = _filled(session, viewer)
        if first == today and filled == viewer.position_ids:
            # Just these were found for today already.
            sits_in |= within
            continue
        of_these = Selection(from_on=first, until_on=beyond - _ONE_DAY, meeting_id=meeting_id)
        there = own_meetings(session, replace(viewer, position_ids=filled), of_these)
        sits_in.update(one.id for one in there)
    return tuple(one for one in coming if one.id in sits_in)


def _filled(session: Session, viewer: Viewer) -> frozenset[int]:
    """Return the positions in which the person is there themselves that day."""
    holders = holders_on(session, viewer.position_ids, viewer.today) if viewer.position_ids else ()
    return frozenset(
        position_id
        for position_id in viewer.position_ids
        for each in stands_in([one for one in holders if one.position_id == position_id])
        if each.person_id == viewer.person_id
    )


def _days_of_change(session: Session, person_id: int, today: date) -> list[date]:
    """Return the days after today on which the person's seats may be others than the day before.

    Also what the others do at the same positions counts, since a deputy depends on it.
    """
    found = session.connection().execute(union(*_queries(person_id, today)))
    return sorted({day + timedelta(days=later) for later, day in found})


def _queries(person_id: int, today: date) -> Iterator[Select[Any]]:
    theirs = select(col(Holder.position_id)).where(
        col(Holder.person_id) == person_id,
        or_(col(Holder.until_on).is_(None), col(Holder.until_on) >= today),
    )
    holding = col(Holder.position_id).in_(theirs)
    seated = col(Seat.position_id).in_(theirs)
    yield _first_day(col(Holder.from_on), today).where(holding)
    yield _last_day(col(Holder.until_on), today).where(holding)
    away = (Leave, Holder, col(Holder.id) == Leave.holder_id)
    yield _first_day(col(Leave.starts_on), today).join_from(*away).where(holding)
    yield _last_day(col(Leave.ends_on), today).join_from(*away).where(holding)
    yield _first_day(col(Position.retired_on), today).where(col(Position.id).in_(theirs))
    yield _first_day(col(Seat.retired_on), today).where(seated)
    in_forum = (Forum, Seat, col(Seat.forum_id) == Forum.id)
    yield _first_day(col(Forum.retired_on), today).join_from(*in_forum).where(seated)


def _first_day(column: Mapped[Any], today: date) -> Select[Any]:
    """Ask for the days that a column names as the first on which something is otherwise."""
    return select(literal(0), column).where(column > today)


def _last_day(column: Mapped[Any], today: date) -> Select[Any]:
    """Ask for the days that a column names as the last on which something is so."""
    return select(literal(1), column).where(column >= today)
