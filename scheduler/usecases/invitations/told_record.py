"""The record of what was told of each meeting, read from the outbox without the bytes of mails."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time
from itertools import takewhile

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, or_, select

from scheduler.domain.enums import ForumLevel
from scheduler.domain.reminders import GONE_STATES, OutboxState
from scheduler.store.tables import Forum, Invitation, Meeting, Outbox
from scheduler.usecases.invitations.recipient import Recipient
from scheduler.usecases.invitations.told import KIND, Message, Method, Said, Told

__all__ = [
    "messages_of_this_time",
    "messages_to",
    "messages_to_room",
    "recipient_of",
    "told_before",
    "told_to_person",
    "what_was_told",
]


def what_was_told(
    session: Session,
    *,
    meeting_ids: Collection[int],
    person_id: int | None = None,
    but_row: int | None = None,
) -> dict[tuple[int, Recipient], Told]:
    """Return what stands on record of these meetings, of one person or of everyone.

    `but_row` is a row of the outbox that is left out: the one that is being written.
    """
    return _read(
        session,
        col(Outbox.meeting_id).in_(meeting_ids),
        *([] if person_id is None else [Outbox.person_id == person_id]),
        *([] if but_row is None else [Outbox.id != but_row]),
    )


def told_to_person(session: Session, person_id: int) -> dict[int, Told]:
    """Return what the person was told, or is about to be, of each meeting, also the past ones."""
    found = _read(session, Outbox.person_id == person_id)
    return {meeting_id: told for (meeting_id, _person), told in found.items()}


def told_before(session: Session, row: Outbox, recipient: Recipient) -> Told:
    """Return what the recipient was told of the row's meeting by other messages than the row's."""
    meeting_id = row.meeting_id or 0
    found = what_was_told(
        session, meeting_ids=[meeting_id], person_id=recipient.person_id, but_row=row.id
    )
    return found.get((meeting_id, recipient)) or Told()


def messages_to(session: Session, *, meeting_id: int, person_id: int) -> list[Invitation]:
    """Return the messages about a meeting that may have arrived at a person, the newest first.

    Also those that were let go: they still stand in the calendar, with the buttons to answer by.
    """
    return _messages(session, meeting_id, Invitation.person_id == person_id)


def messages_to_room(session: Session, *, meeting_id: int, room_email: str) -> list[Invitation]:
    """Return the messages about a meeting that may have arrived at a room, the newest first."""
    return _messages(session, meeting_id, Invitation.room_email == room_email)


def messages_of_this_time(told: list[Invitation], meeting: Meeting) -> list[Invitation]:
    """Return those that asked for the meeting's present time, of `told` from the newest on.

    None where another was told of last: an answer is then not to this one.
    """
    now = (meeting.held_on, meeting.starts, meeting.ends)
    return list(
        takewhile(
            lambda one: one.method == Method.REQUEST and (one.held_on, one.starts, one.ends) == now,
            told,
        )
    )


def recipient_of(row: Outbox) -> Recipient:
    """Return whom a row of the outbox is for: a person, or the room that its payload names."""
    return _recipient(row.person_id, row.payload)


def _read(
    session: Session, *which: ColumnElement[bool] | bool
) -> dict[tuple[int, Recipient], Told]:
    found: dict[tuple[int, Recipient], Told] = defaultdict(Told)
    rows = session.exec(
        select(  # type: ignore[call-overload, misc]
            Outbox.id,
            Outbox.dedup_key,
            Outbox.meeting_id,
            Outbox.person_id,
            Outbox.payload,
            Outbox.step,
            Outbox.state,
            Outbox.meeting_sequence,
            Outbox.resends,
            Invitation.method,
            Invitation.sequence,
            Invitation.held_on,
            Invitation.starts,
            Invitation.ends,
            Invitation.let_go_at,
            Invitation.in_the_open,
            Forum.level,
        )
        .outerjoin(Invitation, col(Invitation.outbox_id) == Outbox.id)
        .join(Meeting, col(Meeting.id) == Outbox.meeting_id)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .where(Outbox.kind == KIND, *which)
        .order_by(col(Outbox.id))
    ).all()
    for row_id, key, meeting_id, person_id, payload, step, state, of_version, *rest in rows:
        resends, *record = rest
        message = Message(
            row_id=row_id,
            number=int(key.rpartition(":")[2]),
            method=Method(step.upper()),
            state=OutboxState(state),
            meeting_sequence=of_version or 0,
            resends=resends,
            said=_said(*record),
        )
        found[meeting_id, _recipient(person_id, payload)].add(message)
    return dict(found)


def _said(
    method: str | None,
    sequence: int,
    held_on: date,
    starts: time,
    ends: time,
    let_go_at: datetime | None,
    in_the_open: bool,
    level: ForumLevel,
) -> Said | None:
    if method is None:
        return None
    return Said(
        method=Method(method),
        sequence=sequence,
        held_on=held_on,
        starts=starts,
        ends=ends,
        was_let_go=let_go_at is not None,
        says_too_much=in_the_open and level.is_case,
    )


def _recipient(person_id: int | None, payload: str | None) -> Recipient:
    if person_id is not None:
        return Recipient(person_id=person_id)
    return Recipient(room_email=json.loads(payload or "{}").get("room"))


def _messages(
    session: Session, meeting_id: int, to: ColumnElement[bool] | bool
) -> list[Invitation]:
    found = session.exec(
        select(Invitation)
        .join(Outbox, col(Outbox.id) == Invitation.outbox_id)
        .where(
            Invitation.meeting_id == meeting_id,
            to,
            or_(
                col(Outbox.state).in_(GONE_STATES),
                and_(col(Outbox.resends) > 0, col(Outbox.state) != OutboxState.BOUNCED),
            ),
        )
        .order_by(col(Invitation.sequence).desc(), col(Invitation.id).desc())
    )
    return list(found)
