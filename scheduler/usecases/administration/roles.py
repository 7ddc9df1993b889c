"""Which roles a position has: administrator, planner, viewer."""

from __future__ import annotations

from sqlmodel import Session, select

from scheduler.domain.enums import Role
from scheduler.store.rows import id_of
from scheduler.store.tables import Grant
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.administration.errors import LastAdministratorError
from scheduler.usecases.administration.positions import position_row
from scheduler.usecases.people.administered import is_administered

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
    if Role.ADMINISTRATOR in before - roles and not is_administered(
        session, acting.municipality_id, acting.today
    ):
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
