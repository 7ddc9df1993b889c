"""What a subscription shows: its meetings and duties, through the one visibility filter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, DutyState, FeedScope, MeetingState
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.store.tables import Municipality
from scheduler.usecases.feeds.sources import sources_of
from scheduler.usecases.feeds.stays import CANCELLED_STAYS, HISTORY
from scheduler.usecases.feeds.subject import FeedSubject, GoneError, feed_subject
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.feeds.until import next_change_of_holders
from scheduler.usecases.invitations.standing import comes_by_invitation
from scheduler.usecases.visibility import (
    Selection,
    Viewer,
    own_duties,
    own_meetings,
    visible_duties,
    visible_meetings,
)

__all__ = ["FeedContents", "GoneError", "feed_contents"]

_ONE_DAY: Final = timedelta(days=1)
_ZONE: Final = ZoneInfo("Europe/Oslo")
# What a leader of a service, the council's or the plan's own, has to look back on.
_REVIEWS: Final = frozenset(
    {DutyKind.PLAN_REVIEW, DutyKind.EVALUATION, DutyKind.COUNCIL_REPORT, DutyKind.REVISION}
)
_OWN_SCOPES: Final = (FeedScope.PERSON, FeedScope.POSITION)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContents:
    """The rows of one feed, and the name it goes by.

    `sources` are what it is made of (see `scheduler.store.feed_stamps`); while none of them
    changes, it stays as it is until the local midnight that `changes_on` begins with.
    """

    name: str
    municipality_names: tuple[str, ...]
    meetings: tuple[MeetingSnapshot, ...]
    duties: tuple[DutySnapshot, ...]
    sources: frozenset[str]
    changes_on: date
    of_leaders: bool = False


def feed_contents(
    session: Session,
    target: FeedTarget,
    *,
    owner_id: int | None,
    today: date,
    with_duties: bool = True,
    with_cancelled: bool = True,
) -> FeedContents:
    """Return what stands in a feed: twelve months back and everything published ahead.

    A cancelled meeting stays for 30 days after the day it was called off. Meetings that the person
    whose calendar it is has as invitations are not in it, so that nobody sees one twice.
    Of deadlines it holds that person's own; the feed of a forum or a municipality that is nobody's
    holds everyone's that may be seen there.
    The leaders' feed holds the reviews, evaluations and reports of a municipality and the
    meetings they are items in. A feed changes at midnight or by a write, and not by the hour.

    Raises:
        GoneError: the subject of the feed is no more, or its person left 30 days ago.
    """
    subject = feed_subject(session, target, owner_id=owner_id, today=today)
    meetings, duties = _rows(session, target, subject, today - HISTORY)
    if subject.person_id is not None:
        invited = comes_by_invitation(session, subject.person_id)
        meetings = tuple(one for one in meetings if one.id not in invited)
    if not with_duties:
        duties = ()
    if not with_cancelled:
        meetings = tuple(one for one in meetings if one.state is not MeetingState.CANCELLED)
        duties = tuple(one for one in duties if one.state is not DutyState.CANCELLED)
    meetings = tuple(one for one in meetings if _leaves_on(one) > today)
    duties = tuple(one for one in duties if _leaves_on(one) > today)
    return FeedContents(
        name=subject.name,
        municipality_names=_municipality_names(session, subject.viewer),
        meetings=meetings,
        duties=duties,
        sources=sources_of(
            session, target, owner_id=owner_id, municipality_ids=subject.viewer.municipality_ids
        ),
        changes_on=_changes_on(session, subject, target, (*meetings, *duties), today),
        of_leaders=target.scope is FeedScope.LEADERS,
    )


def _rows(
    session: Session, target: FeedTarget, subject: FeedSubject, from_on: date
) -> tuple[tuple[MeetingSnapshot, ...], tuple[DutySnapshot, ...]]:
    viewer, selection = subject.viewer, replace(subject.selection, from_on=from_on)
    if target.scope in _OWN_SCOPES:
        return own_meetings(session, viewer, selection), own_duties(session, viewer, selection)
    if target.scope is FeedScope.LEADERS:
        return _leaders_rows(session, viewer, selection)
    meetings = visible_meetings(session, viewer, selection)
    duties = visible_duties(session, viewer, selection)
    if subject.reader is not None:
        own = {one.id for one in own_duties(session, subject.reader, selection)}
        duties = tuple(one for one in duties if one.id in own)
    return meetings, duties


def _leaders_rows(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[tuple[MeetingSnapshot, ...], tuple[DutySnapshot, ...]]:
    duties = visible_duties(session, viewer, selection)
    items = {one.meeting_id for one in duties if one.kind in {*_REVIEWS, DutyKind.FORUM_ITEM}}
    meetings = visible_meetings(session, viewer, selection)
    return (
        tuple(one for one in meetings if one.id in items),
        tuple(one for one in duties if one.kind in _REVIEWS),
    )


def _leaves_on(one: MeetingSnapshot | DutySnapshot) -> date:
    """Return the first day on which a row is no longer in the feed."""
    if isinstance(one, MeetingSnapshot):
        last_on = one.held_on + HISTORY
        called_off = one.cancelled_at if one.state is MeetingState.CANCELLED else None
    else:
        last_on = one.due_on + HISTORY
        called_off = one.changed_at if one.state is DutyState.CANCELLED else None
    if called_off is not None:
        last_on = min(last_on, called_off.astimezone(_ZONE).date() + CANCELLED_STAYS)
    return last_on + _ONE_DAY


def _changes_on(
    session: Session,
    subject: FeedSubject,
    target: FeedTarget,
    rows: tuple[MeetingSnapshot | DutySnapshot, ...],
    today: date,
) -> date:
    def days() -> Iterator[date]:
        # Never longer than the window itself, so that what nobody thought of mends itself.
        yield today + HISTORY
        yield from (_leaves_on(one) for one in rows)
        if subject.gone_on is not None:
            yield subject.gone_on
        municipalities = set(subject.viewer.municipality_ids)
        if target.municipality_id is not None:
            municipalities.add(target.municipality_id)
        next_on = next_change_of_holders(
            session, municipalities, person_id=subject.person_id, today=today
        )
        if next_on is not None:
            yield next_on

    return min(days())


def _municipality_names(session: Session, viewer: Viewer) -> tuple[str, ...]:
    # In the order of their numbers: each database has an alphabet of its own.
    return tuple(
        session.exec(
            select(Municipality.name)
            .where(col(Municipality.id).in_(viewer.municipality_ids))
            .order_by(col(Municipality.id))
        )
    )
