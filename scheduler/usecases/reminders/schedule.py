"""Writing the reminders of duties into the outbox, in the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.reminders import LIVE_STATES, OutboxState
from scheduler.store.rows import id_of
from scheduler.store.tables import Outbox
from scheduler.usecases.reminders.duty_rows import WantedRow, wanted_rows
from scheduler.usecases.reminders.upsert import put_aside, upsert_rows
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["EXTRA_STEPS", "Scheduled", "cancel_duty_reminders", "schedule_duty_reminders"]

# Made when a mail could not be delivered; no rule of a duty asks for them.
EXTRA_STEPS = ("unreachable", "again")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Scheduled:
    """How many mails were written or revived, and how many were taken out of the queue."""

    written: int
    cancelled: int


def schedule_duty_reminders(
    session: Session, duty_ids: Iterable[int], *, now: datetime, holidays_of: HolidaysOf
) -> Scheduled:
    """Make the waiting mails of these duties fit what the duties are now.

    To be called in the transaction that makes or changes a duty, after it was flushed. No mail is
    made that should have gone before `now`; one that waits already, and is only late, is kept.
    What a duty no longer asks for is cancelled, or handed on where another position has it now.
    """
    ids = sorted(set(duty_ids))
    written = cancelled = 0
    for start in range(0, len(ids), _AT_ONCE):
        done = _schedule(session, ids[start : start + _AT_ONCE], now, holidays_of)
        written += done.written
        cancelled += done.cancelled
    return Scheduled(written, cancelled)


def cancel_duty_reminders(
    session: Session, duty_ids: Iterable[int], *, now: datetime, because: str
) -> int:
    """Cancel every mail of these duties that has not gone; return how many there were.

    `because` is kept with each: a word for the log, not a text for people.
    """
    rows = _rows_of(session, sorted(set(duty_ids)))
    waiting = [id_of(row) for row in rows if row.state in LIVE_STATES]
    return put_aside(session, waiting, OutboxState.CANCELLED, now=now, detail=because)


def _schedule(
    session: Session, duty_ids: Sequence[int], now: datetime, holidays_of: HolidaysOf
) -> Scheduled:
    wanted = {row.dedup_key: row for row in wanted_rows(session, duty_ids, holidays_of=holidays_of)}
    there = {row.dedup_key: row for row in _rows_of(session, duty_ids)}
    waiting = {
        key: row
        for key, row in there.items()
        if row.state in LIVE_STATES and row.step not in EXTRA_STEPS
    }
    new = [row for key, row in wanted.items() if key not in waiting and row.step.due_at >= now]
    changed = [wanted[key] for key, row in waiting.items() if _is_changed(row, wanted.get(key))]
    steps = {(row.duty.id, row.step.key) for row in wanted.values()}
    gone = {OutboxState.CANCELLED: list[int](), OutboxState.HANDED_ON: list[int]()}
    for key, row in waiting.items():
        if key not in wanted:
            moved_on = (row.duty_id, key.rpartition(":")[2]) in steps
            to = OutboxState.HANDED_ON if moved_on else OutboxState.CANCELLED
            gone[to].append(id_of(row))
    values = [_values(row, there.get(row.dedup_key), now) for row in (*new, *changed)]
    return Scheduled(
        written=upsert_rows(session, values, now=now, detail="duty") if values else 0,
        cancelled=sum(
            put_aside(session, ids, to, now=now, detail="duty changed") for to, ids in gone.items()
        ),
    )


def _rows_of(session: Session, duty_ids: Sequence[int]) -> Sequence[Outbox]:
    return session.exec(select(Outbox).where(col(Outbox.duty_id).in_(duty_ids))).all()


def _is_changed(row: Outbox, wanted: WantedRow | None) -> bool:
    return wanted is not None and (
        row.duty_version != wanted.duty.version
        or row.due_at != wanted.step.due_at
        or row.expires_at != wanted.step.expires_at
        or row.mail_class != wanted.step.mail_class
    )


def _values(wanted: WantedRow, there: Outbox | None, now: datetime) -> dict[str, Any]:
    step, duty = wanted.step, wanted.duty
    due_at = step.due_at
    if due_at < now and there is not None:
        # It waits already; a promise may not move to before it was made.
        due_at = there.due_at
    return {
        "municipality_id": duty.municipality_id,
        "dedup_key": wanted.dedup_key,
        "kind": wanted.kind.value,
        "step": step.name,
        "mail_class": step.mail_class.value,
        "duty_id": duty.id,
        "duty_version": duty.version,
        "meeting_id": duty.meeting_id,
        "position_id": wanted.position_id,
        "function": step.audience.value,
        "payload": json.dumps(
            {
                "tone": step.tone.value,
                "due_on": step.due_on.isoformat(),
                "leader_on": step.leader_on.isoformat() if step.leader_on else None,
            }
        ),
        "priority": step.mail_class.priority,
        "due_at": due_at,
        "expires_at": step.expires_at,
        "resend_policy": step.resend.value,
    }
