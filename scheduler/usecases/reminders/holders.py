"""Who answers for a position on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from scheduler.domain.enums import HolderKind
from scheduler.domain.language import Language
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave, Person

__all__ = ["Reader", "readers_of"]

_HOLDS = (HolderKind.HOLDER, HolderKind.ACTING)


@dataclass(frozen=True, slots=True)
class Reader:
    """A person that a mail can go to; `digest_weekday` is the one day on which they want nags."""

    person_id: int
    email: str
    language: Language | None
    digest_weekday: int | None
    quiet_until: date | None


def readers_of(
    session: Session, position_ids: Iterable[int], on: date
) -> dict[int, tuple[Reader, ...]]:
    """Return who answers for each position: its holders, or the deputies where nobody is there.

    A holder on leave is not there. A position that nobody answers for has an empty tuple.
    """
    wanted = set(position_ids)
    present: dict[int, list[Reader]] = {each: [] for each in wanted}
    deputies: dict[int, list[Reader]] = {each: [] for each in wanted}
    away = select(Leave.holder_id).where(Leave.starts_on <= on, Leave.ends_on >= on)
    rows = session.exec(
        select(Holder, Person)
        .join(Person, col(Person.id) == col(Holder.person_id))
        .where(
            col(Holder.position_id).in_(wanted),
            Holder.from_on <= on,
            or_(col(Holder.until_on).is_(None), col(Holder.until_on) >= on),
            col(Holder.id).not_in(away),
            col(Person.active).is_(True),
        )
        .order_by(col(Person.id))
    )
    for holder, person in rows:
        if holder.kind in _HOLDS:
            present[holder.position_id].append(_reader(person, on))
        elif holder.kind is HolderKind.DEPUTY:
            deputies[holder.position_id].append(_reader(person, on))
    return {each: tuple(dict.fromkeys(present[each] or deputies[each])) for each in wanted}


def _reader(person: Person, on: date) -> Reader:
    from_on, until_on = person.quiet_from, person.quiet_until
    is_quiet = from_on is not None and until_on is not None and from_on <= on <= until_on
    return Reader(
        person_id=id_of(person),
        email=person.email,
        language=person.language,
        digest_weekday=person.digest_weekday,
        quiet_until=until_on if is_quiet else None,
    )
