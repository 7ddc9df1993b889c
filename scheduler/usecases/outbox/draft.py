"""Making the mail of a row, whatever its kind, or saying what becomes of the row instead."""

from __future__ import annotations

from collections.abc import Callable

from sqlmodel import col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.language import Language
from scheduler.domain.reminders import MailClass, OutboxState
from scheduler.store.tables import AuditEvent, Municipality, Outbox, Person
from scheduler.usecases.date_rounds.mail_of import round_letter, round_mail_is_good
from scheduler.usecases.date_rounds.mails import ROUND_KINDS
from scheduler.usecases.invitations.room_answer import ROOM_KIND
from scheduler.usecases.outbox.contents_of import (
    is_content_free,
    login_mail,
    summary_mail,
)
from scheduler.usecases.outbox.duty_draft import duty_draft, duty_is_still_good
from scheduler.usecases.outbox.envelope import Envelope, seal
from scheduler.usecases.outbox.look import Look, Verdict
from scheduler.usecases.outbox.meeting_draft import (
    change_draft,
    invitation_envelope,
    meeting_mail_is_still_good,
)
from scheduler.usecases.outbox.moves import moved_meetings, moves_hold, moves_told
from scheduler.usecases.outbox.near_meetings import near_hold, near_meetings
from scheduler.usecases.outbox.person_draft import text_draft, welcome_draft
from scheduler.usecases.outbox.room_draft import room_draft, room_mail_is_still_good
from scheduler.usecases.outbox.watch import WATCH_KIND, watch_draft
from scheduler.usecases.people.welcome import WELCOME_KIND
from scheduler.usecases.reminders.announcement import TEXT_KIND
from scheduler.usecases.reminders.joint_move import SUMMARY_KIND

__all__ = ["draft_of", "is_still_good"]

_NOBODY = Verdict(OutboxState.SKIPPED, "nobody to tell")


def draft_of(look: Look, row: Outbox) -> Envelope | Verdict:
    """Return the mail of a row, or what becomes of the row instead."""
    match MailClass(row.mail_class):
        case MailClass.LOGIN:
            return _login_draft(look, row)
        case MailClass.CHANGE if row.kind == TEXT_KIND:
            return _to_person(look, row, text_draft)
        case MailClass.CHANGE if row.kind == WATCH_KIND:
            return _to_person(look, row, watch_draft)
        case MailClass.CHANGE if row.kind == SUMMARY_KIND:
            return _summary_draft(look, row)
        case MailClass.CHANGE:
            return change_draft(look, row)
        case MailClass.INVITATION:
            return invitation_envelope(look, row)
        case MailClass.SUMMARY if row.kind in ROUND_KINDS:
            return _round_draft(look, row)
        case MailClass.SUMMARY if row.kind == WELCOME_KIND:
            return _to_person(look, row, welcome_draft)
        case MailClass.SUMMARY:
            return _summary_draft(look, row)
        case MailClass.NOTICE if row.kind == ROOM_KIND:
            return room_draft(look, row)
        case _:
            return duty_draft(look, row)


def is_still_good(look: Look, row: Outbox) -> bool:
    """Tell whether the kept bytes of a row may go once more, now."""
    if _has_content_since(look, row):
        return False
    if row.duty_id is not None:
        return duty_is_still_good(look, row)
    if row.kind == ROOM_KIND:
        return room_mail_is_still_good(look, row)
    if row.meeting_id is not None:
        return meeting_mail_is_still_good(look, row)
    if row.kind in ROUND_KINDS:
        return round_mail_is_good(look.session, row, now=look.now)
    if row.kind == SUMMARY_KIND:
        return near_hold(look.session, row, now=look.now) and moves_hold(
            look.session, row, today=today_of(look.now)
        )
    return True


def _has_content_since(look: Look, row: Outbox) -> bool:
    """Tell whether a mail was made with content before its municipality chose to send none."""
    if row.municipality_id is None or row.message_at is None:
        return False
    if not is_content_free(look.session.get_one(Municipality, row.municipality_id)):
        return False
    changes = look.session.exec(
        select(AuditEvent.after).where(
            AuditEvent.entity == "municipality",
            AuditEvent.entity_id == row.municipality_id,
            AuditEvent.at >= row.message_at,
        )
    )
    return any((after or {}).get("content_free_mail") for after in changes)


def _to_person(
    look: Look, row: Outbox, draft: Callable[[Look, Outbox, Person], Envelope | Verdict]
) -> Envelope | Verdict:
    person = _person(look, row)
    return _NOBODY if person is None else draft(look, row, person)


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
    moves = moved_meetings(look.session, row, today=today_of(look.now))
    if moves_told(row) and not moves:
        return Verdict(OutboxState.CANCELLED, "as it was")
    near = near_meetings(look.session, row, now=look.now)
    return seal(
        summary_mail(row, municipality, moves, near, settings=look.settings),
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


def _person(look: Look, row: Outbox) -> Person | None:
    return look.session.exec(
        select(Person).where(col(Person.id) == row.person_id, col(Person.active).is_(True))
    ).one_or_none()
