"""Who is looking: the positions and roles that decide what a reader may see today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, or_, select

from scheduler.domain.enums import HolderKind, Role
from scheduler.store.in_force import holding_lasts_on, in_use
from scheduler.store.tables import Grant, Holder, Municipality, Person, Position
from scheduler.usecases.people.holders import HolderSnapshot, holders_on, stands_in

__all__ = ["Viewer", "viewer_of", "viewer_of_municipality", "viewer_of_position", "viewers_of"]


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
    return viewers_of(session, [person_id], today=today)[person_id]


def viewers_of(session: Session, person_ids: Collection[int], *, today: date) -> dict[int, Viewer]:
    """Return what each of the people is today, read in as many queries as for one of them."""
    rows = session.exec(
        select(Holder.person_id, Holder.position_id, col(Holder.kind), Position.municipality_id)
        .join(Position, col(Position.id) == Holder.position_id)
        .join(Person, col(Person.id) == Holder.person_id)
        .where(
            col(Holder.person_id).in_(person_ids),
            col(Person.active).is_(True),
            holding_lasts_on(today),
            in_use(Position.retired_on, today),
        )
    ).all()
    by_kind: dict[int, dict[HolderKind, set[int]]] = {
        person_id: defaultdict(set) for person_id in person_ids
    }
    municipalities: dict[int, set[int]] = {person_id: set() for person_id in person_ids}
    for person_id, position_id, kind, municipality_id in rows:
        by_kind[person_id][kind].add(position_id)
        municipalities[person_id].add(municipality_id)
    deputies = {person_id: kinds[HolderKind.DEPUTY] for person_id, kinds in by_kind.items()}
    standing_in = _stood_in_for(session, deputies, today=today)
    held = {
        person_id: kinds[HolderKind.HOLDER] | kinds[HolderKind.ACTING] | standing_in[person_id]
        for person_id, kinds in by_kind.items()
    }
    municipality_of = {position: municipality for _, position, _, municipality in rows}
    roles = _roles(session, municipality_of=municipality_of, held=held)
    return {
        person_id: Viewer(
            person_id=person_id,
            today=today,
            municipality_ids=frozenset(municipalities[person_id]).union(*roles[person_id].values()),
            position_ids=frozenset(held[person_id]),
            delegate_position_ids=frozenset(
                by_kind[person_id][HolderKind.DELEGATE] - held[person_id]
            ),
            planner_of=frozenset(roles[person_id][Role.PLANNER]),
            administrator_of=frozenset(roles[person_id][Role.ADMINISTRATOR]),
        )
        for person_id in by_kind
    }


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
    session: Session, deputies: Mapping[int, Set[int]], *, today: date
) -> dict[int, set[int]]:
    """Return for each deputy the positions they stand in at today, being there themselves."""
    positions = set[int]().union(*deputies.values())
    at_work: dict[int, set[int]] = {}
    if positions:
        holders: dict[int, list[HolderSnapshot]] = defaultdict(list)
        for holder in holders_on(session, positions, today):
            holders[holder.position_id].append(holder)
        at_work = {
            position_id: {holder.person_id for holder in stands_in(holders[position_id])}
            for position_id in positions
        }
    return {
        person_id: {each for each in theirs if person_id in at_work[each]}
        for person_id, theirs in deputies.items()
    }


def _roles(
    session: Session, *, municipality_of: Mapping[int, int], held: Mapping[int, Set[int]]
) -> dict[int, dict[Role, set[int]]]:
    """Return the municipalities of each one's roles; one given to a person counts in all."""
    grants = session.exec(
        select(col(Grant.role), Grant.position_id, Grant.person_id)
        .outerjoin(Person, col(Person.id) == Grant.person_id)
        .where(
            or_(
                col(Grant.position_id).in_(set[int]().union(*held.values())),
                col(Grant.person_id).in_(held) & col(Person.active).is_(True),
            )
        )
    ).all()
    everywhere: set[int] = set()
    if any(position_id is None for _role, position_id, _person_id in grants):
        everywhere = {id_ for id_ in session.exec(select(Municipality.id)) if id_ is not None}
    roles: dict[int, dict[Role, set[int]]] = {
        person_id: {role: set() for role in Role} for person_id in held
    }
    for role, position_id, person_id in grants:
        if position_id is None:
            if person_id is not None:
                roles[person_id][role] |= everywhere
            continue
        for each, positions in held.items():
            if position_id in positions:
                roles[each][role].add(municipality_of[position_id])
    return roles
