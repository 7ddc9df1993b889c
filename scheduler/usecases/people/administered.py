"""Whether somebody can administer a municipality on a day."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import HolderKind, Role
from scheduler.store.in_force import holding_lasts_on, in_use
from scheduler.store.tables import Grant, Holder, Person, Position

__all__ = ["administers", "is_administered"]


def is_administered(session: Session, municipality_id: int, day: date) -> bool:
    """Tell whether anybody has the role on the day, in a position there or in the installation."""
    person = select(Grant.id).join(Person, col(Person.id) == col(Grant.person_id)).where(
        Grant.role == Role.ADMINISTRATOR, col(Person.active).is_(True)
    )  # fmt: skip
    held = (
        select(Grant.id)
        .join(Position, col(Position.id) == col(Grant.position_id))
        .join(Holder, col(Holder.position_id) == col(Position.id))
        .join(Person, col(Person.id) == col(Holder.person_id))
        .where(
            Grant.role == Role.ADMINISTRATOR,
            Position.municipality_id == municipality_id,
            col(Holder.kind) != HolderKind.DELEGATE,
            in_use(Position.retired_on, day),
            holding_lasts_on(day),
            col(Person.active).is_(True),
        )
    )
    return any(session.exec(query.limit(1)).first() is not None for query in (held, person))


def administers(session: Session, position_id: int) -> bool:
    """Tell whether the position has the role."""
    grant = select(Grant.id).where(
        Grant.position_id == position_id, Grant.role == Role.ADMINISTRATOR
    )
    return session.exec(grant.limit(1)).first() is not None
