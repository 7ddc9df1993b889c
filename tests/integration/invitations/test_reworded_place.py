"""New words for the place of a forum do not take the room from the meetings that have it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.store.database import Database
from scheduler.store.tables import Forum, Municipality
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.follow import follow_invitations
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from tests.factories.rows import add_meeting, add_year
from tests.integration.invitations.calendar_mail import CalendarMail, send_all
from tests.integration.invitations.changes import NOW, ROOM

LATER = NOW + timedelta(minutes=1)
OTHER = "moterom5@fjordvik.example"
OLD, NEW = "Møterom 2", "Møterom 2, rådhuset"
FILE = """[municipality]
slug = "fjordvik"
name = "Fjordvik"
[plan]
title = "Plan for barn, unge og familier"
[[position]]
slug = "sekretaer"
title = "Sekretær"
[[forum]]
slug = "ressursgruppe"
name = "Ressursgruppen"
level = "system"
rhythm = "3-4 ganger i året"
seats = [{{ position = "sekretaer", function = "secretary" }}]
place = "{place}"
room_email = "{room}"
"""


def load(session: Session, place: str, room: str = ROOM) -> None:
    plan = parse_plan_file(FILE.format(place=place, room=room).encode())
    load_plan(session, plan, now=NOW, actor_id=None)


def a_meeting_each(session: Session, *places: str) -> None:
    """Add a meeting at each of the places, and ask for their rooms."""
    forum = session.exec(select(Forum)).one()
    year = add_year(session, session.exec(select(Municipality)).one())
    for number, place in enumerate(places, 1):
        held_on = date(2027, 2, 2) + timedelta(weeks=number)
        add_meeting(session, year, forum, number=number, held_on=held_on, place=place)
    invite_all(session, now=NOW)


def follow(database: Database) -> list[CalendarMail]:
    follow_invitations(database, now=lambda: LATER)()
    return send_all(database, LATER)[0]


def test_the_room_stays_with_the_meetings_that_were_set_under_the_old_words(
    database: Database,
) -> None:
    with database.write() as session:
        load(session, OLD)
        a_meeting_each(session, OLD, "Biblioteket")
    asked, _ = send_all(database, NOW)
    with database.write() as session:
        load(session, NEW)
        load(session, "Møterommet")
    assert [mail.key for mail in asked] == [(ROOM, "REQUEST", 0)]
    assert follow(database) == []
    with database.read() as session:
        forum = session.exec(select(Forum)).one()
        assert (forum.place, forum.earlier_places) == ("Møterommet", [OLD, NEW])


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (NEW, [(ROOM, "CANCEL", 1)]),
        (OLD, [(ROOM, "CANCEL", 1), (OTHER, "REQUEST", 0)]),
    ],
    ids=["another room", "another mailbox"],
)
def test_with_another_mailbox_the_old_room_is_given_back(
    sqlite_database: Database, place: str, told: list[tuple[str, str, int]]
) -> None:
    with sqlite_database.write() as session:
        load(session, OLD)
        a_meeting_each(session, OLD)
    send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        load(session, place, OTHER)
    assert sorted(mail.key for mail in follow(sqlite_database)) == told


def test_back_at_the_first_words_they_are_no_earlier_ones(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        for place in (OLD, NEW, OLD):
            load(session, place)
        assert session.exec(select(Forum)).one().earlier_places == [NEW]


def test_another_mailbox_alone_forgets_the_words_of_the_room_before(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        for place, room in ((OLD, ROOM), (NEW, ROOM), (NEW, OTHER)):
            load(session, place, room)
        forum = session.exec(select(Forum)).one()
        assert (forum.room_email, forum.place, forum.earlier_places) == (OTHER, NEW, [])


def test_a_while_without_a_place_forgets_no_words(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        load(session, "Møterommet")
        load(session, OLD)
        forum = session.exec(select(Forum)).one()
        # No file takes a place away, as one that is silent of it leaves it.
        forum.place = None
        load(session, NEW)
        assert (forum.place, forum.earlier_places) == (NEW, ["Møterommet"])
