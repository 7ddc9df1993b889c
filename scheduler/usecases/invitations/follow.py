"""Keeps the invitations in line with who sits where: people come and go by the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.store.database import Database
from scheduler.store.feed_stamps import municipality_source
from scheduler.store.tables import FeedStamp, Forum, Invitation, Municipality, Person
from scheduler.usecases.invitations.answer_link import drop_old_links
from scheduler.usecases.invitations.bring_in_line import invite_all

__all__ = ["follow_invitations"]


def follow_invitations(database: Database, *, now: Callable[[], datetime]) -> Callable[[], int]:
    """Return what brings invitations in line, and says in how many municipalities it looked.

    It looks where it is a new day, and where anything that feeds are made of has changed: holders,
    seats, forums. Each municipality is a transaction of its own, so that nobody waits for all.
    Invitations follow a changed meeting in that meeting's transaction, and do not wait for this.
    """
    seen: dict[int, tuple[date, int]] = {}

    def follow() -> int:
        at = now()
        with database.read() as session:
            found = _state(session, today_of(at)) if _anyone(session) else {}
        changed = [each for each, state in found.items() if seen.get(each) != state]
        for municipality_id in changed:
            with database.write() as session:
                invite_all(session, now=at, municipality_id=municipality_id)
        if changed:
            with database.write() as session:
                drop_old_links(session, now=at)
        # What changed while this looked was read before it, and counts as new the next time.
        seen.update(found)
        return len(changed)

    return follow


def _state(session: Session, today: date) -> dict[int, tuple[date, int]]:
    stamps = dict(session.exec(select(FeedStamp.source, FeedStamp.stamp)).all())
    return {
        each: (today, stamps.get(municipality_source(each), 0))
        for each in session.exec(select(Municipality.id).order_by(col(Municipality.id)))
        if each is not None
    }


def _anyone(session: Session) -> bool:
    """Tell whether anyone has, or is to have, an invitation at all."""
    wants = select(Person.id).where(col(Person.wants_invitations).is_(True))
    rooms = select(Forum.id).where(col(Forum.room_email).is_not(None))
    record = select(Invitation.id)
    return any(session.exec(query.limit(1)).first() is not None for query in (wants, rooms, record))
