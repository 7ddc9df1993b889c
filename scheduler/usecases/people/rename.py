"""Corrects a person's name: misspelt, or a new one. The log holds ids alone (privacy rule 8)."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from scheduler.domain.person_name import unfit_in_name
from scheduler.domain.planfile.problem import ProblemCode
from scheduler.domain.planfile.refused_text import refusal
from scheduler.store.tables import AuditEvent, Holder, Person, Position
from scheduler.usecases.people.errors import HoldingError, HoldingRefusal

__all__ = ["is_of_one_municipality", "rename_holder", "rename_oneself"]


def rename_holder(
    session: Session,
    holder_id: int,
    name: str,
    *,
    today: date,
    now: datetime,
    actor_id: int | None,
) -> str:
    """Give whoever is in a position another name, and return the one that stood.

    Pages, feeds and what is mailed from now on have the new name. Nobody is mailed about it, and
    what has been sent keeps the old one.

    Raises:
        HoldingError: no such holding; the name is missing, or holds what no name does; or the
            person has a position elsewhere too, and so is the only one to say (privacy rule 9).
    """
    holder = session.get(Holder, holder_id)
    if holder is None:
        raise HoldingError(HoldingRefusal.NO_SUCH_HOLDING)
    if not is_of_one_municipality(session, holder.person_id, today=today):
        raise HoldingError(HoldingRefusal.NAME_IS_THEIR_OWN)
    return _rename(session, holder.person_id, name, today=today, now=now, actor_id=actor_id)


def rename_oneself(
    session: Session, person_id: int, name: str, *, today: date, now: datetime
) -> str:
    """Let a person say their own name, in every municipality; return the one that stood.

    Raises:
        HoldingError: the name is missing, or holds what no name does.
    """
    return _rename(session, person_id, name, today=today, now=now, actor_id=person_id)


def is_of_one_municipality(session: Session, person_id: int, *, today: date) -> bool:
    """Tell whether the person has positions, today or later, in no more than one municipality."""
    return len(_municipalities(session, person_id, today)) <= 1


def _rename(
    session: Session,
    person_id: int,
    name: str,
    *,
    today: date,
    now: datetime,
    actor_id: int | None,
) -> str:
    wanted = " ".join(name.split())
    if not wanted:
        raise HoldingError(HoldingRefusal.NO_NAME)
    if refusal(wanted) is ProblemCode.IDENTITY_NUMBER:
        raise HoldingError(HoldingRefusal.IDENTITY_NUMBER)
    if unfit_in_name(name):
        raise HoldingError(HoldingRefusal.NOT_A_NAME)
    person = session.get_one(Person, person_id)
    before = person.name
    if wanted == before:
        return before
    person.name = wanted
    session.add(person)
    places: list[int | None] = [*_municipalities(session, person_id, today)]
    for municipality_id in places or [None]:
        session.add(
            AuditEvent(
                at=now,
                municipality_id=municipality_id,
                person_id=actor_id,
                action="person.renamed",
                entity="person",
                entity_id=person_id,
            )
        )
    session.flush()
    return before


def _municipalities(session: Session, person_id: int, today: date) -> list[int]:
    return sorted(
        set(
            session.exec(
                select(Position.municipality_id)
                .join(Holder, col(Holder.position_id) == col(Position.id))
                .where(
                    Holder.person_id == person_id,
                    or_(col(Holder.until_on).is_(None), col(Holder.until_on) >= today),
                )
            )
        )
    )
