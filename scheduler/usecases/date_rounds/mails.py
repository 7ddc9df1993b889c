"""The mails of a round in the queue: the question, one reminder, and the word that it is over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from scheduler.domain.reminders import LIVE_STATES, MailClass, OutboxState, ResendPolicy
from scheduler.store.rows import id_of
from scheduler.store.tables import DateRound, Municipality, Outbox
from scheduler.usecases.reminders.upsert import put_aside, upsert_rows

__all__ = ["ASK", "CLOSED", "REMIND", "ROUND_KINDS", "queue_closing", "queue_questions", "withdraw"]

ASK = "round"
REMIND = "round_reminder"
CLOSED = "round_closed"
ROUND_KINDS = (ASK, REMIND, CLOSED)
_TOLD_AT = time(8)
_NEWS_FOR = timedelta(days=14)


def queue_questions(
    session: Session, found: DateRound, person_ids: Iterable[int], kind: str, *, now: datetime
) -> int:
    """Put one mail in line for each person; it is of no use after the round's last day."""
    municipality = session.get_one(Municipality, found.municipality_id)
    ends_at = _instant(found, municipality, days=1, at=time(0))
    rows = [
        _row(found, municipality, kind, person_id, due_at=now, expires_at=ends_at)
        for person_id in sorted(person_ids)
    ]
    return upsert_rows(session, rows, now=now, detail="asked for")


def queue_closing(session: Session, found: DateRound, *, now: datetime) -> None:
    """Let the planner hear on the morning after the last day, unless the round is ended before."""
    municipality = session.get_one(Municipality, found.municipality_id)
    due_at = _instant(found, municipality, days=1, at=_TOLD_AT)
    row = _row(
        found, municipality, CLOSED, found.opened_by, due_at=due_at, expires_at=due_at + _NEWS_FOR
    )
    upsert_rows(session, [row], now=now, detail="asked for")


def withdraw(session: Session, found: DateRound, *, now: datetime, why: str) -> int:
    """Take the round's mails that have not gone out of the queue; return how many there were."""
    municipality = session.get_one(Municipality, found.municipality_id)
    waiting = session.exec(
        select(Outbox.id).where(
            col(Outbox.dedup_key).like(f"{municipality.slug}:round:{id_of(found)}:%"),
            col(Outbox.state).in_(LIVE_STATES),
        )
    ).all()
    ids = [row_id for row_id in waiting if row_id is not None]
    return put_aside(session, ids, OutboxState.CANCELLED, now=now, detail=why)


def _row(
    found: DateRound,
    municipality: Municipality,
    kind: str,
    person_id: int | None,
    *,
    due_at: datetime,
    expires_at: datetime,
) -> dict[str, Any]:
    return {
        "municipality_id": municipality.id,
        "dedup_key": f"{municipality.slug}:round:{id_of(found)}:{person_id or 0}:{kind}",
        "kind": kind,
        "step": kind,
        "mail_class": MailClass.SUMMARY.value,
        "person_id": person_id,
        "payload": json.dumps({"round": id_of(found)}),
        "priority": MailClass.SUMMARY.priority,
        "due_at": due_at,
        "expires_at": expires_at,
        "resend_policy": ResendPolicy.HOLD.value,
    }


def _instant(found: DateRound, municipality: Municipality, *, days: int, at: time) -> datetime:
    day = found.closes_on + timedelta(days=days)
    return datetime.combine(day, at, tzinfo=ZoneInfo(municipality.timezone))
