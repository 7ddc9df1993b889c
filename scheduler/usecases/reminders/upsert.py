"""Writing outbox rows so that a mail exists once, whoever writes it and however often."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, null, update
from sqlmodel import Session, col, or_, select

from scheduler.domain.reminders import LIVE_STATES, REVIVABLE_STATES, MailClass, OutboxState
from scheduler.store.tables import Meeting, Outbox, OutboxEvent
from scheduler.store.upsert import insert_into

__all__ = ["hand_back", "let_go", "put_aside", "upsert_rows"]

# SQLite takes 32 766 values in one statement.
_AT_ONCE = 500
_MAY_CHANGE = (*LIVE_STATES, *REVIVABLE_STATES)
_NOT_TAKEN_OVER = ("id", "dedup_key", "created_at")
# What a new row has not, and one that is written over keeps nothing of.
_OF_AN_EARLIER_LIFE = (
    "lease_owner",
    "lease_token",
    "lease_until",
    "merged_into",
    "message_id",
    "recipient",
    "message",
    "message_hash",
    "message_at",
    "phase",
    "smtp_reply",
    "last_error",
)


def upsert_rows(
    session: Session, rows: Sequence[Mapping[str, Any]], *, now: datetime, detail: str
) -> int:
    """Write rows that are to be sent, by their `dedup_key`; return how many were written.

    A row that is there already is written over while it waits, and revived where it was cancelled
    or handed on. One that has gone, or that may have gone, is left as it is.
    """
    written = 0
    for start in range(0, len(rows), _AT_ONCE):
        written += _upsert(session, rows[start : start + _AT_ONCE], now, detail)
    return written


def put_aside(
    session: Session, row_ids: Sequence[int], to: OutboxState, *, now: datetime, detail: str
) -> int:
    """Take rows that still wait out of the queue; return how many there were."""
    if not row_ids:
        return 0
    taken = session.connection().execute(
        update(Outbox)
        .where(col(Outbox.id).in_(row_ids), col(Outbox.state).in_(LIVE_STATES))
        .values(state=to.value, lease_owner=None, lease_token=None, lease_until=None)
        .returning(col(Outbox.id))
    )
    ids = _ids(taken)
    _note(session, ids, to, now, detail)
    let_go(session, ids, now=now)
    return len(ids)


def _upsert(session: Session, rows: Sequence[Mapping[str, Any]], now: datetime, detail: str) -> int:
    new = [_fresh(row, now) for row in rows]
    statement = insert_into(session, Outbox)
    # The values are given beside the statement, which is so drawn up once for all of the rows.
    statement = statement.on_conflict_do_update(
        index_elements=["dedup_key"],
        set_={
            **{name: statement.excluded[name] for name in new[0] if name not in _NOT_TAKEN_OVER},
            **dict.fromkeys(_OF_AN_EARLIER_LIFE, null()),
        },
        where=or_(*(col(Outbox.state) == each.value for each in _MAY_CHANGE)),
    ).returning(col(Outbox.id))
    ids = _ids(session.connection().execute(statement, new))
    _note(session, ids, OutboxState.SCHEDULED, now, detail)
    let_go(session, ids, now=now)
    return len(ids)


def _fresh(row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    return {
        **row,
        "state": OutboxState.SCHEDULED.value,
        "next_at": max(row["due_at"], now),
        "created_at": now,
        "attempt": 0,
        "resends": 0,
    }


def let_go(session: Session, carrier_ids: Sequence[int], *, now: datetime) -> None:
    """Put rows back in line whose matter was to be told by a mail that will not go as it was."""
    if not carrier_ids:
        return
    freed = session.connection().execute(
        update(Outbox)
        .where(col(Outbox.merged_into).in_(carrier_ids), col(Outbox.state) == OutboxState.MERGED)
        .values(state=OutboxState.SCHEDULED.value, merged_into=None)
        .returning(col(Outbox.id))
    )
    _note(session, _ids(freed), OutboxState.SCHEDULED, now, "not in the digest")


def hand_back(session: Session, meeting_ids: Collection[int], *, now: datetime) -> None:
    """Put mails about meetings back in line that were left to invitations which do not go now.

    Whom another mail or invitation tells of it is looked at anew when they are made.
    """
    if not meeting_ids:
        return
    present = (
        select(Meeting.sequence)
        .where(col(Meeting.id) == col(Outbox.meeting_id))
        .correlate(Outbox)
        .scalar_subquery()
    )
    waiting = session.exec(
        select(Outbox.id)
        .where(
            col(Outbox.meeting_id).in_(meeting_ids),
            col(Outbox.meeting_sequence) == present,
            col(Outbox.mail_class) == MailClass.CHANGE,
            col(Outbox.position_id).is_not(None),
            col(Outbox.state) == OutboxState.HANDED_ON,
            col(Outbox.expires_at) > now,
        )
        # Whoever has one in hand writes it over or hands it back too, and may wait for the row of
        # the invitation that is in hand here.
        .with_for_update(skip_locked=True)
    ).all()
    back = session.connection().execute(
        update(Outbox)
        .where(col(Outbox.id).in_(waiting))
        .values(state=OutboxState.SCHEDULED.value, next_at=now)
        .returning(col(Outbox.id))
    )
    _note(session, _ids(back), OutboxState.SCHEDULED, now, "invitation taken back")


def _ids(returned: Iterable[Any]) -> list[int]:
    return [int(row[0]) for row in returned]


def _note(
    session: Session, row_ids: Sequence[int], to: OutboxState, now: datetime, detail: str
) -> None:
    events = [
        {"outbox_id": row_id, "at": now, "to_state": to.value, "detail": detail}
        for row_id in row_ids
    ]
    if events:
        session.connection().execute(insert(OutboxEvent), events)
