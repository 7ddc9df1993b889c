"""What each recipient has been told of each meeting: the record and what still waits to go."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from scheduler.domain.reminders import LIVE_STATES, REVIVABLE_STATES, OutboxState
from scheduler.store.tables import Invitation, Meeting, Outbox
from scheduler.usecases.invitations.recipient import Recipient

__all__ = [
    "GONE",
    "KIND",
    "Method",
    "Told",
    "meetings_told_to",
    "messages_of_this_time",
    "messages_to",
    "messages_to_room",
    "recipient_of",
    "row_key",
    "what_was_told",
]

KIND = "invitation"

# May have arrived: what was taken by the server, and what nobody knows of.
GONE = (OutboxState.SENDING, OutboxState.SENT, OutboxState.UNCERTAIN)


class Method(StrEnum):
    """What a message asks for (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass
class Told:
    """What one recipient was told of one meeting.

    `ended` counts the messages whose fate is settled, whatever it was; `tried` is what the last of
    them asked for, and of which version of the meeting. `last` is the last that may have arrived
    and was not let go, `sequence` the highest that did. `waiting` is the row that is still to go.
    """

    ended: int = 0
    tried: tuple[Method, int] | None = None
    last: Invitation | None = None
    sequence: int = -1
    waiting: Outbox | None = None

    @property
    def has_it(self) -> bool:
        """Tell whether the meeting stands in the recipient's calendar by a message of ours."""
        return self.last is not None and self.last.method == Method.REQUEST

    @property
    def keeps_it(self) -> bool:
        """Tell whether it stands there, and nothing that takes it out was tried or waits to go."""
        if self.waiting is not None:
            return self.has_it and self.waiting.step == Method.REQUEST.value.lower()
        return self.has_it and self.tried is not None and self.tried[0] is Method.REQUEST

    @property
    def is_asked_for(self) -> bool:
        """Tell whether an invitation waits to go."""
        return self.waiting is not None and self.waiting.step == Method.REQUEST.value.lower()


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
    found: dict[tuple[int, Recipient], Told] = defaultdict(Told)
    rows = session.exec(
        select(Outbox, Invitation)
        .outerjoin(Invitation, col(Invitation.outbox_id) == Outbox.id)
        .where(
            Outbox.kind == KIND,
            col(Outbox.meeting_id).in_(meeting_ids),
            *([] if person_id is None else [Outbox.person_id == person_id]),
        )
        .order_by(col(Outbox.id))
        .execution_options(populate_existing=True)
    ).all()
    for row, invitation in rows:
        if row.id == but_row or row.meeting_id is None:
            continue
        _add(found[row.meeting_id, recipient_of(row)], row, invitation)
    return dict(found)


def meetings_told_to(session: Session, person_id: int) -> set[int]:
    """Return the meetings that the person was, or is about to be, told of."""
    return {
        meeting_id
        for meeting_id in session.exec(
            select(Outbox.meeting_id)
            .where(Outbox.kind == KIND, Outbox.person_id == person_id)
            .distinct()
        )
        if meeting_id is not None
    }


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


def row_key(slug: str, meeting_id: int, recipient: Recipient, told: Told) -> str:
    """Return the key of the next message to a recipient; one that waits is written over by it."""
    return f"{slug}:{KIND}:{meeting_id}:{recipient.key}:{told.ended}"


def recipient_of(row: Outbox) -> Recipient:
    """Return whom a row of the outbox is for: a person, or the room that its payload names."""
    if row.person_id is not None:
        return Recipient(person_id=row.person_id)
    return Recipient(room_email=json.loads(row.payload or "{}").get("room"))


def _messages(
    session: Session, meeting_id: int, to: ColumnElement[bool] | bool
) -> list[Invitation]:
    found = session.exec(
        select(Invitation)
        .join(Outbox, col(Outbox.id) == Invitation.outbox_id)
        .where(Invitation.meeting_id == meeting_id, to, col(Outbox.state).in_(GONE))
        .order_by(col(Invitation.sequence).desc(), col(Invitation.id).desc())
    )
    return list(found)


def _add(told: Told, row: Outbox, invitation: Invitation | None) -> None:
    state = OutboxState(row.state)
    if state in LIVE_STATES:
        told.waiting = row
        return
    if state in REVIVABLE_STATES:
        return
    told.ended += 1
    was_let_go = invitation is not None and invitation.let_go_at is not None
    told.tried = None if was_let_go else (Method(row.step.upper()), row.meeting_sequence or 0)
    if invitation is not None and state in GONE:
        told.last = None if was_let_go else invitation
        told.sequence = max(told.sequence, invitation.sequence)
