"""Making the mail of a duty, alone or with everything else that waits for the same person."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import col, select

from scheduler.domain.reminders import Audience, Delivery, MailClass, OutboxState, Tone
from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Outbox, Person
from scheduler.usecases.outbox.addressees import addressees
from scheduler.usecases.outbox.caps import wait_until
from scheduler.usecases.outbox.contents_of import duty_mail
from scheduler.usecases.outbox.digest import Part, highest_steps, others_for
from scheduler.usecases.outbox.envelope import Envelope, seal
from scheduler.usecases.outbox.look import Look, Verdict
from scheduler.usecases.outbox.reason import DutyReason, duty_reason
from scheduler.usecases.outbox.transition import FREE, take_step
from scheduler.usecases.reminders.action_link import Action, new_action_link
from scheduler.usecases.reminders.holders import Reader
from scheduler.usecases.reminders.recipients import Recipients, is_shared

__all__ = ["duty_draft", "duty_is_still_good", "lock_reader"]


def duty_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    """Return the mail of a duty's row, or what becomes of the row instead."""
    reason = duty_reason(look.session, row)
    why_not = "duty gone" if reason is None else reason.why_not(row)
    if reason is None or why_not is not None:
        return Verdict(OutboxState.CANCELLED, why_not or "duty gone")
    delivery, numbers = look.deliveries.of(look.session, reason.municipality, now=look.now)
    today = delivery.local_date(look.now)
    recipients = addressees(look.session, row, reason, on=today)
    if recipients is None:
        return _nobody(reason, delivery, look, row)
    if reason.tone is Tone.LEADER and is_shared(look.session, reason.duty, on=today):
        return Verdict(OutboxState.CANCELLED, "several have it")
    parts: list[Part] = [(row, reason, recipients)]
    reader = _one_reader(row, recipients)
    if reader is not None:
        wait = wait_until(look.session, reader, now=look.now, delivery=delivery, settings=numbers)
        if wait is not None:
            # Looked at again every morning: somebody else may stand in for the reader by then.
            next_at = min(wait, delivery.next_morning(look.now), row.expires_at)
            return Verdict(OutboxState.SCHEDULED, "enough for now", {"next_at": next_at})
        parts += _merged(look, row, recipients, today)
    return _sealed(look, highest_steps(parts), recipients, row, delivery)


def duty_is_still_good(look: Look, row: Outbox) -> bool:
    """Tell whether all that the kept bytes say, to whom they say it, still holds."""
    reason = duty_reason(look.session, row)
    if reason is None or reason.why_not(row) is not None:
        return False
    delivery, _ = look.deliveries.of(look.session, reason.municipality, now=look.now)
    recipients = addressees(look.session, row, reason, on=delivery.local_date(look.now))
    if recipients is None or row.recipient != _written(recipients):
        return False
    merged = look.session.exec(
        select(Outbox).where(Outbox.merged_into == row.id, col(Outbox.state) == OutboxState.MERGED)
    ).all()
    reasons = [(part, duty_reason(look.session, part)) for part in merged]
    return all(
        each is not None
        and each.why_not(part) is None
        and not _is_about_cases_since(look, each.duty, row.message_at)
        for part, each in [(row, reason), *reasons]
    )


def lock_reader(look: Look, row: Outbox) -> None:
    """Make sure that no other worker makes a digest for the same person at the same time.

    To be called before the row itself is locked: whoever has the person may take the row.
    """
    reason = duty_reason(look.session, row)
    if reason is None:
        return
    delivery, _ = look.deliveries.of(look.session, reason.municipality, now=look.now)
    recipients = addressees(look.session, row, reason, on=delivery.local_date(look.now))
    reader = _one_reader(row, recipients) if recipients else None
    if reader is not None:
        look.session.exec(
            select(Person.id).where(Person.id == reader.person_id).with_for_update()
        ).one()


def _is_about_cases_since(look: Look, duty: DutySnapshot, made_at: datetime | None) -> bool:
    """Tell whether the duty's forum came to speak of single cases after a mail was made."""
    if duty.level is None or not duty.level.is_case or made_at is None:
        return False
    changes = look.session.exec(
        select(AuditEvent.after).where(
            AuditEvent.entity == "forum",
            AuditEvent.entity_id == duty.forum_id,
            AuditEvent.at >= made_at,
        )
    )
    return any("level" in (after or {}) for after in changes)


def _nobody(reason: DutyReason, delivery: Delivery, look: Look, row: Outbox) -> Verdict:
    if reason.audience is not Audience.RESPONSIBLE or reason.only_person is not None:
        return Verdict(OutboxState.CANCELLED, "nobody else to tell")
    next_at = min(delivery.next_morning(look.now), row.expires_at)
    return Verdict(
        OutboxState.SCHEDULED,
        "nobody has the position",
        {"next_at": next_at, "last_error": "nobody has the position"},
    )


def _one_reader(row: Outbox, recipients: Recipients) -> Reader | None:
    """Return the reader whose nags are gathered; a mail to several stands alone."""
    if not MailClass(row.mail_class).is_merged or len(recipients.readers) > 1:
        return None
    return recipients.readers[0]


def _merged(look: Look, carrier: Outbox, to: Recipients, today: date) -> list[Part]:
    taken = []
    others = others_for(look.session, carrier, to, now=look.now, today=today)
    for part in list(others):
        if take_step(
            look.session,
            id_of(part[0]),
            OutboxState(part[0].state),
            OutboxState.MERGED,
            at=look.now,
            detail=f"into {carrier.id}",
            merged_into=carrier.id,
            **FREE,
        ):
            taken.append(part)
    return taken


def _sealed(
    look: Look, parts: list[Part], recipients: Recipients, row: Outbox, delivery: Delivery
) -> Envelope:
    content = duty_mail(
        look.session, parts, settings=look.settings, delivery=delivery, now=look.now
    )
    reader = recipients.readers[0]
    everyone = recipients.everyone
    one = len(everyone) == 1
    municipality = parts[0][1].municipality
    unsubscribe_url = None
    if one and MailClass(row.mail_class).is_merged:
        token = new_action_link(
            look.session,
            duty_id=parts[0][1].duty.id,
            action=Action.WEEKLY_ONLY,
            position_id=recipients.position_id,
            person_id=reader.person_id,
            now=look.now,
        )
        unsubscribe_url = look.settings.action_url(token)
    return seal(
        content,
        to=tuple(each.email for each in everyone),
        person_id=reader.person_id if len(recipients.readers) == 1 else None,
        language=reader.language if one else municipality.language,
        settings=look.settings,
        now=look.now,
        unsubscribe_url=unsubscribe_url,
    )


def _written(recipients: Recipients) -> str:
    return ", ".join(each.email for each in recipients.everyone)
