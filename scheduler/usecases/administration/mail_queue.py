"""The municipality's mails: those to come, those that went, and those that need a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from scheduler.domain.reminders import OutboxState
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
from scheduler.usecases.administration.hidden import hidden_forums
from scheduler.usecases.administration.mail_in_sight import NEEDS_A_PERSON, MailInSight
from scheduler.usecases.viewer import Viewer

__all__ = [
    "NEEDS_A_PERSON",
    "SEALED_KIND",
    "MailDetails",
    "MailLine",
    "MailStep",
    "leaves_some_out",
    "mail_counts",
    "mail_details",
    "mail_lines",
]

SEALED_KIND: Final = "to_a_person"
"""What a sealed mail is shown as."""

_AT_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail. `about` is what it is about, `to` whose it is: the position, else the person.

    One that could tell who sits in a forum of individual cases is `sealed`: neither what it is nor
    when it went is told, only whom it did not reach and why.
    """

    id: int
    kind: str
    step: str
    about: str | None
    meeting_on: date | None
    to: str | None
    state: OutboxState
    due_at: datetime | None
    next_at: datetime | None
    sent_at: datetime | None
    attempt: int
    trouble: str | None
    sealed: bool


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


def mail_lines(
    session: Session, acting: Acting, viewer: Viewer, states: Collection[OutboxState]
) -> tuple[MailLine, ...]:
    """Return the mails in these states, the next to go or the last gone first, 200 at most."""
    queue = MailInSight.of(session, acting, viewer)
    upcoming = OutboxState.SCHEDULED in states
    order = col(Outbox.next_at) if upcoming else col(Outbox.next_at).desc()
    return _lines(
        session,
        queue,
        queue.state.in_([state.value for state in states]),
        order=(order, col(Outbox.id)),
    )


def leaves_some_out(session: Session, acting: Acting, viewer: Viewer) -> bool:
    """Tell whether there are forums because of which mails to everyone are not listed."""
    return bool(hidden_forums(session, viewer, acting.municipality_id))


def mail_details(session: Session, acting: Acting, viewer: Viewer, mail_id: int) -> MailDetails:
    """Return one mail with its steps, the first first.

    Raises:
        NotHereError: it is none of the municipality's, or not for the reader.
    """
    queue = MailInSight.of(session, acting, viewer)
    found = _lines(session, queue, col(Outbox.id) == mail_id, order=(col(Outbox.id),))
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


def _lines(
    session: Session, queue: MailInSight, *where: ColumnElement[bool], order: tuple[Any, ...]
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
        .where(*queue.where, *where)
        .order_by(*order)
        .limit(_AT_MOST)
    ).all()
    unseen = queue.went_unseen(session, [id_of(row) for row, *_rest in rows])
    lines = [
        MailLine(
            id=id_of(row),
            kind=row.kind,
            step=row.step,
            about=forum,
            meeting_on=held_on,
            to=to,
            state=OutboxState.SENT if row.id in unseen else OutboxState(row.state),
            due_at=row.due_at,
            next_at=row.next_at,
            sent_at=row.sent_at,
            attempt=row.attempt,
            trouble=row.last_error or row.smtp_reply,
            sealed=queue.seals(row),
        )
        for row, held_on, forum, to in rows
    ]
    return tuple(_sealed(line) if line.sealed else line for line in lines)


def _sealed(line: MailLine) -> MailLine:
    return replace(
        line, kind=SEALED_KIND, step="", due_at=None, next_at=None, sent_at=None, attempt=0
    )
