"""Which roles a position has: administrator, planner, viewer."""

from __future__ import annotations

from sqlmodel import Session, col, select

from scheduler.domain.enums import INCUMBENT_KINDS, Role
from scheduler.store.in_force import holding_lasts_on, in_use
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant, Holder, Person, Position
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.administration.errors import LastAdministratorError
from scheduler.usecases.administration.positions import position_row

__all__ = ["give_role", "set_roles"]


def set_roles(session: Session, acting: Acting, slug: str, roles: frozenset[Role]) -> None:
    """Give the position exactly these roles; whoever holds it has them from now on.

    Raises:
        NotHereError: the municipality has no such position.
        LastAdministratorError: nobody who is here today could administer the municipality.
    """
    position_id = id_of(position_row(session, acting, slug))
    rows = session.exec(select(Grant).where(Grant.position_id == position_id)).all()
    before = {row.role for row in rows}
    if before == roles:
        return
    for row in rows:
        if row.role not in roles:
            session.delete(row)
    for role in Role:
        if role in roles - before:
            session.add(Grant(role=role, position_id=position_id))
    session.flush()
    if Role.ADMINISTRATOR in before - roles and not _somebody_administers(session, acting):
        raise LastAdministratorError
    note(
        session,
        acting,
        "position.roles",
        entity="position",
        entity_id=position_id,
        before={"roles": sorted(before)},
        after={"roles": sorted(roles)},
    )


def give_role(session: Session, acting: Acting, slug: str, role: Role) -> None:
    """Give the position one role besides those it has.

    Raises:
        NotHereError: the municipality has no such position.
    """
    position_id = id_of(position_row(session, acting, slug))
    rows = session.exec(select(Grant).where(Grant.position_id == position_id)).all()
    set_roles(session, acting, slug, frozenset({row.role for row in rows} | {role}))


def _somebody_administers(session: Session, acting: Acting) -> bool:
    held = session.exec(
        select(Grant.id)
        .join(Position, col(Position.id) == col(Grant.position_id))
        .join(Holder, col(Holder.position_id) == col(Position.id))
        .join(Person, col(Person.id) == col(Holder.person_id))
        .where(
            Grant.role == Role.ADMINISTRATOR,
            Position.municipality_id == acting.municipality_id,
            col(Holder.kind).in_(INCUMBENT_KINDS),
            in_use(Position.retired_on, acting.today),
            holding_lasts_on(acting.today),
            col(Person.active).is_(True),
        )
    ).first()
    return held is not None
