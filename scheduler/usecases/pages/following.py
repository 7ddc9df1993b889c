"""The duties of others that a leader follows: what is late, and what nobody is there to do."""

from __future__ import annotations

from sqlmodel import Session

from scheduler.domain.snapshots import DutySnapshot
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visibility import Selection, visible_duties

__all__ = ["followed_duties"]


def followed_duties(session: Session, viewer: Viewer) -> tuple[DutySnapshot, ...]:
    """Return the unfinished duties the viewer leads and does not have, that need a leader's eye.

    Those are the late ones, and every one whose position nobody answers for today: its duties go
    to the leader.
    """
    led = [
        duty
        for duty in visible_duties(session, viewer, Selection(unfinished=True))
        if duty.leader_position_id in viewer.position_ids
        and duty.position_id not in viewer.acting_position_ids
    ]
    readers = readers_of(
        session, {duty.position_id for duty in led if duty.position_id is not None}, viewer.today
    )
    return tuple(
        duty
        for duty in led
        if duty.is_late(viewer.today) or duty.position_id is None or not readers[duty.position_id]
    )
