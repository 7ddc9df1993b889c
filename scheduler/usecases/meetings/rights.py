"""Who may change a meeting, and who may say that a duty is done."""

from __future__ import annotations

from sqlmodel import Session, col, select

from scheduler.domain.enums import Function
from scheduler.domain.snapshots import DutySnapshot, MeetingSnapshot
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Seat
from scheduler.usecases.viewer import Viewer

__all__ = ["may_change_meeting", "may_finish_duty", "sees_only_the_date"]

_CHANGES = (
    Function.LEADER,
    Function.CHAIR,
    Function.CONVENER,
    Function.SECRETARY,
    Function.COORDINATOR,
)


def may_change_meeting(session: Session, viewer: Viewer, meeting: MeetingSnapshot) -> bool:
    """Tell whether the viewer leads, convenes or keeps the forum's papers, or plans the year."""
    if meeting.municipality_id in viewer.planner_of:
        return True
    return (
        session.exec(
            select(Seat.id)
            .where(
                sits_in(meeting.forum_id, meeting.unit_id),
                in_use(Seat.retired_on, viewer.today),
                col(Seat.position_id).in_(viewer.position_ids),
                col(Seat.function).in_(_CHANGES),
            )
            .limit(1)
        ).first()
        is not None
    )


def sees_only_the_date(session: Session, viewer: Viewer, meeting: MeetingSnapshot) -> bool:
    """Tell whether the meeting is one at case level that the viewer has no seat in.

    Its place and who changed it are the members' own (privacy rule 4); the planner moves it unseen.
    """
    if not meeting.level.is_case:
        return False
    return (
        session.exec(
            select(Seat.id)
            .where(
                sits_in(meeting.forum_id, meeting.unit_id),
                in_use(Seat.retired_on, viewer.today),
                col(Seat.position_id).in_(viewer.position_ids),
            )
            .limit(1)
        ).first()
        is None
    )


def may_finish_duty(viewer: Viewer, duty: DutySnapshot) -> bool:
    """Tell whether the viewer has the duty, leads the one who has it, or plans the year.

    The duty is one that the viewer may see.
    """
    return (
        duty.position_id in viewer.acting_position_ids
        or duty.leader_position_id in viewer.position_ids
        or duty.municipality_id in viewer.planner_of
    )
