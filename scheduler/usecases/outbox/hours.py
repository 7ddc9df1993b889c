"""Whether a mail may go at this hour."""

from __future__ import annotations

from scheduler.domain.reminders import MailClass, OutboxState
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox.look import Look, Verdict

__all__ = ["wait_for_hours"]


def wait_for_hours(look: Look, row: Outbox) -> Verdict | None:
    """Return when a mail that keeps hours may go, or None where it may go now.

    A nag waits for a day that deadlines count, a notice for a working day; a notice that would be
    of no use by then goes at once.
    """
    if look.settings.at_any_hour:
        return None
    mail_class = MailClass(row.mail_class)
    if row.municipality_id is None or not mail_class.keeps_hours:
        return None
    municipality = look.municipality(row.municipality_id)
    delivery, _ = look.deliveries.of(look.session, municipality, now=look.now)
    opens_at = delivery.next_open(look.now)
    if mail_class.is_merged and not delivery.days.counts(delivery.local_date(opens_at)):
        opens_at = delivery.nag_morning(delivery.local_date(opens_at))
    if opens_at <= look.now:
        return None
    if mail_class is MailClass.NOTICE and opens_at >= row.expires_at:
        return None
    return Verdict(
        OutboxState.SCHEDULED, "outside delivery hours", {"next_at": min(opens_at, row.expires_at)}
    )
