"""Addresses that a municipality's mail is not sent to, since an administrator stopped it."""

from __future__ import annotations

from sqlmodel import Session, col, select

from scheduler.store.tables import MailStop, Person

__all__ = ["without_stopped"]


def without_stopped(
    session: Session, municipality_id: int | None, recipients: tuple[str, ...]
) -> tuple[str, ...]:
    """Return those of the recipients who may be written to; a log-in link is nobody's to stop."""
    if municipality_id is None:
        return recipients
    stopped = session.exec(
        select(Person.email)
        .join(MailStop, col(MailStop.person_id) == col(Person.id))
        .where(MailStop.municipality_id == municipality_id, col(Person.email).in_(recipients))
    ).all()
    return tuple(each for each in recipients if each not in stopped)
