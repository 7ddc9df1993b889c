"""Whom a municipality's mail is not sent to, since an administrator stopped it."""

from __future__ import annotations

from functools import cache

from sqlalchemy import bindparam
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from scheduler.store.tables import MailStop, Person

__all__ = ["silent_towards", "stopped_people", "without_stopped"]


def stopped_people(session: Session, municipality_id: int) -> frozenset[int]:
    """Return the people whom the municipality sends no mail, since an administrator stopped it."""
    return frozenset(
        session.exec(select(MailStop.person_id).where(MailStop.municipality_id == municipality_id))
    )


def silent_towards(session: Session, person_id: int) -> frozenset[int]:
    """Return the municipalities that send the person no mail, since an administrator stopped it."""
    return frozenset(
        session.exec(select(MailStop.municipality_id).where(MailStop.person_id == person_id))
    )


def without_stopped(
    session: Session, municipality_id: int | None, recipients: tuple[str, ...]
) -> tuple[str, ...]:
    """Return those of the recipients who may be written to; a log-in link is nobody's to stop."""
    if municipality_id is None:
        return recipients
    stopped = session.exec(
        _stopped(), params={"municipality_id": municipality_id, "recipients": recipients}
    ).all()
    return tuple(each for each in recipients if each not in stopped)


@cache
def _stopped() -> SelectOfScalar[str]:
    return (
        select(Person.email)
        .join(MailStop, col(MailStop.person_id) == col(Person.id))
        .where(
            col(MailStop.municipality_id) == bindparam("municipality_id"),
            col(Person.email).in_(bindparam("recipients", expanding=True)),
        )
    )
