"""Whom the mail of a duty's row goes to at this moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from scheduler.domain.reminders import Audience
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox.reason import DutyReason
from scheduler.usecases.reminders.holders import desks_of
from scheduler.usecases.reminders.recipients import Recipients, recipients_of

__all__ = ["addressees"]


def addressees(session: Session, row: Outbox, reason: DutyReason, *, on: date) -> Recipients | None:
    """Return who gets the row's mail, or None where nobody is left to tell.

    Of a case-level forum those who act on a member's behalf hear nothing (privacy rule 4).
    """
    if reason.audience is Audience.SEATS:
        found = _at_seat(session, row.position_id, on)
    else:
        found = recipients_of(session, reason.duty, reason.audience, on=on)
    if found is None:
        return None
    if reason.duty.level is not None and reason.duty.level.is_case:
        found = replace(found, delegates=())
    if reason.only_person is None:
        return found
    readers, delegates = (
        tuple(each for each in group if each.person_id == reason.only_person)
        for group in (found.readers, found.delegates)
    )
    return (
        replace(found, readers=readers or delegates, delegates=()) if readers or delegates else None
    )


def _at_seat(session: Session, position_id: int | None, on: date) -> Recipients | None:
    if position_id is None:
        return None
    desk = desks_of(session, [position_id], on)[position_id]
    return Recipients(position_id, desk.readers, False, desk.delegates) if desk.readers else None
