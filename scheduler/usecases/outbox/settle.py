"""Writing down how a mail went."""

from __future__ import annotations

import json
from datetime import datetime
from random import Random
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.reminders import OutboxState, retry_delay
from scheduler.mail import Outcome, Phase, Refusal, SendResult
from scheduler.store.rows import id_of
from scheduler.store.tables import Outbox, Person
from scheduler.usecases.outbox.freeze import Frozen
from scheduler.usecases.outbox.recover import mark_uncertain
from scheduler.usecases.outbox.tell_next import copied, tell_next
from scheduler.usecases.outbox.transition import FREE, spent, take_step
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = ["settle"]


def settle(
    session: Session, frozen: Frozen, result: SendResult, *, now: datetime, random: Random
) -> OutboxState | None:
    """Take the row from `sending` to where its result belongs; return that state.

    None means that the lease was lost meanwhile, and nothing was written.
    """
    if result.outcome is Outcome.SENT and not result.refused:
        return _sent(session, frozen, result, now)
    row = session.exec(
        select(Outbox)
        .where(
            col(Outbox.id) == frozen.claim.row_id,
            col(Outbox.state) == OutboxState.SENDING,
            col(Outbox.lease_token) == frozen.claim.token,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    said = {"phase": result.phase.value, "smtp_reply": _reply(result)}
    match result.outcome:
        case Outcome.SENT:
            _step(session, row, OutboxState.SENT, now, None, sent_at=now, **spent(row), **said)
            _send_again(session, row, result.refused, now, random)
            return OutboxState.SENT
        case Outcome.RETRY:
            wait = retry_delay(row.attempt + 1, random)
            next_at = min(now + wait, row.expires_at)
            _step(session, row, OutboxState.SCHEDULED, now, _reply(result),
                  attempt=row.attempt + 1, next_at=next_at, **said)  # fmt: skip
            return OutboxState.SCHEDULED
        case Outcome.SERVER_DOWN:
            _step(session, row, OutboxState.SCHEDULED, now, "server down", **said)
            return OutboxState.SCHEDULED
        case Outcome.FAILED:
            _step(session, row, OutboxState.FAILED, now, _reply(result), **spent(row), **said)
            if result.phase is Phase.RCPT:
                tell_next(session, row, now=now)
            return OutboxState.FAILED
        case Outcome.UNCERTAIN:
            mark_uncertain(session, row, now=now, detail=_reply(result))
            return OutboxState.UNCERTAIN


def _sent(
    session: Session, frozen: Frozen, result: SendResult, now: datetime
) -> OutboxState | None:
    """Take the step that nearly every mail takes, without reading the row first."""
    claim = frozen.claim
    took = take_step(
        session,
        claim.row_id,
        OutboxState.SENDING,
        OutboxState.SENT,
        at=now,
        token=claim.token,
        sent_at=now,
        phase=result.phase.value,
        smtp_reply=_reply(result),
        **FREE,
        **spent(claim),
    )
    return OutboxState.SENT if took else None


def _step(
    session: Session,
    row: Outbox,
    to: OutboxState,
    now: datetime,
    detail: str | None,
    **values: Any,
) -> None:
    take_step(
        session,
        id_of(row),
        OutboxState.SENDING,
        to,
        at=now,
        token=row.lease_token,
        detail=detail,
        **FREE,
        **values,
    )


def _reply(result: SendResult) -> str:
    return f"{result.code or ''} {result.reply}".strip()


def _send_again(
    session: Session, row: Outbox, refused: tuple[Refusal, ...], now: datetime, random: Random
) -> None:
    """Make a mail of their own for those whom the server would not take for now."""
    if row.duty_id is None or row.payload is None:
        return
    for refusal in refused:
        person_id = session.exec(
            select(Person.id).where(Person.email == refusal.address)
        ).one_or_none()
        if person_id is None or refusal.is_final:
            continue
        payload = {**json.loads(row.payload), "only_person": person_id}
        upsert_rows(
            session,
            [
                {
                    **copied(row),
                    "dedup_key": f"{row.dedup_key}:again:{person_id}",
                    "step": "again",
                    "function": row.function,
                    "payload": json.dumps(payload),
                    "due_at": now + retry_delay(1, random),
                }
            ],
            now=now,
            detail=f"refused in {row.id}",
        )
