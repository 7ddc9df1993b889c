"""Whom a step of a duty reaches at the moment it is sent, also where a position is vacant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlmodel import Session, select

from scheduler.domain.reminders import Audience
from scheduler.store.tables import Plan
from scheduler.usecases.reminders.holders import Reader, readers_of

__all__ = ["Answered", "Recipients", "is_shared", "line_of", "owner_of", "recipients_of"]


class Answered(Protocol):
    """A duty, as a row or a snapshot: which positions answer for it and hear of it."""

    @property
    def municipality_id(self) -> int:
        """Whose it is."""
        ...

    @property
    def position_id(self) -> int | None:
        """Who answers for it, where the plan says so."""
        ...

    @property
    def leader_position_id(self) -> int | None:
        """Who hears when it is late."""
        ...


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets a mail: `position_id` is theirs, `vacant` says that they stand in for another's."""

    position_id: int
    readers: tuple[Reader, ...]
    vacant: bool


def recipients_of(
    session: Session, duty: Answered, audience: Audience, *, on: date
) -> Recipients | None:
    """Return who gets a step of the duty, or None where nobody is left to tell.

    A duty is never dropped because a position is vacant: the deputy, then the forum's leader, then
    the plan's owner has it. A leader who has the duty too is passed by, since they know.
    """
    if audience is Audience.RESPONSIBLE and duty.position_id is not None:
        # Mostly somebody is there, and nobody else has to be looked up.
        readers = readers_of(session, [duty.position_id], on)[duty.position_id]
        if readers:
            return Recipients(duty.position_id, readers, vacant=False)
    owner_id = owner_of(session, duty.municipality_id)
    line = line_of(duty, Audience.RESPONSIBLE, owner_id)
    people = readers_of(session, line, on)
    responsible = next((each for each in line if people[each]), None)
    if responsible is None:
        return None
    if audience is Audience.RESPONSIBLE:
        return Recipients(responsible, people[responsible], vacant=responsible != line[0])
    knows = set(people[responsible])
    for position_id in line_of(duty, audience, owner_id):
        readers = people.get(position_id) or ()
        if readers and not knows.issuperset(readers):
            return Recipients(position_id, readers, vacant=False)
    return None


def is_shared(session: Session, duty: Answered, *, on: date) -> bool:
    """Tell whether several people have the duty, so that nobody else is told of one of them."""
    found = recipients_of(session, duty, Audience.RESPONSIBLE, on=on)
    return found is not None and len(found.readers) > 1


def line_of(duty: Answered, audience: Audience, owner_id: int | None) -> tuple[int, ...]:
    """Return the positions to ask in turn; none where the plan names nobody for the duty."""
    if duty.position_id is None:
        return ()
    line = {
        Audience.RESPONSIBLE: (duty.position_id, duty.leader_position_id, owner_id),
        Audience.LEADER: (duty.leader_position_id, owner_id),
        Audience.OWNER: (owner_id,),
    }[audience]
    own = () if audience is Audience.RESPONSIBLE else (duty.position_id,)
    return tuple(dict.fromkeys(each for each in line if each is not None and each not in own))


def owner_of(session: Session, municipality_id: int) -> int | None:
    """Return the position that owns the municipality's plan, if that is settled."""
    return session.exec(
        select(Plan.owner_position_id).where(Plan.municipality_id == municipality_id)
    ).one_or_none()
