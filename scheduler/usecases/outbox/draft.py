"""Making the mail of a row, whatever its kind, or saying what becomes of the row instead."""

from __future__ import annotations

import json

from sqlmodel import col, select

from scheduler.domain.language import Language
from scheduler.domain.reminders import MailClass, OutboxState
from scheduler.mail import CalendarPart
from scheduler.store.tables import Municipality, Outbox, Person
from scheduler.usecases.date_rounds.mail_of import round_letter, round_mail_is_good
from scheduler.usecases.date_rounds.mails import ROUND_KINDS
from scheduler.usecases.outbox.contents_of import (
    change_mail,
    is_content_free,
    login_mail,
    summary_mail,
)
from scheduler.usecases.outbox.duty_draft import duty_draft, duty_is_still_good
from scheduler.usecases.outbox.envelope import Envelope, seal
from scheduler.usecases.outbox.look import Look, Verdict
from scheduler.usecases.outbox.reason import meeting_reason
from scheduler.usecases.reminders.holders import readers_of

__all__ = ["draft_of", "is_still_good"]

_NOBODY = Verdict(OutboxState.SKIPPED, "nobody to tell")


def draft_of(look: Look, row: Outbox) -> Envelope | Verdict:
    """Return the mail of a row, or what becomes of the row instead."""
    match MailClass(row.mail_class):
        case MailClass.LOGIN:
            return _login_draft(look, row)
        case MailClass.CHANGE:
            return _change_draft(look, row)
        case MailClass.INVITATION:
            return _invitation_draft(look, row)
        case MailClass.SUMMARY if row.kind in ROUND_KINDS:
            return _round_draft(look, row)
        case MailClass.SUMMARY:
            return _summary_draft(look, row)
        case _:
            return duty_draft(look, row)


def is_still_good(look: Look, row: Outbox) -> bool:
    """Tell whether the kept bytes of a row may go once more, now."""
    if row.duty_id is not None:
        return duty_is_still_good(look, row)
    if row.meeting_id is not None:
        reason = meeting_reason(look.session, row)
        return reason is not None and reason.why_not(row) is None
    if row.kind in ROUND_KINDS:
        return round_mail_is_good(look.session, row, now=look.now)
    return True


def _login_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    person = _person(look, row)
    if person is None:
        return _NOBODY
    return seal(
        login_mail(row),
        to=(person.email,),
        person_id=person.id,
        language=person.language or Language.BOKMAL,
        settings=look.settings,
        now=look.now,
    )


def _summary_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    person = _person(look, row)
    if person is None:
        return _NOBODY
    municipality = look.session.get_one(Municipality, row.municipality_id)
    return seal(
        summary_mail(row, municipality, settings=look.settings),
        to=(person.email,),
        person_id=person.id,
        language=person.language or municipality.language,
        settings=look.settings,
        now=look.now,
    )


def _round_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    letter = round_letter(
        look.session,
        row,
        home_url=look.settings.home_url,
        now=look.now,
        content_free=is_content_free,
    )
    if isinstance(letter, str):
        return Verdict(OutboxState.CANCELLED, letter)
    return seal(
        letter.content,
        to=letter.to,
        person_id=letter.person_id,
        language=letter.language,
        settings=look.settings,
        now=look.now,
    )


def _change_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    reason = meeting_reason(look.session, row)
    why_not = "meeting gone" if reason is None else reason.why_not(row)
    if reason is None or why_not is not None or row.position_id is None:
        return Verdict(OutboxState.CANCELLED, why_not or "no position")
    delivery, _ = look.deliveries.of(look.session, reason.municipality, now=look.now)
    today = delivery.local_date(look.now)
    readers = readers_of(look.session, [row.position_id], today)[row.position_id]
    if not readers:
        return _NOBODY
    one = readers[0] if len(readers) == 1 else None
    return seal(
        change_mail(reason, settings=look.settings),
        to=tuple(each.email for each in readers),
        person_id=one.person_id if one else None,
        language=(one.language if one else None) or reason.municipality.language,
        settings=look.settings,
        now=look.now,
    )


def _invitation_draft(look: Look, row: Outbox) -> Envelope | Verdict:
    reason = meeting_reason(look.session, row)
    why_not = "meeting gone" if reason is None else reason.why_not(row)
    if reason is None or why_not is not None:
        return Verdict(OutboxState.CANCELLED, why_not or "meeting gone")
    person = _person(look, row)
    if person is None:
        return _NOBODY
    said = json.loads(row.payload or "{}")
    return seal(
        change_mail(reason, settings=look.settings, invited=True),
        to=(person.email,),
        person_id=person.id,
        language=person.language or reason.municipality.language,
        settings=look.settings,
        now=look.now,
        calendar=CalendarPart(said["method"], said["calendar"]),
    )


def _person(look: Look, row: Outbox) -> Person | None:
    return look.session.exec(
        select(Person).where(col(Person.id) == row.person_id, col(Person.active).is_(True))
    ).one_or_none()
