"""Reads what a person may enter on one day."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from scheduler.store.in_force import holding_lasts_on, in_use
from scheduler.store.tables import Holder, Municipality, Person, Position
from scheduler.usecases.access.access import (
    Access,
    AccessMunicipality,
    AccessPerson,
    HeldPosition,
)
from scheduler.usecases.viewer import viewer_of

__all__ = ["access_of"]


def access_of(session: Session, person_id: int, *, today: date) -> Access | None:
    """Return what the person may enter today, or None if the person is unknown or not active.

    A leaver may enter nothing from the day after the last one (privacy rule 11).
    """
    person = session.get(Person, person_id)
    if person is None or not person.active:
        return None
    viewer = viewer_of(session, person_id, today=today)
    entered = viewer.municipality_ids | viewer.planner_of | viewer.administrator_of
    return Access(
        person=AccessPerson(
            id=person_id, name=person.name, email=person.email, language=person.language
        ),
        viewer=viewer,
        municipalities=_municipalities(session, entered),
        positions=_positions(session, person_id, today),
    )


def _municipalities(session: Session, ids: frozenset[int]) -> tuple[AccessMunicipality, ...]:
    rows = session.exec(
        select(Municipality)
        .where(col(Municipality.id).in_(ids))
        .order_by(col(Municipality.name), col(Municipality.id))
    )
    return tuple(
        AccessMunicipality(
            id=row.id,
            slug=row.slug,
            name=row.name,
            language=row.language,
            timezone=row.timezone,
        )
        for row in rows
        if row.id is not None
    )


def _positions(session: Session, person_id: int, today: date) -> tuple[HeldPosition, ...]:
    rows = session.exec(
        select(Position, col(Holder.kind))
        .join(Holder, col(Holder.position_id) == col(Position.id))
        .where(
            Holder.person_id == person_id,
            holding_lasts_on(today),
            in_use(Position.retired_on, today),
        )
        .distinct()
        .order_by(col(Position.title), col(Position.id), col(Holder.kind))
    )
    return tuple(
        HeldPosition(
            id=position.id,
            municipality_id=position.municipality_id,
            slug=position.slug,
            title=position.title,
            kind=kind,
        )
        for position, kind in rows
        if position.id is not None
    )
