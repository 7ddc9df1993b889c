"""Who gets which mail of a change, counted by person and kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from scheduler.domain.civil_time import today_of
from scheduler.store.tables import Meeting
from scheduler.usecases.invitations.invited import Invited
from scheduler.usecases.people.stopped import stopped_people
from scheduler.usecases.reminders.announcement import seats_in
from scheduler.usecases.reminders.holders import readers_of

__all__ = ["ChangeMails", "mails_of_change", "readers_in"]


@dataclass(frozen=True, slots=True)
class ChangeMails:
    """How many people get one ordinary mail each, and how many a calendar message each.

    In both is whoever has the meeting taken out of the calendar by a message that says nothing of
    the change; `recalls` of the calendar messages do so. `rooms` are mailboxes of rooms.
    """

    one_each: int = 0
    invitations: int = 0
    recalls: int = 0
    rooms: int = 0


def mails_of_change(
    session: Session, meeting: Meeting, at_once: bool, invited: Invited, *, now: datetime
) -> ChangeMails:
    """Return who hears of a changed meeting; `at_once` tells that it goes to everyone with a seat.

    Whoever is told of it by a calendar message does not get the ordinary mail too, and whose mail
    an administrator stopped gets neither.
    """
    stopped = stopped_people(session, meeting.municipality_id)
    readers = readers_in(session, meeting, today_of(now)) if at_once else frozenset()
    return ChangeMails(
        one_each=len(readers - invited.told - stopped),
        invitations=len(invited.people),
        recalls=len(invited.people - invited.told),
        rooms=len(invited.rooms),
    )


def readers_in(session: Session, meeting: Meeting, today: date) -> frozenset[int]:
    """Return everyone who reads the mail to a seat in the meeting, deputies who stand in too."""
    readers = readers_of(session, seats_in(session, meeting, today), today)
    return frozenset(reader.person_id for held in readers.values() for reader in held)
