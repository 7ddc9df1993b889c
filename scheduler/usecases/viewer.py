"""Who is looking: the positions and roles that decide what a reader may see today."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, or_, select

from scheduler.domain.enums import HolderKind, Role
from scheduler.store.in_force import holding_lasts_on, in_use
from scheduler.store.tables import Grant, Holder, Municipality, Person, Position
from scheduler.usecases.people.holders import holders_on, stands_in

__all__ = ["Viewer", "viewer_of", "viewer_of_municipality", "viewer_of_position"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """A reader on one day.

    `position_ids` are held today: as holder, acting, or as the deputy of a position that nobody
    else is at. A delegate acts for a position but has none of its seats, so case-level forums
    (privacy rule 4) stay closed to the delegate. `municipality_ids` are those whose system level
    may be read.
    """

    person_id: int | None
    today: date
    municipality_ids: frozenset[int] = frozenset()
    position_ids: frozenset[int] = frozenset()
    delegate_position_ids: frozenset[int] = frozenset()
    planner_of: frozenset[int] = frozenset()
    administrator_of: frozenset[int] = frozenset()

    @property
    def acting_position_ids(self) -> frozenset[int]:
        """Return the positions whose duties the reader may do: own ones and as delegate."""
        return self.position_ids | self.delegate_position_ids

    @property
    def away_from_pages(self) -> Viewer:
        """Return the reader of what leaves the pages: a feed, a file or a mail.

        The dates that somebody may see only to plan them stay on the pages (privacy rule 4).
        """
        return replace(self, planner_of=frozenset())


def viewer_of(session: Session, person_id: int, *, today: date) -> Viewer:
    """Return what the person is today; somebody inactive or unknown is nobody anywhere."""
    rows = session.exec(
        select(Holder.position_id, col(Holder.kind), Position.municipality_id)
        .join(Position, col(Position.id) == Holder.position_id)
        .join(Person, col(Person.id) == Holder.person_id)
        .where(
            Holder.person_id == person_id,
            col(Person.active).is_(True),
            holding_lasts_on(today),
            in_use(Position.retired_on, today),
        )
    ).all()
    by_kind: dict[HolderKind, set[int]] = defaultdict(set)
    for position_id, kind, _municipality_id in rows:
        by_kind[kind].add(position_id)
    standing_in = _stood_in_for(session, person_id, by_kind[HolderKind.DEPUTY], today=today)
    held = by_kind[HolderKind.HOLDER] | by_kind[HolderKind.ACTING] | standing_in
    municipality_of = {position: municipality for position, _kind, municipality in rows}
    roles = _roles(session, person_id, municipality_of=municipality_of, held=held)
    return Viewer(
        person_id=person_id,
        today=today,
        municipality_ids=frozenset(municipality_of.values()).union(*roles.values()),
        position_ids=frozenset(held),
        delegate_position_ids=frozenset(by_kind[HolderKind.DELEGATE] - held),
        planner_of=frozenset(roles[Role.PLANNER]),
        administrator_of=frozenset(roles[Role.ADMINISTRATOR]),
    )


def viewer_of_position(session: Session, position_id: int, *, today: date) -> Viewer:
    """Return the reader that a position's own feed is made for, whoever holds it."""
    position = session.get(Position, position_id)
    if position is None or (position.retired_on is not None and position.retired_on <= today):
        return Viewer(person_id=None, today=today)
    return Viewer(
        person_id=None,
        today=today,
        municipality_ids=frozenset({position.municipality_id}),
        position_ids=frozenset({position_id}),
    )


def viewer_of_municipality(municipality_id: int, *, today: date) -> Viewer:
    """Return the reader that a whole municipality's feed is made for: system level only."""
    return Viewer(person_id=None, today=today, municipality_ids=frozenset({municipality_id}))


def _stood_in_for(
    session: Session, person_id: int, position_ids: set[int], *, today: date
) -> set[int]:
    """Return those of the positions that the person stands in at today, being there themselves."""
    if not position_ids:
        return set()
    holders = holders_on(session, position_ids, today)
    return {
        position_id
        for position_id in position_ids
        if person_id
        in {
            holder.person_id
            for holder in stands_in([each for each in holders if each.position_id == position_id])
        }
    }


def _roles(
    session: Session, person_id: int, *, municipality_of: dict[int, int], held: set[int]
) -> dict[Role, set[int]]:
    """Return the municipalities of each role; a role given to a person counts in all of them."""
    grants = session.exec(
        select(col(Grant.role), Grant.position_id)
        .outerjoin(Person, col(Person.id) == Grant.person_id)
        .where(
            or_(
                col(Grant.position_id).in_(held),
                (col(Grant.person_id) == person_id) & col(Person.active).is_(True),
            )
        )
    ).all()
    everywhere: set[int] = set()
    if any(position_id is None for _role, position_id in grants):
        everywhere = {id_ for id_ in session.exec(select(Municipality.id)) if id_ is not None}
    roles: dict[Role, set[int]] = {role: set() for role in Role}
    for role, position_id in grants:
        roles[role] |= everywhere if position_id is None else {municipality_of[position_id]}
    return roles
