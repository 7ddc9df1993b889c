"""The conditions of the one filter of who sees what, for `visibility` and its like alone."""

from __future__ import annotations

from sqlalchemy import ColumnElement
from sqlmodel import and_, col, exists, or_

from scheduler.domain.enums import AttendanceRule, ForumLevel, MeetingState
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Duty, Forum, Meeting, Seat, YearPlan
from scheduler.usecases.viewer import Viewer

__all__ = [
    "attends",
    "duty_is_visible",
    "has_forum_seat",
    "has_meeting_seat",
    "meeting_is_settled",
    "meeting_is_visible",
    "seat_is_held",
]


def meeting_is_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that the viewer may know of a meeting, beside its forum and year."""
    return and_(
        meeting_is_settled(viewer),
        or_(
            Forum.level == ForumLevel.SYSTEM,
            has_meeting_seat(viewer),
            col(Meeting.municipality_id).in_(viewer.planner_of),
        ),
    )


def meeting_is_settled(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that a meeting is shown to whoever may know of its forum."""
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


def duty_is_visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that the viewer may know of a duty, beside its forum."""
    has_seat = exists().where(
        sits_in(Duty.forum_id, Duty.unit_id),
        *seat_is_held(viewer),
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


def has_meeting_seat(viewer: Viewer, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that the viewer has a seat in a meeting's series."""
    return exists().where(
        sits_in(Meeting.forum_id, Meeting.unit_id),
        *seat_is_held(viewer),
        *conditions,
    )


def has_forum_seat(viewer: Viewer) -> ColumnElement[bool]:
    """Return the condition that the viewer has a seat in a forum."""
    return exists().where(col(Seat.forum_id) == Forum.id, *seat_is_held(viewer))


def seat_is_held(viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a seat in use is the viewer's."""
    return (
        col(Seat.position_id).in_(viewer.position_ids),
        in_use(Seat.retired_on, viewer.today),
    )


def attends() -> ColumnElement[bool]:
    """Return the condition that a seat comes to a meeting."""
    return or_(
        Seat.attends == AttendanceRule.EVERY_MEETING,
        and_(
            Seat.attends == AttendanceRule.ONCE_A_MONTH,
            col(Meeting.monthly_guests).is_(True),
        ),
    )
