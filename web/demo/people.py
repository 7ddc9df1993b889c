"""Made-up people for every position of a plan."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count

from sqlmodel import Session, col, select

from scheduler.domain.enums import HolderKind
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Municipality, Person, Position

__all__ = ["people_everywhere"]

_FIRST = (
    "Kari", "Ola", "Ingrid", "Per", "Åse", "Lars", "Marit", "Knut", "Solveig", "Jon",
    "Hilde", "Øystein", "Berit", "Trygve", "Randi", "Håkon", "Gro", "Sverre", "Liv", "Arne",
    "Tone", "Gunnar", "Sigrid", "Eirik", "Anne", "Torstein", "Ragnhild", "Vegard", "Astrid", "Odd",
)  # fmt: skip
_LAST = (
    "Bakken", "Moen", "Hagen", "Lien", "Haugen", "Sletten", "Brekke", "Nygård", "Rønning",
    "Bråten", "Solberg", "Åsen", "Kleiven", "Stensrud", "Myhre", "Fossum", "Engen",
)  # fmt: skip
# Where a plan has nobody share a task, one of these has a colleague in the demo.
_SHARED = frozenset({"barne-og-familieveileder"})
_PLAIN = str.maketrans({"å": "a", "ø": "o", "æ": "ae", "Å": "a", "Ø": "o", "Æ": "ae"})


def people_everywhere(
    session: Session, municipality: Municipality, *, now: datetime, from_on: date
) -> None:
    """Give every position that nobody holds a made-up holder, at an address that cannot be real.

    A position held by several gets two, and so does one with tasks that the demo lets two share.
    The same plan gets the same people (RFC 2606 keeps
    `.example` from ever being registered).
    """
    positions = session.exec(
        select(Position)
        .where(Position.municipality_id == id_of(municipality), col(Position.retired_on).is_(None))
        .order_by(Position.slug)
    ).all()
    held = set(
        session.exec(
            select(Holder.position_id).where(
                col(Holder.position_id).in_([id_of(one) for one in positions])
            )
        )
    )
    vacant = [position for position in positions if id_of(position) not in held]
    places = [each for each in vacant for _ in range(2 if each.held_by_several else 1)]
    # Colleagues come last: everybody else is called the same with and without them.
    places += [each for each in vacant if each.slug in _SHARED and not each.held_by_several]
    numbers = count()
    for position in places:
        person = _person(session, municipality, next(numbers), now)
        session.add(
            Holder(
                position_id=id_of(position),
                person_id=id_of(person),
                kind=HolderKind.HOLDER,
                from_on=from_on,
            )
        )
    session.flush()


def _person(session: Session, municipality: Municipality, number: int, now: datetime) -> Person:
    first = _FIRST[number % len(_FIRST)]
    last = _LAST[(number * 7 + number // len(_FIRST)) % len(_LAST)]
    email = f"{first}.{last}@{municipality.slug}.example".translate(_PLAIN).lower()
    person = session.exec(select(Person).where(Person.email == email)).one_or_none()
    if person is None:
        person = Person(email=email, name=f"{first} {last}", created_at=now)
        session.add(person)
        session.flush()
    return person
