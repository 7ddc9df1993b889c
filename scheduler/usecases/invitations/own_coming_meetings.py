"""The meetings ahead that a person will sit in, by who sits there on each meeting's own day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
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
from scheduler.usecases.attended import Attended, attended_by
from scheduler.usecases.people.holders import HolderSnapshot, holders_on, stands_in
from scheduler.usecases.viewer import viewers_of
from scheduler.usecases.visibility import Selection, Viewer, own_meetings, viewer_of

__all__ = ["ends_at", "own_coming_meetings", "own_meetings_ahead", "who_comes"]

_ONE_DAY = timedelta(days=1)


def ends_at(meeting: Meeting | MeetingSnapshot | Attended) -> datetime:
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
    """Return those of the meetings ahead that the person will sit in, as `who_comes` tells."""
    coming = own_meetings_ahead(session, person_id, now=now, meeting_id=meeting_id)
    if not coming:
        return ()
    which = Selection(meeting_ids=frozenset(one.id for one in coming))
    comes = who_comes(session, [person_id], which, now=now)
    return tuple(one for one in coming if (one.id, person_id) in comes)


def who_comes(
    session: Session, person_ids: Collection[int], which: Selection, *, now: datetime
) -> set[tuple[int, int]]:
    """Return meeting and person for the meetings ahead that each of the people will sit in.

    In these they have the seat today, and on the meeting's own day too, as far as is known:
    whoever leaves before it, or is away on that day, will not be there, and a deputy has only
    those of the days on which the position is theirs to fill. The queries grow with the days on
    which somebody comes or goes, not with the people.
    """
    today = today_of(now)
    viewers = viewers_of(session, person_ids, today=today)
    ahead = replace(which, from_on=today)
    coming = {
        (one.meeting_id, person_id): one
        for person_id, one in attended_by(session, viewers.values(), ahead)
        if one.state in EXPECTED_STATES and ends_at(one) > now
    }
    if not coming:
        return set()
    people = {person_id for _meeting, person_id in coming}
    last_on = max(one.held_on for one in coming.values())
    days = [today, *(day for day in _days_of_change(session, people, today) if day <= last_on)]
    sits_in: set[tuple[int, int]] = set()
    for first, beyond in zip(days, [*days[1:], last_on + _ONE_DAY], strict=True):
        within = {pair for pair, one in coming.items() if first <= one.held_on < beyond}
        there = {person_id for _meeting, person_id in within}
        if not there:
            continue
        seen = viewers if first == today else viewers_of(session, there, today=first)
        filling = _filling(session, [seen[person_id] for person_id in there])
        if first == today and all(one == seen[one.person_id or 0] for one in filling):
            # Just these were found for today already.
            sits_in |= within
            continue
        then = replace(which, from_on=first, until_on=beyond - _ONE_DAY)
        found = attended_by(session, filling, then)
        sits_in |= within & {(one.meeting_id, person_id) for person_id, one in found}
    return sits_in


def _filling(session: Session, viewers: Collection[Viewer]) -> list[Viewer]:
    """Return the viewers with only those positions in which each is there themselves that day."""
    positions = set[int]().union(*(viewer.position_ids for viewer in viewers))
    holders: dict[int, list[HolderSnapshot]] = defaultdict(list)
    if positions:
        for one in holders_on(session, positions, next(iter(viewers)).today):
            holders[one.position_id].append(one)
    there = {
        position_id: {one.person_id for one in stands_in(holders[position_id])}
        for position_id in positions
    }
    return [
        replace(
            viewer,
            position_ids=frozenset(
                each for each in viewer.position_ids if viewer.person_id in there[each]
            ),
        )
        for viewer in viewers
    ]


def _days_of_change(session: Session, person_ids: Collection[int], today: date) -> list[date]:
    """Return the days after today on which somebody's seats may be others than the day before.

    Also what the others do at the same positions counts, since a deputy depends on it.
    """
    found = session.connection().execute(union(*_queries(person_ids, today)))
    return sorted({day + timedelta(days=later) for later, day in found})


def _queries(person_ids: Collection[int], today: date) -> Iterator[Select[Any]]:
    theirs = select(col(Holder.position_id)).where(
        col(Holder.person_id).in_(person_ids),
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
