"""How many nags one person may get."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.reminders import (
    GONE_STATES,
    Delivery,
    MailClass,
    OutboxState,
    ReminderSettings,
)
from scheduler.store.tables import Outbox
from scheduler.usecases.reminders.holders import Reader

__all__ = ["MERGED_CLASSES", "wait_for_weekday", "wait_until"]

MERGED_CLASSES = tuple(each.value for each in MailClass if each.is_merged)
_GONE = (*GONE_STATES, OutboxState.BOUNCED)


def wait_until(
    session: Session,
    reader: Reader,
    *,
    now: datetime,
    delivery: Delivery,
    settings: ReminderSettings,
) -> datetime | None:
    """Return when a nag may go to the reader, or None where it may go now.

    One in a quarter of an hour and five a day are the most, whatever the number of forums; a quiet
    period and a chosen weekday are the reader's own.
    """
    if reader.quiet_until is not None:
        return delivery.next_morning(delivery.end_of(reader.quiet_until))
    if reader.digest_weekday is not None:
        wait = wait_for_weekday(reader.digest_weekday, delivery, now)
        if wait is not None:
            return wait
    gap = timedelta(minutes=settings.nag_gap_minutes)
    midnight = delivery.instant(delivery.local_date(now), datetime.min.time())
    sent = session.exec(
        select(Outbox.message_at)
        .where(
            Outbox.person_id == reader.person_id,
            col(Outbox.message_at) >= min(midnight, now - gap),
            col(Outbox.mail_class).in_(MERGED_CLASSES),
            col(Outbox.state).in_(_GONE),
        )
        .order_by(col(Outbox.message_at).desc())
    ).all()
    today_sent = [at for at in sent if at is not None and at >= midnight]
    if len(today_sent) >= settings.nags_a_day:
        return delivery.next_morning(now)
    if sent and sent[0] is not None and sent[0] > now - gap:
        return sent[0] + gap
    return None


def wait_for_weekday(weekday: int, delivery: Delivery, now: datetime) -> datetime | None:
    """Return the morning of the reader's day, or None where that is today.

    Where the day is not counted, the next counted one stands in for it.
    """
    today = delivery.local_date(now)
    last = today - timedelta(days=(today.weekday() - weekday) % 7)
    if delivery.days.on_or_after(last) == today:
        return None
    stands_in = delivery.nag_morning(last)
    return stands_in if stands_in > now else delivery.next_weekday(now, weekday)
