"""Invitations follow the seats: who comes and who goes, day by day."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Person, Seat
from scheduler.usecases.invitations.bring_in_line import invite_all, invite_person
from scheduler.usecases.invitations.follow import follow_invitations
from tests.factories.rows import add_holder
from tests.integration.invitations.calendar_mail import (
    send_all,
)
from tests.integration.invitations.changes import (
    KARI,
    LEIF,
    NOW,
    an_office,
    cancel,
    keys,
    move,
)


def test_who_lost_the_seat_gets_one_cancel_and_nothing_of_what_comes_after(
    database: Database,
) -> None:
    with database.write() as session:
        office, meeting = an_office(session, KARI, LEIF)
        kari = id_of(office.person(KARI))
    keys(database)
    tomorrow = NOW + timedelta(days=1)
    with database.write() as session:
        holding = session.exec(select(Holder).where(Holder.person_id == kari)).one()
        holding.until_on = NOW.date()
        session.add(holding)
    follow = follow_invitations(database, now=lambda: tomorrow)
    assert (follow(), follow()) == (1, 0)
    with database.write() as session:
        move(session, meeting, at=tomorrow)

    mails, _transport = send_all(database, tomorrow)

    gone, moved = sorted(mails, key=lambda one: one.to)
    assert (gone.key, moved.key) == ((KARI, "CANCEL", 1), (LEIF, "REQUEST", 1))
    # What she is told is what she knew: neither the new day nor the new place.
    assert f"{gone.starts:%d.%m.}" == "02.02."
    assert "Biblioteket" not in gone.raw + gone.text
    assert (gone.status, gone.place) == (None, "")
    assert gone.subject == "Tatt ut av kalenderen: Ressursgruppe, tverrfaglig tirsdag 2. februar"
    with database.write() as session:
        cancel(session, meeting)
    assert keys(database, tomorrow) == [(LEIF, "CANCEL", 2)]


def test_a_leaver_who_was_never_invited_gets_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        # The invitation waits while she leaves.
        holding = session.exec(
            select(Holder).where(Holder.person_id == office.person(KARI).id)
        ).one()
        holding.until_on = NOW.date() - timedelta(days=1)
        session.add(holding)
    assert keys(sqlite_database) == []
    with sqlite_database.write() as session:
        cancel(session, meeting)
    assert keys(sqlite_database) == []


def test_somebody_new_at_the_seat_is_invited_on_the_first_day(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session, LEIF)
        newcomer = office.person("nils@sor-fron.example")
        newcomer.wants_invitations = True
        session.add(newcomer)
        add_holder(session, office.secretary, newcomer, from_on=date(2027, 1, 13))
    keys(sqlite_database)
    seen = []
    for day in range(4):
        at = NOW + timedelta(days=day)
        follow_invitations(sqlite_database, now=lambda at=at: at)()
        seen.append(keys(sqlite_database, at))
    assert seen == [[], [], [("nils@sor-fron.example", "REQUEST", 0)], []]


def test_a_seat_that_comes_back_has_a_higher_number_than_its_cancel(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        seat = session.exec(select(Seat).where(Seat.position_id == office.secretary.id)).one()
    sent = [keys(sqlite_database)]
    for retired_on in (NOW.date(), None):
        with sqlite_database.write() as session:
            session.get_one(Seat, seat.id).retired_on = retired_on
            session.flush()
            invite_all(session, now=NOW)
        sent.append(keys(sqlite_database))
    assert sent == [[(KARI, "REQUEST", 0)], [(KARI, "CANCEL", 1)], [(KARI, "REQUEST", 2)]]


def test_somebody_who_is_no_longer_active_gets_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        session.get_one(Person, kari).active = False
        session.flush()
        invite_person(session, kari, now=NOW)
    assert keys(sqlite_database) == []
