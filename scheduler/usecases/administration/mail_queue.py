"""The municipality's mails: those to come, those that went, and those that need a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from scheduler.domain.reminders import MailClass, OutboxState
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Duty,
    Forum,
    MailStop,
    Meeting,
    Outbox,
    OutboxEvent,
    Person,
    Position,
)
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.errors import NotHereError
from scheduler.usecases.administration.hidden import hidden_forums, mail_is_open
from scheduler.usecases.viewer import Viewer

__all__ = [
    "NEEDS_A_PERSON",
    "MailDetails",
    "MailLine",
    "MailStep",
    "mail_counts",
    "mail_details",
    "mail_lines",
]

NEEDS_A_PERSON = (OutboxState.FAILED, OutboxState.UNCERTAIN, OutboxState.BOUNCED)
_AT_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail. `about` is what it is about, `to` whose it is: the position, else the person."""

    id: int
    kind: str
    step: str
    about: str | None
    meeting_on: date | None
    to: str | None
    state: OutboxState
    due_at: datetime
    next_at: datetime
    sent_at: datetime | None
    attempt: int
    trouble: str | None


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
    expires_at: datetime
    steps: tuple[MailStep, ...]
    can_stop: bool
    is_stopped: bool

    @property
    def needs_a_person(self) -> bool:
        """Tell whether it failed, came back, or is uncertain."""
        return self.line.state in NEEDS_A_PERSON


def mail_counts(session: Session, acting: Acting, viewer: Viewer) -> dict[OutboxState, int]:
    """Return how many mails are in each state."""
    rows = session.exec(
        select(Outbox.state, func.count())
        .where(*_open_to(session, acting, viewer))
        .group_by(Outbox.state)
    )
    counted = {OutboxState(state): number for state, number in rows}
    return {state: counted.get(state, 0) for state in OutboxState}


def mail_lines(
    session: Session, acting: Acting, viewer: Viewer, states: Collection[OutboxState]
) -> tuple[MailLine, ...]:
    """Return the mails in these states, the next to go or the last gone first, 200 at most.

    Log-in mails and those of case-level forums where the reader has no seat are never among them.
    """
    upcoming = OutboxState.SCHEDULED in states
    order = col(Outbox.next_at) if upcoming else col(Outbox.next_at).desc()
    return _lines(
        session,
        *_open_to(session, acting, viewer),
        col(Outbox.state).in_([state.value for state in states]),
        order=(order, col(Outbox.id)),
    )


def mail_details(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> MailDetails:
    """Return one mail with its steps, the first first.

    Raises:
        NotHereError: it is none of the municipality's, or not for the reader.
    """
    found = _lines(
        session, *_open_to(session, acting, viewer), Outbox.id == mail_id, order=(col(Outbox.id),)
    )
    if not found:
        raise NotHereError(mail_id)
    row = session.get_one(Outbox, mail_id)
    events = session.exec(
        select(OutboxEvent)
        .where(OutboxEvent.outbox_id == mail_id)
        .order_by(col(OutboxEvent.at), col(OutboxEvent.id))
    )
    return MailDetails(
        line=found[0],
        recipient=row.recipient,
        message_id=row.message_id,
        expires_at=row.expires_at,
        can_stop=row.person_id is not None,
        is_stopped=row.person_id is not None
        and session.get(MailStop, (acting.municipality_id, row.person_id)) is not None,
        steps=tuple(
            MailStep(
                at=event.at,
                from_state=OutboxState(event.from_state) if event.from_state else None,
                to_state=OutboxState(event.to_state),
                detail=event.detail,
            )
            for event in events
        ),
    )


def _open_to(session: Session, acting: Acting, viewer: Viewer) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Outbox.municipality_id) == acting.municipality_id,
        # A log-in mail holds a secret, and is no municipality's business.
        col(Outbox.mail_class) != MailClass.LOGIN.value,
        mail_is_open(hidden_forums(session, viewer, acting.municipality_id)),
    )


def _lines(
    session: Session, *where: ColumnElement[bool] | bool, order: tuple[Any, ...]
) -> tuple[MailLine, ...]:
    forum_of = func.coalesce(Duty.forum_id, Meeting.forum_id)
    meeting_of = func.coalesce(Outbox.meeting_id, Duty.meeting_id)
    rows = session.exec(
        select(Outbox, col(Meeting.held_on), Forum.name, func.coalesce(Position.title, Person.name))
        .outerjoin(Duty, col(Duty.id) == col(Outbox.duty_id))
        .outerjoin(Meeting, col(Meeting.id) == meeting_of)
        .outerjoin(Forum, col(Forum.id) == forum_of)
        .outerjoin(Position, col(Position.id) == col(Outbox.position_id))
        .outerjoin(Person, col(Person.id) == col(Outbox.person_id))
        .where(*where)
        .order_by(*order)
        .limit(_AT_MOST)
    )
    return tuple(
        MailLine(
            id=id_of(row),
            kind=row.kind,
            step=row.step,
            about=forum,
            meeting_on=held_on,
            to=to,
            state=OutboxState(row.state),
            due_at=row.due_at,
            next_at=row.next_at,
            sent_at=row.sent_at,
            attempt=row.attempt,
            trouble=row.last_error or row.smtp_reply,
        )
        for row, held_on, forum, to in rows
    )
