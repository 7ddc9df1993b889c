"""The one filter of who sees what: pages, feeds, downloads and mail all read through it.

Rules: privacy rule 3, 4 and 9. A forum on system level is open to everyone in its municipality. A
case-level forum exists only for those with a seat in it, and a seat for one unit opens that
unit's series only; the planner sees the dates and nothing more, and on pages alone: feeds, files
and mails are read with `Viewer.away_from_pages`. What is not published is nobody's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, exists, or_, select

from scheduler.domain.enums import UNFINISHED_STATES, AttendanceRule, ForumLevel, MeetingState
from scheduler.domain.snapshots import (
    DutySnapshot,
    ForumSnapshot,
    MeetingSnapshot,
    SeatSnapshot,
)
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Duty, Forum, Meeting, Seat, YearPlan
from scheduler.usecases.pages.duties import read_duties
from scheduler.usecases.pages.forums import read_forums
from scheduler.usecases.pages.meetings import read_meetings
from scheduler.usecases.pages.seats import read_seats
from scheduler.usecases.viewer import (
    Viewer,
    viewer_of,
    viewer_of_municipality,
    viewer_of_position,
)

__all__ = [
    "Attended",
    "Selection",
    "Viewer",
    "attended_by",
    "own_duties",
    "own_meetings",
    "viewer_of",
    "viewer_of_municipality",
    "viewer_of_position",
    "visible_duties",
    "visible_forums",
    "visible_meetings",
    "visible_seats",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which of the visible rows are asked for; None leaves a field open.

    `from_on` and `until_on` are both included and mean the day of a meeting or the due day of a
    duty. `unfinished` keeps the duties that somebody still has to do.
    """

    municipality_id: int | None = None
    forum_id: int | None = None
    meeting_id: int | None = None
    meeting_ids: frozenset[int] | None = None
    duty_id: int | None = None
    duty_ids: frozenset[int] | None = None
    position_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    unfinished: bool = False


def visible_meetings(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[MeetingSnapshot, ...]:
    """Return the published meetings the viewer may know of, by start and then UID."""
    return read_meetings(
        session,
        _meeting_is_visible(viewer),
        *_selected_meetings(viewer, selection),
        by_seat=_has_meeting_seat(viewer),
    )


def own_meetings(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[MeetingSnapshot, ...]:
    """Return the visible meetings that belong in the viewer's calendar.

    A seat that attends once a month has the meetings marked for it, a seat on call has none.
    """
    return read_meetings(
        session,
        _meeting_is_visible(viewer),
        _has_meeting_seat(viewer, _attends()),
        *_selected_meetings(viewer, selection),
        by_seat=_has_meeting_seat(viewer),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """One position that goes to one meeting, and when that is."""

    position_id: int
    meeting_id: int
    municipality_id: int
    state: MeetingState
    held_on: date
    ends: time


def attended_by(
    session: Session, viewers: Collection[Viewer], selection: Selection
) -> list[tuple[int, Attended]]:
    """Return what `own_meetings` would of each of the viewers, by person, in one query for all.

    The viewers are people who look on the same day. Only who goes where comes back, and nothing of
    what a meeting is about.
    """
    positions = frozenset[int]().union(*(viewer.position_ids for viewer in viewers))
    if not positions:
        return []
    today = next(iter(viewers)).today
    together = Viewer(
        person_id=None,
        today=today,
        municipality_ids=frozenset[int]().union(*(one.municipality_ids for one in viewers)),
        position_ids=positions,
    )
    rows = session.exec(
        select(  # type: ignore[call-overload]
            Seat.position_id,
            Meeting.id,
            Meeting.municipality_id,
            Meeting.state,
            Meeting.held_on,
            Meeting.ends,
        )
        .select_from(Meeting)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .join(YearPlan, col(YearPlan.id) == Meeting.year_plan_id)
        .join(Seat, sits_in(Meeting.forum_id, Meeting.unit_id))
        .where(
            # Whoever has a seat sees the meeting, at whichever level.
            _meeting_is_settled(together),
            *_seat_is_held(together),
            _attends(),
            *_selected_meetings(together, selection),
        )
        .distinct()
    ).all()
    found: dict[int, list[Attended]] = defaultdict(list)
    for position_id, meeting_id, municipality_id, state, held_on, ends in rows:
        found[position_id].append(
            Attended(
                position_id=position_id,
                meeting_id=meeting_id,
                municipality_id=municipality_id,
                state=state,
                held_on=held_on,
                ends=ends,
            )
        )
    return [
        (viewer.person_id, one)
        for viewer in viewers
        if viewer.person_id is not None
        for position_id in viewer.position_ids
        for one in found[position_id]
        if one.municipality_id in viewer.municipality_ids
    ]


def visible_forums(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[ForumSnapshot, ...]:
    """Return the forums in use that the viewer may know of, by name."""
    return read_forums(
        session,
        col(Forum.municipality_id).in_(viewer.municipality_ids),
        or_(
            Forum.level == ForumLevel.SYSTEM,
            _has_forum_seat(viewer),
            col(Forum.municipality_id).in_(viewer.planner_of),
        ),
        in_use(Forum.retired_on, viewer.today),
        *_equal(Forum.municipality_id, selection.municipality_id),
        *_equal(Forum.id, selection.forum_id),
        by_seat=_has_forum_seat(viewer),
    )


def visible_seats(session: Session, viewer: Viewer, forum_id: int) -> tuple[SeatSnapshot, ...]:
    """Return the forum's seats the viewer may know of, by function and title.

    In a case-level forum those are the seats in the series that the viewer has a seat in.
    """
    own = aliased(Seat)
    same_series = exists().where(
        col(own.forum_id) == Seat.forum_id,
        or_(
            col(own.unit_id).is_(None),
            col(Seat.unit_id).is_(None),
            col(own.unit_id) == Seat.unit_id,
        ),
        col(own.position_id).in_(viewer.position_ids),
        in_use(own.retired_on, viewer.today),
    )
    return read_seats(
        session,
        col(Seat.forum_id) == forum_id,
        col(Forum.municipality_id).in_(viewer.municipality_ids),
        or_(Forum.level == ForumLevel.SYSTEM, same_series),
        today=viewer.today,
    )


def visible_duties(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[DutySnapshot, ...]:
    """Return the duties the viewer may know of, by due day and then UID."""
    return read_duties(session, _duty_is_visible(viewer), *_selected_duties(selection))


def own_duties(session: Session, viewer: Viewer, selection: Selection) -> tuple[DutySnapshot, ...]:
    """Return the visible duties of the viewer's positions, as holder, deputy or delegate."""
    return read_duties(
        session,
        _duty_is_visible(viewer),
        col(Duty.position_id).in_(viewer.acting_position_ids),
        *_selected_duties(selection),
    )


def _meeting_is_visible(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        _meeting_is_settled(viewer),
        or_(
            Forum.level == ForumLevel.SYSTEM,
            _has_meeting_seat(viewer),
            col(Meeting.municipality_id).in_(viewer.planner_of),
        ),
    )


def _meeting_is_settled(viewer: Viewer) -> ColumnElement[bool]:
    return and_(
        col(Meeting.municipality_id).in_(viewer.municipality_ids),
        col(YearPlan.published_at).is_not(None),
        Meeting.state != MeetingState.PROPOSED,
        # A forum out of use meets no more, however its meetings stand.
        or_(
            col(Forum.retired_on).is_(None),
            col(Meeting.held_on) <= Forum.retired_on,
            Meeting.state == MeetingState.CANCELLED,
        ),
    )


def _duty_is_visible(viewer: Viewer) -> ColumnElement[bool]:
    has_seat = exists().where(
        sits_in(Duty.forum_id, Duty.unit_id),
        *_seat_is_held(viewer),
    )
    return and_(
        col(Duty.municipality_id).in_(viewer.municipality_ids),
        or_(
            col(Duty.forum_id).is_(None),
            Forum.level == ForumLevel.SYSTEM,
            has_seat,
            # The plan may give a paper to a position without a seat of its own.
            col(Duty.position_id).in_(viewer.position_ids),
        ),
    )


def _has_meeting_seat(viewer: Viewer, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        sits_in(Meeting.forum_id, Meeting.unit_id),
        *_seat_is_held(viewer),
        *conditions,
    )


def _attends() -> ColumnElement[bool]:
    return or_(
        Seat.attends == AttendanceRule.EVERY_MEETING,
        and_(
            Seat.attends == AttendanceRule.ONCE_A_MONTH,
            col(Meeting.monthly_guests).is_(True),
        ),
    )


def _has_forum_seat(viewer: Viewer) -> ColumnElement[bool]:
    return exists().where(col(Seat.forum_id) == Forum.id, *_seat_is_held(viewer))


def _seat_is_held(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Seat.position_id).in_(viewer.position_ids),
        in_use(Seat.retired_on, viewer.today),
    )


def _selected_meetings(viewer: Viewer, selection: Selection) -> list[ColumnElement[bool]]:
    conditions = [
        *_equal(Meeting.municipality_id, selection.municipality_id),
        *_equal(Meeting.forum_id, selection.forum_id),
        *_equal(Meeting.id, selection.meeting_id),
        *([] if selection.meeting_ids is None else [col(Meeting.id).in_(selection.meeting_ids)]),
    ]
    if selection.position_id is not None:
        conditions.append(
            exists().where(
                sits_in(Meeting.forum_id, Meeting.unit_id),
                col(Seat.position_id) == selection.position_id,
                in_use(Seat.retired_on, viewer.today),
                _attends(),
            )
        )
    if selection.from_on is not None:
        conditions.append(col(Meeting.held_on) >= selection.from_on)
    if selection.until_on is not None:
        conditions.append(col(Meeting.held_on) <= selection.until_on)
    return conditions


def _selected_duties(selection: Selection) -> list[ColumnElement[bool]]:
    conditions = [
        *_equal(Duty.municipality_id, selection.municipality_id),
        *_equal(Duty.forum_id, selection.forum_id),
        *_equal(Duty.meeting_id, selection.meeting_id),
        *_equal(Duty.id, selection.duty_id),
        *([] if selection.duty_ids is None else [col(Duty.id).in_(selection.duty_ids)]),
        *_equal(Duty.position_id, selection.position_id),
    ]
    if selection.from_on is not None:
        conditions.append(col(Duty.due_on) >= selection.from_on)
    if selection.until_on is not None:
        conditions.append(col(Duty.due_on) <= selection.until_on)
    if selection.unfinished:
        conditions.append(col(Duty.state).in_(UNFINISHED_STATES))
    return conditions


def _equal(column: object, wanted: int | None) -> list[ColumnElement[bool]]:
    return [] if wanted is None else [col(column) == wanted]
