"""Whom a step of a duty reaches at the moment it is sent, also where a position is vacant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlmodel import Session, select

from scheduler.domain.reminders import Audience
from scheduler.store.tables import Plan
from scheduler.usecases.reminders.holders import Desk, Reader, desks_of

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

    @property
    def named_person_id(self) -> int | None:
        """Who of several holders has it, where somebody does."""
        ...


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who gets a mail: `position_id` is theirs, `vacant` says that they stand in for another's.

    `delegates` act on behalf of the position and get the same mail.
    """

    position_id: int
    readers: tuple[Reader, ...]
    vacant: bool
    delegates: tuple[Reader, ...] = ()

    @property
    def everyone(self) -> tuple[Reader, ...]:
        """Return all whom the mail is addressed to."""
        return self.readers + self.delegates


def recipients_of(
    session: Session, duty: Answered, audience: Audience, *, on: date
) -> Recipients | None:
    """Return who gets a step of the duty, or None where nobody is left to tell.

    A duty is never dropped because a position is vacant: the deputy, then the forum's leader, then
    the plan's owner has it. Of several holders the one who is named for the duty has it, as long
    as that one is there. A leader who has the duty too is passed by, since they know.
    """
    if audience is Audience.RESPONSIBLE and duty.position_id is not None:
        # Mostly somebody is there, and nobody else has to be looked up.
        desk = _desk_of_duty(duty, desks_of(session, [duty.position_id], on))
        if desk.readers:
            return Recipients(duty.position_id, desk.readers, False, desk.delegates)
    owner_id = owner_of(session, duty.municipality_id)
    line = line_of(duty, Audience.RESPONSIBLE, owner_id)
    desks = desks_of(session, line, on)
    if duty.position_id is not None:
        desks[duty.position_id] = _desk_of_duty(duty, desks)
    responsible = next((each for each in line if desks[each].readers), None)
    if responsible is None:
        return None
    if audience is Audience.RESPONSIBLE:
        desk = desks[responsible]
        return Recipients(responsible, desk.readers, responsible != line[0], desk.delegates)
    knows = {each.person_id for each in desks[responsible].readers}
    for position_id in line_of(duty, audience, owner_id):
        desk = desks.get(position_id, Desk())
        if desk.readers and not knows.issuperset(each.person_id for each in desk.readers):
            return Recipients(position_id, desk.readers, False, desk.delegates)
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
        # Each seat has a row of its own, addressed to its position.
        Audience.SEATS: (),
    }[audience]
    own = () if audience is Audience.RESPONSIBLE else (duty.position_id,)
    return tuple(dict.fromkeys(each for each in line if each is not None and each not in own))


def owner_of(session: Session, municipality_id: int) -> int | None:
    """Return the position that owns the municipality's plan, if that is settled."""
    return session.exec(
        select(Plan.owner_position_id).where(Plan.municipality_id == municipality_id)
    ).one_or_none()


def _desk_of_duty(duty: Answered, desks: Mapping[int, Desk]) -> Desk:
    """Return the desk of the duty's position, with the one who is named alone where they are in."""
    desk = desks[duty.position_id] if duty.position_id is not None else Desk()
    named = tuple(each for each in desk.readers if each.person_id == duty.named_person_id)
    return Desk(named, desk.delegates) if named else desk
