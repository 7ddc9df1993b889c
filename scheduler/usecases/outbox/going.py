"""When a mail goes, as far as anybody can know today."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.domain.reminders import IN_HAND_STATES, OutboxState
from scheduler.store.tables import Municipality, Outbox, Person
from scheduler.usecases.outbox.caps import MERGED_CLASSES, wait_for_weekday
from scheduler.usecases.outbox.deliveries import Deliveries
from scheduler.usecases.reminders.holders import Reader

__all__ = ["goes_at"]


def goes_at(
    session: Session,
    row: Outbox,
    municipality: Municipality,
    readers: tuple[Reader, ...],
    deliveries: Deliveries,
) -> datetime | None:
    """Return when the mail went or goes to its readers, or None where it does not go at all.

    A nag waits for the end of its one reader's quiet period, and for the weekday on which that
    reader wants them gathered. Nobody can tell beforehand how many have gone that day by then.
    """
    state = OutboxState(row.state)
    if state is OutboxState.MERGED and row.merged_into is not None:
        carrier = session.get_one(Outbox, row.merged_into)
        return carrier.sent_at or carrier.next_at
    if state not in IN_HAND_STATES:
        return row.sent_at
    at = max(row.due_at, row.next_at)
    if len(readers) != 1 or row.mail_class not in MERGED_CLASSES:
        return at
    person = session.get_one(Person, readers[0].person_id)
    delivery, _numbers = deliveries.of(session, municipality, now=at)
    if (
        person.quiet_from is not None
        and person.quiet_until is not None
        and person.quiet_from <= delivery.local_date(at) <= person.quiet_until
    ):
        at = delivery.next_morning(delivery.end_of(person.quiet_until))
    if person.digest_weekday is not None:
        at = wait_for_weekday(person.digest_weekday, delivery, at) or at
    # By then it is past its use, and the next mail about the same says more.
    return at if at < row.expires_at else None
