"""Keeps the invitations in line with who sits where: people come and go by the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.store.database import Database
from scheduler.store.tables import FeedStamp, Forum, Invitation, Person
from scheduler.usecases.invitations.answer_link import drop_old_links
from scheduler.usecases.invitations.bring_in_line import invite_all

__all__ = ["follow_invitations"]

_Seen = tuple[date, int]


def follow_invitations(database: Database, *, now: Callable[[], datetime]) -> Callable[[], bool]:
    """Return what brings every invitation in line, and tells whether there was a reason to look.

    A reason is a new day, or any change of what feeds are made of: holders, seats, forums.
    Invitations follow a changed meeting in its own transaction, and do not wait for this.
    """
    last: list[_Seen] = []

    def follow() -> bool:
        at = now()
        with database.read() as session:
            seen = (today_of(at), _stamps(session))
            if last == [seen] or not _anyone(session):
                return False
        with database.write() as session:
            seen = (today_of(at), _stamps(session))
            invite_all(session, now=at)
            drop_old_links(session, now=at)
        last[:] = [seen]
        return True

    return follow


def _stamps(session: Session) -> int:
    return int(session.exec(select(func.coalesce(func.sum(col(FeedStamp.stamp)), 0))).one())


def _anyone(session: Session) -> bool:
    """Tell whether anyone has, or is to have, an invitation at all."""
    wants = select(Person.id).where(col(Person.wants_invitations).is_(True))
    rooms = select(Forum.id).where(col(Forum.room_email).is_not(None))
    record = select(Invitation.id)
    return any(session.exec(query.limit(1)).first() is not None for query in (wants, rooms, record))
