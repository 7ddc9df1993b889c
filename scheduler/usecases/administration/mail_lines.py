"""The mails of the queue as lines that a person reads: what each is about, to whom, and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from scheduler.domain.reminders import NEVER_WENT_STATES, OutboxState
from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Duty,
    Forum,
    Meeting,
    Outbox,
    OutboxEvent,
    Person,
    Position,
    Unit,
)
from scheduler.usecases.administration.mail_in_sight import MailInSight
from scheduler.usecases.pages.duties import read_duties

__all__ = ["SEALED_KIND", "MailLine", "read_mail_lines"]

SEALED_KIND: Final = "to_a_person"
"""What a sealed mail is shown as."""

# Where a mail ends without a mail server having said anything of it.
_EXPLAINED = (*NEVER_WENT_STATES, OutboxState.MERGED, OutboxState.FAILED)
_DUTY_CHANGED = "duty changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class MailLine:
    """One mail. `about` is what it is about, `to` whose it is: the position, else the person.

    `due_on` is the deadline of a task that belongs to no meeting. `reason` is why the mail does not
    go, a word for the log; `trouble` what stood in its way, as the mail server put it. One that
    could tell who sits in a forum of individual cases is `sealed`: neither what it is nor when it
    went is told, only whom it did not reach and why.
    """

    id: int
    kind: str
    step: str
    about: str | None
    meeting_on: date | None
    due_on: date | None
    to: str | None
    state: OutboxState
    due_at: datetime | None
    next_at: datetime | None
    sent_at: datetime | None
    attempt: int
    reason: str | None
    trouble: str | None
    sealed: bool


def read_mail_lines(
    session: Session,
    queue: MailInSight,
    *where: ColumnElement[bool],
    order: tuple[Any, ...],
    at_most: int,
) -> tuple[MailLine, ...]:
    """Return the mails in sight that meet every condition, in this order."""
    series = func.coalesce(col(Forum.name) + ", " + col(Unit.name), col(Forum.name))
    rows = session.exec(
        select(Outbox, col(Meeting.held_on), series, func.coalesce(Position.title, Person.name))
        .outerjoin(Meeting, col(Meeting.id) == col(Outbox.meeting_id))
        .outerjoin(Forum, col(Forum.id) == col(Meeting.forum_id))
        .outerjoin(Unit, col(Unit.id) == col(Meeting.unit_id))
        .outerjoin(Position, col(Position.id) == col(Outbox.position_id))
        .outerjoin(Person, col(Person.id) == col(Outbox.person_id))
        .where(*queue.where, *where)
        .order_by(*order)
        .limit(at_most)
    ).all()
    mails = [row for row, *_rest in rows]
    unseen = queue.went_unseen(session, [id_of(row) for row in mails])
    duties = _duties_of(session, mails)
    reasons = _reasons_of(session, queue, mails, duties)
    lines = []
    for row, held_on, met, to in rows:
        duty = duties.get(row.duty_id)
        state = OutboxState.SENT if row.id in unseen else OutboxState(row.state)
        line = MailLine(
            id=id_of(row),
            kind=row.kind,
            step=row.step,
            about=duty.subject if duty else met or _period_of(row),
            meeting_on=duty.meeting_on if duty else held_on,
            due_on=duty.due_on if duty and duty.meeting_on is None else None,
            to=to,
            state=state,
            due_at=row.due_at,
            next_at=row.next_at,
            sent_at=row.sent_at,
            attempt=row.attempt,
            reason=reasons.get(id_of(row)) if state in _EXPLAINED else None,
            trouble=row.last_error or row.smtp_reply,
            sealed=queue.seals(row),
        )
        lines.append(_sealed(line) if line.sealed else line)
    return tuple(lines)


def _duties_of(session: Session, mails: Sequence[Outbox]) -> dict[int | None, DutySnapshot]:
    wanted = {row.duty_id for row in mails if row.duty_id is not None}
    if not wanted:
        return {}
    return {duty.id: duty for duty in read_duties(session, col(Duty.id).in_(wanted))}


def _reasons_of(
    session: Session,
    queue: MailInSight,
    mails: Sequence[Outbox],
    duties: Mapping[int | None, DutySnapshot],
) -> dict[int, str | None]:
    """Return what was noted when each mail came where it is now, where that explains it."""
    ended = {id_of(row): row for row in mails if row.state in _EXPLAINED}
    if not ended:
        return {}
    events = session.exec(
        select(OutboxEvent)
        .where(col(OutboxEvent.outbox_id).in_(ended))
        .order_by(col(OutboxEvent.at), col(OutboxEvent.id))
    )
    reasons: dict[int, str | None] = {}
    for event in events:
        row = ended[event.outbox_id]
        # Which other mail it was may be one that the reader must not know of.
        if event.to_state == row.state and not queue.hides(event.detail):
            reasons[event.outbox_id] = _plainly(event, duties.get(row.duty_id))
    return reasons


def _plainly(event: OutboxEvent, duty: DutySnapshot | None) -> str | None:
    """Return the note; of a duty that changed by being finished, how it was finished."""
    is_by_this = duty is not None and not duty.is_unfinished and duty.changed_at == event.at
    if duty is not None and is_by_this and event.detail == _DUTY_CHANGED:
        return duty.state.value
    return event.detail


def _period_of(row: Outbox) -> str | None:
    said = json.loads(row.payload) if row.payload else {}
    period = said.get("period")
    return period if isinstance(period, str) else None


def _sealed(line: MailLine) -> MailLine:
    return replace(
        line,
        kind=SEALED_KIND,
        step="",
        about=None,
        due_at=None,
        next_at=None,
        sent_at=None,
        attempt=0,
    )
