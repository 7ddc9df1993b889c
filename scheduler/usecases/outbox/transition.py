"""One step of one mail: a guarded update, and the event that tells of it."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Insert, Update, bindparam, insert, update
from sqlmodel import Session, col

from scheduler.domain.reminders import MailClass, OutboxState
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
    guards = {"its_id": row_id, "old_state": from_state.value}
    if token is not None:
        guards["lease"] = token
    connection = session.connection()
    took = connection.execute(
        _guarded(token is not None), {**guards, "state": to_state.value, **values}
    )
    if took.rowcount == 0:
        return False
    connection.execute(
        _event(),
        {
            "outbox_id": row_id,
            "at": at,
            "from_state": from_state.value,
            "to_state": to_state.value,
            "detail": detail,
        },
    )
    return True


# Drawing up a statement takes longer than running it, and every mail takes the same steps.
@cache
def _guarded(under_lease: bool) -> Update:
    guards = [col(Outbox.id) == bindparam("its_id"), col(Outbox.state) == bindparam("old_state")]
    if under_lease:
        guards.append(col(Outbox.lease_token) == bindparam("lease"))
    return update(Outbox).where(*guards)


@cache
def _event() -> Insert:
    return insert(OutboxEvent)
