"""The one filter of who sees what: pages, feeds, downloads and mail all read through it.

Rules: privacy rule 3, 4 and 9. A forum on system level is open to everyone in its municipality. A
case-level forum exists only for those with a seat in it, and a seat for one unit opens that
unit's series only; the planner sees the dates and nothing more, and on pages alone: feeds, files
and mails are read with `Viewer.away_from_pages`. What is not published is nobody's.
"""

from __future__ import annotations

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_

from scheduler.domain.enums import ForumLevel
from scheduler.domain.snapshots import (
    DutySnapshot,
    ForumSnapshot,
    MeetingSnapshot,
    SeatSnapshot,
)
from scheduler.store.in_force import in_use
from scheduler.store.tables import Duty, Forum, Seat
from scheduler.usecases.pages.duties import read_duties
from scheduler.usecases.pages.forums import read_forums
from scheduler.usecases.pages.meetings import read_meetings
from scheduler.usecases.pages.seats import read_seats
from scheduler.usecases.selection import (
    Selection,
    equal,
    selected_duties,
    selected_meetings,
)
from scheduler.usecases.viewer import (
    Viewer,
    viewer_of,
    viewer_of_municipality,
    viewer_of_position,
)
from scheduler.usecases.visible_rows import (
    attends,
    duty_is_visible,
    has_forum_seat,
    has_meeting_seat,
    meeting_is_visible,
)

__all__ = [
    "Selection",
    "Viewer",
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


def visible_meetings(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[MeetingSnapshot, ...]:
    """Return the published meetings the viewer may know of, by start and then UID."""
    return read_meetings(
        session,
        meeting_is_visible(viewer),
        *selected_meetings(viewer, selection),
        by_seat=has_meeting_seat(viewer),
    )


def own_meetings(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[MeetingSnapshot, ...]:
    """Return the visible meetings that belong in the viewer's calendar.

    A seat that attends once a month has the meetings marked for it, a seat on call has none.
    """
    return read_meetings(
        session,
        meeting_is_visible(viewer),
        has_meeting_seat(viewer, attends()),
        *selected_meetings(viewer, selection),
        by_seat=has_meeting_seat(viewer),
    )


def visible_forums(
    session: Session, viewer: Viewer, selection: Selection
) -> tuple[ForumSnapshot, ...]:
    """Return the forums in use that the viewer may know of, by name."""
    return read_forums(
        session,
        col(Forum.municipality_id).in_(viewer.municipality_ids),
        or_(
            Forum.level == ForumLevel.SYSTEM,
            has_forum_seat(viewer),
            col(Forum.municipality_id).in_(viewer.planner_of),
        ),
        in_use(Forum.retired_on, viewer.today),
        *equal(Forum.municipality_id, selection.municipality_id),
        *equal(Forum.id, selection.forum_id),
        by_seat=has_forum_seat(viewer),
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
    return read_duties(session, duty_is_visible(viewer), *selected_duties(selection))


def own_duties(session: Session, viewer: Viewer, selection: Selection) -> tuple[DutySnapshot, ...]:
    """Return the visible duties of the viewer's positions, as holder, deputy or delegate."""
    return read_duties(
        session,
        duty_is_visible(viewer),
        col(Duty.position_id).in_(viewer.acting_position_ids),
        *selected_duties(selection),
    )
