"""A person's choice between a subscription and invitations for their meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.store.tables import Meeting, Person
from scheduler.usecases.invitations.bring_in_line import invite_person, withdraw_from_person
from scheduler.usecases.invitations.invited import Invited
from scheduler.usecases.invitations.own_coming_meetings import ends_at, own_coming_meetings
from scheduler.usecases.invitations.recipients import silent_municipalities
from scheduler.usecases.invitations.standing import missed_by
from scheduler.usecases.invitations.told_record import told_to_person
from scheduler.usecases.people.stopped import silent_towards

__all__ = ["Choice", "choice_of", "choose_invitations", "choose_subscription", "wants_invitations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a person has chosen, and what the other choice would bring.

    `coming` counts the meetings ahead that would be mailed, one invitation each; `standing` those
    ahead that are in the calendar by invitation now. `missed` are those of which the newest
    message did not arrive. `is_offered` is False where no municipality of theirs lets its mails
    say what they are about, and `is_stopped` tells that those that do send the person no mail.
    """

    wants_invitations: bool
    coming: int
    standing: int
    missed: int
    is_offered: bool
    is_stopped: bool


def choice_of(session: Session, person_id: int, *, now: datetime) -> Choice:
    """Return the choice as it stands."""
    person = session.get_one(Person, person_id)
    silent = silent_municipalities(session)
    meetings = own_coming_meetings(session, person_id, now=now)
    standing = _standing(session, person_id, now)
    offered = [one for one in meetings if one.municipality_id not in silent]
    stopped = silent_towards(session, person_id)
    mailed = [one for one in offered if one.municipality_id not in stopped]
    missed = missed_by(session, person_id)
    return Choice(
        wants_invitations=person.wants_invitations,
        coming=sum(1 for one in mailed if one.id not in standing),
        standing=len(standing),
        missed=sum(1 for one in meetings if one.id in missed),
        is_offered=not meetings or bool(offered),
        is_stopped=bool(offered) and not mailed,
    )


def choose_invitations(session: Session, person_id: int, *, now: datetime) -> Invited:
    """Let the meetings come as invitations: one for each that is ahead, and the feed has none."""
    _choose(session, person_id, wants=True)
    return invite_person(session, person_id, now=now)


def choose_subscription(session: Session, person_id: int, *, clear: bool, now: datetime) -> Invited:
    """Let the meetings stand in the feed again.

    With `clear` each that was invited to is taken out of the calendar by a mail of its own.
    Otherwise it stays there, is not in the feed, and is followed by mail until it is over.
    """
    _choose(session, person_id, wants=False)
    follow = withdraw_from_person if clear else invite_person
    return follow(session, person_id, now=now)


def wants_invitations(session: Session, person_id: int) -> bool:
    """Tell whether the person has chosen invitations."""
    chosen = select(Person.wants_invitations).where(Person.id == person_id)
    return bool(session.exec(chosen).one_or_none())


def _choose(session: Session, person_id: int, *, wants: bool) -> None:
    person = session.get_one(Person, person_id)
    person.wants_invitations = wants
    session.add(person)
    session.flush()


def _standing(session: Session, person_id: int, now: datetime) -> set[int]:
    told_of = told_to_person(session, person_id)
    has = {meeting_id for meeting_id, told in told_of.items() if told.keeps_it}
    meetings = session.exec(select(Meeting).where(col(Meeting.id).in_(has))).all()
    return {one.id for one in meetings if one.id is not None and ends_at(one) > now}
