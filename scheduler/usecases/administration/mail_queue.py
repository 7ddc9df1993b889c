"""The municipality's mails: those to come, those that went, and those that need a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from scheduler.domain.reminders import OutboxState
from scheduler.store.tables import MailStop, Outbox, OutboxEvent
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.errors import NotHereError
from scheduler.usecases.administration.hidden import hidden_forums
from scheduler.usecases.administration.mail_in_sight import NEEDS_A_PERSON, MailInSight
from scheduler.usecases.administration.mail_lines import MailLine, read_mail_lines
from scheduler.usecases.viewer import Viewer

__all__ = [
    "NEEDS_A_PERSON",
    "MailDetails",
    "MailStep",
    "leaves_some_out",
    "mail_counts",
    "mail_details",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MailStep:
    """One step that a mail took."""

    at: datetime
    from_state: OutboxState | None
    to_state: OutboxState
    detail: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDetails:
    """One mail with every step; its bytes are never shown.

    `can_stop` says that it is one person's, `is_stopped` that no more goes to that person.
    """

    line: MailLine
    recipient: str | None
    message_id: str | None
    expires_at: datetime | None
    steps: tuple[MailStep, ...]
    can_stop: bool
    is_stopped: bool

    @property
    def needs_a_person(self) -> bool:
        """Tell whether it failed, came back, or is uncertain."""
        return self.line.state in NEEDS_A_PERSON


def mail_counts(session: Session, acting: Acting, viewer: Viewer) -> dict[OutboxState, int]:
    """Return how many mails that the reader may see are in each state."""
    queue = MailInSight.of(session, acting, viewer)
    state: Any = queue.state.label("shown")
    rows = session.exec(select(state, func.count()).where(*queue.where).group_by(state))
    counted = {OutboxState(state): number for state, number in rows}
    return {state: counted.get(state, 0) for state in OutboxState}


def leaves_some_out(session: Session, acting: Acting, viewer: Viewer) -> bool:
    """Tell whether there are forums because of which mails to everyone are not listed."""
    return bool(hidden_forums(session, viewer, acting.municipality_id))


def mail_details(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> MailDetails:
    """Return one mail with its steps, the first first.

    Raises:
        NotHereError: it is none of the municipality's, or not for the reader.
    """
    queue = MailInSight.of(session, acting, viewer)
    is_it = col(Outbox.id) == mail_id
    found = read_mail_lines(session, queue, is_it, order=(col(Outbox.id),), at_most=1)
    if not found:
        raise NotHereError(mail_id)
    line, row = found[0], session.get_one(Outbox, mail_id)
    return MailDetails(
        line=line,
        recipient=row.recipient,
        message_id=None if line.sealed else row.message_id,
        expires_at=None if line.sealed else row.expires_at,
        can_stop=row.person_id is not None,
        is_stopped=row.person_id is not None
        and session.get(MailStop, (acting.municipality_id, row.person_id)) is not None,
        steps=() if line.sealed else _steps(session, queue, line),
    )


def _steps(session: Session, queue: MailInSight, line: MailLine) -> tuple[MailStep, ...]:
    events = session.exec(
        select(OutboxEvent)
        .where(OutboxEvent.outbox_id == line.id)
        .order_by(col(OutboxEvent.at), col(OutboxEvent.id))
    )
    return tuple(
        MailStep(
            at=event.at,
            from_state=OutboxState(event.from_state) if event.from_state else None,
            to_state=line.state
            if event.to_state == OutboxState.MERGED
            else OutboxState(event.to_state),
            # Which other mail it was may be one that the reader must not know of.
            detail=None if queue.hides(event.detail) else event.detail,
        )
        for event in events
    )
