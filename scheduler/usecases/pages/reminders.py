"""The mails that wait for a reader's positions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind
from scheduler.domain.reminders import OutboxState
from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.tables import Duty, Outbox
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visibility import Selection, visible_duties

__all__ = ["ComingReminder", "coming_reminders"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingReminder:
    """A mail that is to come about a duty."""

    due_at: datetime
    step: str
    duty: DutySnapshot


def coming_reminders(session: Session, viewer: Viewer, *, limit: int) -> tuple[ComingReminder, ...]:
    """Return the next mails about duties to the reader's positions, the soonest first."""
    rows = session.exec(
        select(Outbox.due_at, Outbox.step, Outbox.duty_id)
        .join(Duty, col(Duty.id) == Outbox.duty_id)
        .where(
            Outbox.state == OutboxState.SCHEDULED,
            col(Outbox.position_id).in_(viewer.position_ids),
        )
        .order_by(col(Outbox.due_at), col(Outbox.id))
        .limit(limit)
    ).all()
    ids = frozenset(duty_id for _due_at, _step, duty_id in rows if duty_id is not None)
    duties = {duty.id: duty for duty in visible_duties(session, viewer, Selection(duty_ids=ids))}
    return tuple(
        ComingReminder(due_at=due_at, step=step, duty=_as_told(duties[duty_id], step))
        for due_at, step, duty_id in rows
        if duty_id in duties
    )


def _as_told(duty: DutySnapshot, step: str) -> DutySnapshot:
    """Return the duty as its mail names it: the seats are asked for items, not for a notice."""
    return replace(duty, kind=DutyKind.AGENDA) if step == "agenda" else duty
