"""Who holds which position on a day: holders, acting, on leave, deputies and delegates."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, bindparam
from sqlmodel import Session, col, exists, select

from scheduler.domain.enums import INCUMBENT_KINDS, HolderKind
from scheduler.domain.language import Language
from scheduler.store.in_force import holding_lasts_on
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave, Municipality, Person, Position

__all__ = ["HolderSnapshot", "acts_on_behalf", "current_holders", "holders_on", "stands_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderSnapshot:
    """One person in one position on one day.

    `language` is the person's own written form, else the municipality's. `on_leave` tells that
    the person is away that day, so that a deputy stands in. `digest_weekday` is the one day on
    which the person wants reminders, `quiet_until` the end of the quiet period that the day is in,
    and `texts_to` the number that text messages were asked for on.
    """

    holder_id: int
    position_id: int
    person_id: int
    name: str
    email: str
    language: Language
    kind: HolderKind
    on_leave: bool
    digest_weekday: int | None = None
    quiet_until: date | None = None
    texts_to: str | None = None


def current_holders(
    session: Session, *, municipality_id: int, day: date
) -> tuple[HolderSnapshot, ...]:
    """Return everybody who holds a position of the municipality on the day.

    Ordered by position, then holders before acting, deputies and delegates, then by name. A
    position without a row is vacant.
    """
    return _read(session, _of_municipality(), {"day": day, "municipality_id": municipality_id})


def holders_on(
    session: Session, position_ids: Collection[int], day: date
) -> tuple[HolderSnapshot, ...]:
    """Return everybody who holds one of the positions on the day, ordered as above."""
    return _read(session, _of_positions(), {"day": day, "positions": list(position_ids)})


def stands_in(holders: Collection[HolderSnapshot]) -> tuple[HolderSnapshot, ...]:
    """Return who does the position's work that day, of all who hold one position.

    Those who hold it or act in it and are not away; when there are none, the deputies. Delegates
    act on behalf of others and never stand in. Empty means vacant.
    """
    present = [holder for holder in holders if not holder.on_leave]
    for kinds in (INCUMBENT_KINDS, (HolderKind.DEPUTY,)):
        found = tuple(holder for holder in present if holder.kind in kinds)
        if found:
            return found
    return ()


def acts_on_behalf(holders: Collection[HolderSnapshot]) -> tuple[HolderSnapshot, ...]:
    """Return who acts on behalf of the position that day, of all who hold it, and is there."""
    at_work = {holder.person_id for holder in stands_in(holders)}
    return tuple(
        holder
        for holder in holders
        if holder.kind is HolderKind.DELEGATE
        and not holder.on_leave
        and holder.person_id not in at_work
    )


# Every mail asks for these, and drawing up the question takes longer than the answer.
@cache
def _of_municipality() -> Any:
    return _holders().where(col(Position.municipality_id) == bindparam("municipality_id"))


@cache
def _of_positions() -> Any:
    return _holders().where(col(Position.id).in_(bindparam("positions", expanding=True)))


def _holders() -> Any:
    day = bindparam("day", type_=Date())
    away = exists().where(
        col(Leave.holder_id) == Holder.id, col(Leave.starts_on) <= day, col(Leave.ends_on) >= day
    )
    return (
        select(Holder, Person, Municipality.language, away)
        .join(Person, col(Person.id) == Holder.person_id)
        .join(Position, col(Position.id) == Holder.position_id)
        .join(Municipality, col(Municipality.id) == Position.municipality_id)
        .where(holding_lasts_on(day), col(Person.active).is_(True))
    )


def _read(session: Session, which: Any, params: dict[str, Any]) -> tuple[HolderSnapshot, ...]:
    day = params["day"]
    rows = session.exec(which, params=params).all()
    kinds = list(HolderKind)
    found = [
        HolderSnapshot(
            holder_id=id_of(holder),
            position_id=holder.position_id,
            person_id=holder.person_id,
            name=person.name,
            email=person.email,
            language=Language(person.language or language),
            kind=holder.kind,
            on_leave=bool(on_leave),
            digest_weekday=person.digest_weekday,
            quiet_until=_quiet_until(person, day),
            texts_to=person.mobile if person.texts_asked_at is not None else None,
        )
        for holder, person, language, on_leave in rows
    ]
    return tuple(
        sorted(
            found,
            key=lambda each: (each.position_id, kinds.index(each.kind), each.name, each.holder_id),
        )
    )


def _quiet_until(person: Person, day: date) -> date | None:
    from_on, until_on = person.quiet_from, person.quiet_until
    is_quiet = from_on is not None and until_on is not None and from_on <= day <= until_on
    return until_on if is_quiet else None
