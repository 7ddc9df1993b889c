"""Who the mails about a position go to on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from scheduler.domain.language import Language
from scheduler.usecases.people.holders import (
    HolderSnapshot,
    acts_on_behalf,
    holders_on,
    stands_in,
)

__all__ = ["Desk", "Reader", "desks_of", "readers_of"]


@dataclass(frozen=True, slots=True)
class Reader:
    """A person that a mail can go to.

    `digest_weekday` is the one day on which they want nags, `texts_to` the number on which they
    asked for text messages.
    """

    person_id: int
    name: str
    email: str
    language: Language
    digest_weekday: int | None
    quiet_until: date | None
    texts_to: str | None


@dataclass(frozen=True, slots=True)
class Desk:
    """A position on one day: who answers for it, and who acts on their behalf."""

    readers: tuple[Reader, ...] = ()
    delegates: tuple[Reader, ...] = ()


def desks_of(session: Session, position_ids: Iterable[int], on: date) -> dict[int, Desk]:
    """Return who answers for each position: its holders, or the deputies where nobody is there.

    Whoever is on leave is not there. A position that nobody answers for has an empty desk.
    """
    wanted = set(position_ids)
    holders: dict[int, list[HolderSnapshot]] = defaultdict(list)
    for holder in holders_on(session, wanted, on):
        holders[holder.position_id].append(holder)
    return {
        each: Desk(_readers(stands_in(holders[each])), _readers(acts_on_behalf(holders[each])))
        for each in wanted
    }


def readers_of(
    session: Session, position_ids: Iterable[int], on: date
) -> dict[int, tuple[Reader, ...]]:
    """Return who answers for each position, without those who act on their behalf."""
    return {each: desk.readers for each, desk in desks_of(session, position_ids, on).items()}


def _readers(holders: Collection[HolderSnapshot]) -> tuple[Reader, ...]:
    # One who both holds a position and acts in it is one reader.
    found = {holder.person_id: _reader(holder) for holder in holders}
    return tuple(found[person_id] for person_id in sorted(found))


def _reader(holder: HolderSnapshot) -> Reader:
    return Reader(
        person_id=holder.person_id,
        name=holder.name,
        email=holder.email,
        language=holder.language,
        digest_weekday=holder.digest_weekday,
        quiet_until=holder.quiet_until,
        texts_to=holder.texts_to,
    )
