"""What the demo shows as done: the meetings before today, with all papers but three."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind, DutyState, ForumLevel, MeetingState
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting, Municipality

__all__ = ["Settled", "settle_past"]

_MISSING = 3


@dataclass(frozen=True, slots=True)
class Settled:
    """The ids of the duties that were done, and of those shown as missing."""

    done: tuple[int, ...]
    missing: tuple[int, ...]


def settle_past(
    session: Session, municipality: Municipality, *, today: date, now: datetime
) -> Settled:
    """Hold every system-level meeting before today, and do what was due, but for three minutes.

    A case-level meeting has no held state (privacy rule 4).
    """
    past = session.exec(
        select(Meeting, Forum)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .where(
            Meeting.municipality_id == id_of(municipality),
            Meeting.held_on < today,
            Meeting.state == MeetingState.PLANNED,
        )
    ).all()
    for meeting, forum in past:
        if forum.level is ForumLevel.SYSTEM:
            meeting.state = MeetingState.HELD
            session.add(meeting)
    due = session.exec(
        select(Duty)
        .where(
            Duty.municipality_id == id_of(municipality),
            Duty.due_on < today,
            Duty.state == DutyState.OPEN,
        )
        .order_by(col(Duty.due_on).desc(), col(Duty.id))
    ).all()
    minutes = [duty for duty in due if duty.kind is DutyKind.MINUTES]
    missing = tuple(id_of(duty) for duty in minutes[:_MISSING])
    done = [duty for duty in due if id_of(duty) not in missing]
    for duty in done:
        duty.state = DutyState.DONE
        duty.done_at = now
        duty.done_through = "demo"
        duty.changed_at = now
        session.add(duty)
    session.flush()
    return Settled(done=tuple(id_of(duty) for duty in done), missing=missing)
