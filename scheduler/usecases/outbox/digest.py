"""Everything else that waits for the same person, for one mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from scheduler.domain.enums import HolderKind
from scheduler.domain.reminders import LIVE_STATES, Tone
from scheduler.store.in_force import holding_lasts_on
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave, Outbox
from scheduler.usecases.outbox.addressees import addressees
from scheduler.usecases.outbox.caps import MERGED_CLASSES
from scheduler.usecases.outbox.reason import DutyReason, duty_reason
from scheduler.usecases.reminders.recipients import Recipients, is_shared

__all__ = ["Part", "highest_steps", "others_for"]

_AT_MOST = 200

Part = tuple[Outbox, DutyReason, Recipients]
"""A row, why it is to go, and to whom."""


def others_for(
    session: Session, carrier: Outbox, to: Recipients, *, now: datetime, today: date
) -> Iterator[Part]:
    """Yield the other nags that are due to the same reader in the carrier's municipality.

    What others may read on the reader's behalf is told apart from what the reader alone may. Rows
    that somebody else is changing at this moment are left for later.
    """
    own = select(Holder.position_id).where(Holder.person_id == to.readers[0].person_id)
    away = select(Leave.holder_id).where(Leave.starts_on <= today, Leave.ends_on >= today)
    manned = select(Holder.position_id).where(
        holding_lasts_on(today),
        col(Holder.kind) != HolderKind.DELEGATE,
        col(Holder.id).not_in(away),
    )
    rows = session.exec(
        select(Outbox)
        .where(
            col(Outbox.state).in_(LIVE_STATES),
            Outbox.next_at <= now,
            Outbox.expires_at > now,
            Outbox.municipality_id == carrier.municipality_id,
            Outbox.id != carrier.id,
            col(Outbox.mail_class).in_(MERGED_CLASSES),
            col(Outbox.message).is_(None),
            # Where nobody is, it may have come to this person as the next in line.
            or_(col(Outbox.position_id).in_(own), col(Outbox.position_id).not_in(manned)),
        )
        .order_by(col(Outbox.id))
        .limit(_AT_MOST)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        reason = duty_reason(session, row)
        if reason is None or reason.why_not(row) is not None:
            continue
        if reason.tone is Tone.LEADER and is_shared(session, reason.duty, on=today):
            continue
        found = addressees(session, row, reason, on=today)
        if found and (found.readers, found.delegates) == (to.readers, to.delegates):
            yield row, reason, found


def highest_steps(parts: Sequence[Part]) -> list[Part]:
    """Keep the last step of each duty, in the order of their deadlines."""
    last: dict[tuple[int, str], Part] = {}
    for part in sorted(parts, key=lambda part: (part[0].due_at, id_of(part[0]))):
        last[part[1].duty.id, part[1].audience] = part
    return sorted(last.values(), key=lambda part: (part[1].due_on, id_of(part[0])))
