"""Whether a duty was done by somebody who acts on behalf of its position."""

from __future__ import annotations

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyState
from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.tables import AuditEvent

__all__ = ["was_on_behalf"]


def was_on_behalf(session: Session, duty: DutySnapshot) -> bool:
    """Tell whether the log says so of the last time the duty was done. The caller may see it."""
    if duty.state is not DutyState.DONE:
        return False
    last = session.exec(
        select(AuditEvent)
        .where(
            AuditEvent.entity == "duty",
            AuditEvent.entity_id == duty.id,
            AuditEvent.action == "duty.state",
        )
        .order_by(col(AuditEvent.id).desc())
        .limit(1)
    ).one_or_none()
    return last is not None and bool((last.after or {}).get("on_behalf_of"))
