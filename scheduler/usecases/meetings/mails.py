"""Who gets which mail of a change, counted by person and kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from scheduler.domain.civil_time import today_of
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Meeting, Seat
from scheduler.usecases.invitations.bring_in_line import Invited
from scheduler.usecases.reminders.holders import readers_of

__all__ = ["ChangeMails", "mails_of_change"]


@dataclass(frozen=True, slots=True)
class ChangeMails:
    """How many people get one ordinary mail each, and how many a calendar message each.

    Nobody is in both. `rooms` are mailboxes of rooms.
    """

    one_each: int = 0
    invitations: int = 0
    rooms: int = 0

    @property
    def people(self) -> int:
        """Return how many people hear of it by mail."""
        return self.one_each + self.invitations


def mails_of_change(
    session: Session, meeting: Meeting, at_once: bool, invited: Invited, *, now: datetime
) -> ChangeMails:
    """Return who hears of a changed meeting; `at_once` tells that it goes to everyone with a seat.

    Whoever gets a calendar message about it does not get the ordinary mail too.
    """
    told: set[int] = set()
    if at_once:
        today = today_of(now)
        positions = session.exec(
            select(Seat.position_id).where(
                sits_in(meeting.forum_id, meeting.unit_id), in_use(Seat.retired_on, today)
            )
        ).all()
        readers = readers_of(session, positions, today)
        told = {reader.person_id for held in readers.values() for reader in held}
    return ChangeMails(
        one_each=len(told - invited.people),
        invitations=len(invited.people),
        rooms=len(invited.rooms),
    )
