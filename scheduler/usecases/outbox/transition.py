"""One step of one mail: a guarded update, and the event that tells of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import insert
from sqlmodel import Session, col

from scheduler.domain.reminders import MailClass, OutboxState
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import Outbox, OutboxEvent

__all__ = ["FREE", "spent", "take_step"]

FREE: dict[str, Any] = {"lease_owner": None, "lease_token": None, "lease_until": None}
"""The values of a row that nobody has in hand."""


class _Classed(Protocol):
    """A row of the outbox, or a claim on one."""

    @property
    def mail_class(self) -> str:
        """How the mail is treated."""
        ...


def spent(row: _Classed) -> dict[str, Any]:
    """Return what is wiped as soon as a mail has ended: a log-in link is nobody's to read."""
    if row.mail_class != MailClass.LOGIN:
        return {}
    return {"message": None, "payload": None}


def take_step(
    session: Session,
    row_id: int,
    from_state: OutboxState,
    to_state: OutboxState,
    *,
    at: datetime,
    token: str | None = None,
    detail: str | None = None,
    **values: Any,
) -> bool:
    """Take the step if the row is still in `from_state` and, where named, under the lease.

    Nothing is written where it is not, and False comes back.
    """
    guards = [col(Outbox.id) == row_id, col(Outbox.state) == from_state]
    if token is not None:
        guards.append(col(Outbox.lease_token) == token)
    if not guarded_update(session, Outbox, *guards, state=to_state.value, **values):
        return False
    session.connection().execute(
        insert(OutboxEvent),
        {
            "outbox_id": row_id,
            "at": at,
            "from_state": from_state.value,
            "to_state": to_state.value,
            "detail": detail,
        },
    )
    return True
