"""What each recipient has been told of each meeting: the record and what still waits to go."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from itertools import takewhile

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from scheduler.domain.reminders import (
    GONE_STATES,
    LIVE_STATES,
    LOST_STATES,
    REVIVABLE_STATES,
    OutboxState,
)
from scheduler.store.tables import Invitation, Meeting, Outbox
from scheduler.usecases.invitations.recipient import Recipient

__all__ = [
    "KIND",
    "Message",
    "Method",
    "Said",
    "Told",
    "messages_of_this_time",
    "messages_to",
    "messages_to_room",
    "recipient_of",
    "row_key",
    "told_to_person",
    "what_was_told",
]

KIND = "invitation"


class Method(StrEnum):
    """What a message asks for (RFC 5546)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a calendar message said, once its mail was made."""

    method: Method
    sequence: int
    held_on: date
    starts: time
    ends: time
    was_let_go: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message about one meeting to one recipient, without the bytes of its mail.

    `number` counts the messages about it to them, and is the last part of the row's key.
    `meeting_sequence` is the version of the meeting that it is about. `said` is None until its
    mail was made.
    """

    row_id: int
    number: int
    method: Method
    state: OutboxState
    meeting_sequence: int
    said: Said | None

    @property
    def was_let_go(self) -> bool:
        """Tell whether it was left to its reader, who is told no more of it."""
        return self.said is not None and self.said.was_let_go

    @property
    def asks(self) -> bool:
        """Tell whether it is an invitation that counts."""
        return self.method is Method.REQUEST and not self.was_let_go


@dataclass(slots=True)
class Told:
    """What one recipient was told of one meeting: the one place that says what stands with them.

    `ended` is the number after all whose fate is settled, whatever it was, and `tried` is the last
    of them unless it was let go. `last` is what the last said that may have arrived and was not let
    go, `sequence` the highest number that did. `waiting` is what is still to go, `overtaken` the
    rows of what waits though a newer message was tried, and `newest` the newest of all.
    `went_before` tells that one before the newest may have arrived.
    """

    ended: int = 0
    tried: Message | None = None
    last: Said | None = None
    sequence: int = -1
    waiting: Message | None = None
    overtaken: list[int] = field(default_factory=list)
    newest: Message | None = None
    went_before: bool = False

    @property
    def has_it(self) -> bool:
        """Tell whether the meeting is in the recipient's calendar by a message of ours.

        It then has to be taken out when it is no longer theirs, whatever became of later ones.
        """
        return self.last is not None and self.last.method is Method.REQUEST

    @property
    def keeps_it(self) -> bool:
        """Tell whether it is there, and nothing that takes it out was tried or waits to go.

        Then it is followed by mail also where nothing more would be invited to.
        """
        said_last = self.waiting or self.tried
        return self.has_it and said_last is not None and said_last.method is Method.REQUEST

    @property
    def is_asked_for(self) -> bool:
        """Tell whether an invitation waits to go."""
        return self.waiting is not None and self.waiting.method is Method.REQUEST

    def stands(self, *, sequence: int, is_cancelled: bool) -> bool:
        """Tell whether the newest message shows the meeting: it may have arrived, or is to go.

        Then, and only then, nothing else needs to show it. A cancelled meeting, whose version is
        `sequence`, still is shown: calendars leave it there as cancelled until it is cleared.
        """
        one = self.newest
        if one is None or one.was_let_go or one.state not in (*LIVE_STATES, *GONE_STATES):
            return False
        return one.asks or (is_cancelled and one.meeting_sequence == sequence)

    def was_missed(self, *, sequence: int, is_cancelled: bool, wants: bool) -> bool:
        """Tell whether what the recipient does not know did not arrive: how the meeting is now.

        `wants` tells that they are to be invited.
        """
        one = self.newest
        return (
            one is not None
            and one.state in LOST_STATES
            and one.meeting_sequence == sequence
            and (one.method is Method.REQUEST or is_cancelled)
            and (wants or self.went_before)
        )


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
    return _recipient(row.person_id, row.payload)


def _messages(
    session: Session, meeting_id: int, to: ColumnElement[bool] | bool
) -> list[Invitation]:
    found = session.exec(
        select(Invitation)
        .join(Outbox, col(Outbox.id) == Invitation.outbox_id)
        .where(Invitation.meeting_id == meeting_id, to, col(Outbox.state).in_(GONE_STATES))
        .order_by(col(Invitation.sequence).desc(), col(Invitation.id).desc())
    )
    return list(found)


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
            Invitation.method,
            Invitation.sequence,
            Invitation.held_on,
            Invitation.starts,
            Invitation.ends,
            Invitation.let_go_at,
        )
        .outerjoin(Invitation, col(Invitation.outbox_id) == Outbox.id)
        .where(Outbox.kind == KIND, col(Outbox.meeting_id).is_not(None), *which)
        .order_by(col(Outbox.id))
    ).all()
    for row_id, key, meeting_id, person_id, payload, step, state, meeting_sequence, *record in rows:
        message = Message(
            row_id=row_id,
            number=int(key.rpartition(":")[2]),
            method=Method(step.upper()),
            state=OutboxState(state),
            meeting_sequence=meeting_sequence or 0,
            said=_said(*record),
        )
        _add(found[meeting_id, _recipient(person_id, payload)], message)
    return dict(found)


def _said(
    method: str | None,
    sequence: int,
    held_on: date,
    starts: time,
    ends: time,
    let_go_at: datetime | None,
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
    )


def _add(told: Told, message: Message) -> None:
    if message.state in REVIVABLE_STATES:
        return
    if told.newest is not None and told.newest.state in GONE_STATES:
        told.went_before = True
    told.newest = message
    if told.waiting is not None:
        told.overtaken.append(told.waiting.row_id)
        told.waiting = None
    if message.state in LIVE_STATES:
        told.waiting = message
        return
    # Counting them is not enough: an older one that goes once more and is then taken back is none
    # of them any more, and the number of one that was sent would come again.
    told.ended = max(told.ended, message.number + 1)
    told.tried = None if message.was_let_go else message
    if message.said is not None and message.state in GONE_STATES:
        told.last = None if message.was_let_go else message.said
        told.sequence = max(told.sequence, message.said.sequence)


def _recipient(person_id: int | None, payload: str | None) -> Recipient:
    if person_id is not None:
        return Recipient(person_id=person_id)
    return Recipient(room_email=json.loads(payload or "{}").get("room"))
