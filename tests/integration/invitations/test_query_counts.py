"""A change of one meeting reads nothing of the other meetings that its people are invited to."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave
from scheduler.usecases.invitations.bring_in_line import invite_to_meetings
from tests.fakes.counted import counted
from tests.integration.invitations.changes import KARI, NOW, an_office


def test_one_changed_meeting_is_brought_in_line_as_cheaply_among_many_as_alone(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = office.person(KARI)
        holder = session.exec(select(Holder).where(Holder.person_id == kari.id)).one()
        away = {"starts_on": date(2027, 3, 8), "ends_on": date(2027, 3, 12)}
        session.add(Leave(holder_id=id_of(holder), **away))
    with sqlite_database.write() as session, counted(sqlite_database) as alone:
        told_alone = invite_to_meetings(session, [id_of(meeting)], now=NOW)
    with sqlite_database.write() as session:
        office.session = session
        for week in range(1, 9):
            office.meeting(date(2027, 2, 2) + timedelta(weeks=week))
    with sqlite_database.write() as session, counted(sqlite_database) as among_many:
        told_among_many = invite_to_meetings(session, [id_of(meeting)], now=NOW)
    assert (told_alone.mails, told_among_many.mails) == (1, 1)
    assert len(among_many) == len(alone)
