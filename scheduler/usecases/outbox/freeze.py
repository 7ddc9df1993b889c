"""The last look before a mail goes: still true, who gets it, which bytes; then `sending`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from scheduler.domain.reminders import MailClass, OutboxState
from scheduler.store.tables import Outbox
from scheduler.usecases.invitations.told import KIND as INVITATION
from scheduler.usecases.outbox.claim import Claim
from scheduler.usecases.outbox.deliveries import Deliveries
from scheduler.usecases.outbox.draft import draft_of, is_still_good
from scheduler.usecases.outbox.duty_draft import lock_reader
from scheduler.usecases.outbox.envelope import Envelope
from scheduler.usecases.outbox.hours import wait_for_hours
from scheduler.usecases.outbox.look import Look, Verdict
from scheduler.usecases.outbox.settings import WorkerSettings
from scheduler.usecases.outbox.tell_next import tell_next
from scheduler.usecases.outbox.transition import FREE, spent, take_step
from scheduler.usecases.people.stopped import without_stopped
from scheduler.usecases.reminders.upsert import hand_back, let_go

__all__ = ["Frozen", "freeze"]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A mail that is committed as being sent; `until` is when others may take it over."""

    claim: Claim
    recipients: tuple[str, ...]
    message: bytes
    until: datetime


def freeze(
    session: Session,
    claim: Claim,
    *,
    settings: WorkerSettings,
    deliveries: Deliveries,
    now: datetime,
) -> Frozen | None:
    """Take a leased row to `sending` with its bytes, or to where it belongs instead.

    None means that there is nothing to send: the row was put off, cancelled, skipped or merged, or
    is no longer this worker's. A row that has bytes keeps them as long as all they say is true.
    """
    look = Look(session, settings, deliveries, now)
    if MailClass(claim.mail_class).is_merged:
        lock_reader(look, session.get_one(Outbox, claim.row_id))
        # What was read before the lock may be older than it.
        session.expire_all()
    row = _locked(session, claim)
    if row is None:
        return None
    if row.expires_at <= now:
        _leave(session, claim, OutboxState.SKIPPED, now, "past its use", **spent(row))
        return None
    if row.message is not None and not is_still_good(look, row):
        _thaw(session, claim, row, now)
    wait = wait_for_hours(look, row)
    if wait is not None:
        _leave(session, claim, wait.state, now, wait.why, **wait.values)
        return None
    if row.message is not None:
        envelope = _kept(row)
    else:
        made = draft_of(look, row)
        if isinstance(made, Verdict):
            _leave(session, claim, made.state, now, made.why, **made.values)
            if row.kind == INVITATION and row.meeting_id is not None:
                # What another mail left to it is that one's to tell again.
                hand_back(session, [row.meeting_id], now=now)
            return None
        envelope = made
    recipients = without_stopped(session, row.municipality_id, envelope.recipients)
    if not recipients:
        _leave(session, claim, OutboxState.FAILED, now, "mail to the address is stopped")
        tell_next(session, row, now=now)
        return None
    frozen = _to_sending(session, claim, envelope, settings, row, now)
    return replace(frozen, recipients=recipients)


def _to_sending(
    session: Session,
    claim: Claim,
    envelope: Envelope,
    settings: WorkerSettings,
    row: Outbox,
    now: datetime,
) -> Frozen:
    until = now + settings.sending
    if not take_step(
        session,
        claim.row_id,
        OutboxState.LEASED,
        OutboxState.SENDING,
        at=now,
        token=claim.token,
        lease_until=until,
        person_id=envelope.person_id,
        recipient=", ".join(envelope.recipients),
        message_id=envelope.message_id,
        message=envelope.message,
        message_hash=envelope.message_hash,
        message_at=row.message_at or now,
    ):
        # Whatever was merged into this mail must not be lost with it.
        raise LookupError(f"outbox row {claim.row_id} was taken while it was locked")
    return Frozen(claim, envelope.recipients, envelope.message, until)


def _locked(session: Session, claim: Claim) -> Outbox | None:
    # Another worker's claim may hold the row for a moment, also where it does not take it; waiting
    # for that is safe, since whoever holds a row waits for no reader.
    return session.exec(
        _in_hand(), params={"row_id": claim.row_id, "token": claim.token}
    ).one_or_none()


@cache
def _in_hand() -> SelectOfScalar[Outbox]:
    return (
        select(Outbox)
        .where(
            col(Outbox.id) == bindparam("row_id"),
            col(Outbox.state) == OutboxState.LEASED,
            col(Outbox.lease_token) == bindparam("token"),
        )
        .with_for_update()
    )


def _kept(row: Outbox) -> Envelope:
    if row.message is None or row.message_id is None or row.recipient is None:
        raise ValueError(f"outbox row {row.id} has no message to keep")
    recipients = tuple(row.recipient.split(", "))
    return Envelope(recipients, row.person_id, row.message_id, row.message)


def _thaw(session: Session, claim: Claim, row: Outbox, now: datetime) -> None:
    """Throw away bytes that are no longer true; they were refused, so nobody has them."""
    row.message = row.message_id = row.message_hash = row.message_at = row.recipient = None
    session.add(row)
    session.flush()
    let_go(session, [claim.row_id], now=now)


def _leave(
    session: Session, claim: Claim, to: OutboxState, now: datetime, why: str, **values: Any
) -> None:
    take_step(
        session,
        claim.row_id,
        OutboxState.LEASED,
        to,
        at=now,
        token=claim.token,
        detail=why,
        **FREE,
        **values,
    )
    if to is not OutboxState.SCHEDULED:
        let_go(session, [claim.row_id], now=now)
