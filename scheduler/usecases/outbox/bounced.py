"""Mails that came back: what mail servers report of them, written down row by row."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from scheduler.domain.reminders import ACCEPTED_STATES, IN_HAND_STATES, OutboxState
from scheduler.mail import Bounce
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Outbox, OutboxEvent, Person
from scheduler.usecases.outbox.envelope import idempotency_key
from scheduler.usecases.outbox.tell_next import tell_next
from scheduler.usecases.outbox.transition import take_step

__all__ = ["BounceVerdict", "mark_bounced", "write_down_bounces"]

_LOOKS_BACK = timedelta(days=14)


class BounceVerdict(StrEnum):
    """What was done with a report."""

    IGNORED = "ignored"
    BOUNCED = "bounced"
    LATER = "later"


def write_down_bounces(
    database: Database, bounces: tuple[Bounce, ...], *, now: datetime
) -> list[BounceVerdict]:
    """Write down what one report tells, in a transaction of its own."""
    if not any(bounce.is_permanent for bounce in bounces):
        return []
    with database.write() as session:
        return [mark_bounced(session, bounce, now=now) for bounce in bounces]


def mark_bounced(session: Session, bounce: Bounce, *, now: datetime) -> BounceVerdict:
    """Take the mail from `sent` to `bounced`, and tell the next in line where nobody has it.

    Only a permanent failure of a mail of ours counts. A mail to several has come back with the
    first of them; the next in line hears when it has come back from all. A report is no more than
    a message that anybody could have written: all that it can do is this.
    """
    row = _row_of(session, bounce, now) if bounce.is_permanent else None
    if row is None:
        return BounceVerdict.IGNORED
    state = OutboxState(row.state)
    if state in IN_HAND_STATES:
        # Not yet written down as sent, or about to go once more: the report is read again later.
        return BounceVerdict.LATER
    # One that nobody knew the fate of did reach a server, if that one could not deliver it.
    if state not in (*ACCEPTED_STATES, OutboxState.BOUNCED):
        return BounceVerdict.IGNORED
    recipients = _recipients(row)
    place = _place(recipients, bounce)
    places = _places_so_far(session, row)
    if place in places:
        return BounceVerdict.IGNORED
    _note(session, row, state, bounce, place, now)
    if {_nth(number, recipients) for number in range(len(recipients))} <= {*places, place}:
        tell_next(session, row, now=now)
    return BounceVerdict.BOUNCED


def _row_of(session: Session, bounce: Bounce, now: datetime) -> Outbox | None:
    row_id = None
    if bounce.message_id is not None:
        row_id = session.exec(
            select(Outbox.id).where(Outbox.message_id == bounce.message_id)
        ).one_or_none()
    if row_id is None:
        row_id = _id_by_key(session, bounce, now)
    return None if row_id is None else session.get_one(Outbox, row_id, with_for_update=True)


def _id_by_key(session: Session, bounce: Bounce, now: datetime) -> int | None:
    """Find the mail where a server on the way has given it a Message-ID of its own."""
    if bounce.key is None or bounce.recipient is None:
        return None
    candidates = session.exec(
        select(Outbox.id, Outbox.message_id)
        .join(Person, col(Person.id) == col(Outbox.person_id))
        .where(
            Person.email == bounce.recipient,
            col(Outbox.message_at) > now - _LOOKS_BACK,
            col(Outbox.message_id).is_not(None),
        )
    )
    return next(
        (
            row_id
            for row_id, message_id in candidates
            if message_id is not None and idempotency_key(message_id) == bounce.key
        ),
        None,
    )


def _recipients(row: Outbox) -> list[str]:
    # The addresses are wiped a month after the mail went.
    return (row.recipient or "").lower().split(", ")


def _place(recipients: list[str], bounce: Bounce) -> str:
    """Return which of the recipients it was: the steps of a mail are kept, addresses are not."""
    if len(recipients) == 1:
        # Also where the mail was forwarded to another address, and came back from there.
        return _nth(0, recipients)
    if bounce.recipient in recipients:
        return _nth(recipients.index(bounce.recipient), recipients)
    return "another address"


def _nth(number: int, recipients: list[str]) -> str:
    return f"{number + 1} of {len(recipients)}"


def _places_so_far(session: Session, row: Outbox) -> set[str]:
    """Return from which recipients it has come back since it was last sent."""
    places: set[str] = set()
    steps = session.exec(
        select(OutboxEvent.to_state, OutboxEvent.detail)
        .where(OutboxEvent.outbox_id == row.id)
        .order_by(col(OutboxEvent.id))
    )
    for to_state, detail in steps:
        if to_state == OutboxState.SENT:
            places.clear()
        elif to_state == OutboxState.BOUNCED and detail is not None:
            places.add(detail.partition(", ")[2])
    return places


def _note(
    session: Session, row: Outbox, state: OutboxState, bounce: Bounce, place: str, now: datetime
) -> None:
    detail = f"{bounce.status}, {place}"
    if state is OutboxState.BOUNCED:
        session.add(
            OutboxEvent(
                outbox_id=id_of(row), at=now, from_state=state, to_state=state, detail=detail
            )
        )
        session.flush()
        return
    take_step(
        session,
        id_of(row),
        state,
        OutboxState.BOUNCED,
        at=now,
        detail=detail,
        bounced_at=now,
        last_error=_reason(row, bounce),
    )


def _reason(row: Outbox, bounce: Bounce) -> str:
    # The server's words may hold the address. They are wiped with the bytes of the mail, so where
    # those are gone already they are not kept.
    return bounce.status if row.message is None else f"{bounce.status} {bounce.diagnostic}".strip()
