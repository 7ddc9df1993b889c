"""Telling the next in line that somebody cannot be reached by mail."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.reminders import Audience, MailClass, Tone
from scheduler.store.tables import Outbox
from scheduler.usecases.reminders.upsert import upsert_rows

__all__ = ["copied", "tell_next"]


def tell_next(session: Session, row: Outbox, *, now: datetime) -> None:
    """Let the next in line know at once that an address does not work."""
    if row.duty_id is None or row.function != Audience.RESPONSIBLE:
        return
    merged = session.exec(
        select(Outbox).where(Outbox.merged_into == row.id, col(Outbox.duty_id).is_not(None))
    ).all()
    told: set[int | None] = set()
    for each in (row, *merged):
        if each.duty_id in told or each.payload is None:
            continue
        told.add(each.duty_id)
        payload = {**json.loads(each.payload), "tone": Tone.UNREACHABLE.value, "leader_on": None}
        upsert_rows(
            session,
            [
                {
                    **copied(each),
                    "dedup_key": f"{each.dedup_key}:unreachable",
                    "step": "unreachable",
                    "function": Audience.LEADER.value,
                    "payload": json.dumps(payload),
                    "due_at": now,
                }
            ],
            now=now,
            detail=f"{row.id} could not be delivered",
        )


def copied(row: Outbox) -> dict[str, Any]:
    """Return what a new row has in common with the one it comes of."""
    return {
        "municipality_id": row.municipality_id,
        "kind": row.kind,
        "mail_class": MailClass.NAG.value,
        "duty_id": row.duty_id,
        "duty_version": row.duty_version,
        "meeting_id": row.meeting_id,
        "position_id": row.position_id,
        "priority": row.priority,
        "expires_at": row.expires_at,
        "resend_policy": row.resend_policy,
    }
