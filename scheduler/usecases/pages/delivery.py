"""Who has been told of a meeting's last change, and whom to tell by hand when mail is down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from scheduler.domain.reminders import OutboxState
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.tables import Outbox, Position
from scheduler.usecases.reminders.announcement import CHANGE_KIND, seats_in
from scheduler.usecases.reminders.holders import readers_of

__all__ = ["Delivery", "addresses_of", "deliveries_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """The mail to one position about a change."""

    position_title: str
    state: OutboxState
    sent_at: datetime | None


def deliveries_of(session: Session, meeting: MeetingSnapshot) -> tuple[Delivery, ...]:
    """Return the mails about the meeting's last change, by title. The caller has a seat in it.

    One that went in another mail to the same person stands as that one does.
    """
    carrier = aliased(Outbox)
    rows = session.exec(
        select(
            func.coalesce(carrier.state, Outbox.state),
            func.coalesce(carrier.sent_at, Outbox.sent_at),
            Position.title,
        )
        .select_from(Outbox)
        .join(Position, col(Position.id) == Outbox.position_id)
        .outerjoin(
            carrier,
            (col(carrier.id) == Outbox.merged_into) & (col(Outbox.state) == OutboxState.MERGED),
        )
        .where(
            Outbox.kind == CHANGE_KIND,
            Outbox.meeting_id == meeting.id,
            Outbox.meeting_sequence == meeting.sequence,
        )
        .order_by(col(Position.title), col(Outbox.id))
    ).all()
    return tuple(
        Delivery(position_title=title, state=OutboxState(state), sent_at=sent_at)
        for state, sent_at, title in rows
    )


def addresses_of(session: Session, meeting: MeetingSnapshot, *, today: date) -> tuple[str, ...]:
    """Return the mail addresses of everyone with a seat in the meeting. The caller has one."""
    readers = readers_of(session, seats_in(session, meeting, today), today)
    return tuple(sorted({reader.email for each in readers.values() for reader in each}))
