"""Rooms are asked by mails of their own, and case-level meetings tell nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlmodel import Session

from scheduler.domain.enums import ForumLevel, Function
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import (
    choose_invitations,
)
from tests.factories.office import Office
from tests.factories.rows import add_forum, add_seat
from tests.integration.invitations.calendar_mail import (
    send_all,
)
from tests.integration.invitations.changes import (
    KARI,
    LATER,
    NOW,
    ROOM,
    cancel,
    move,
)

HERE = replace(LATER, place="Møterom 2")


def room_of(session: Session, office: Office, level: ForumLevel) -> Meeting:
    """Give a forum of this level a room, with one meeting in it."""
    forum = add_forum(
        session,
        office.municipality,
        slug="familieteam",
        name="Familieteam, Ås",
        level=level,
        room_email=ROOM,
        place="Møterom 2",
        agenda=["Skal aldri vises"],
    )
    add_seat(session, forum, office.secretary, function=Function.COORDINATOR)
    return office.meeting(forum=forum, place="Møterom 2")


@pytest.mark.parametrize(
    ("level", "summary", "named"),
    [
        (ForumLevel.SYSTEM, "Familieteam, Ås", True),
        (ForumLevel.CASE_ELSE_NOT, "Opptatt", False),
    ],
)
def test_a_room_is_asked_moved_and_let_go_by_mails_of_its_own(
    sqlite_database: Database, level: ForumLevel, summary: str, named: bool
) -> None:
    with sqlite_database.write() as session:
        meeting = room_of(session, Office(session), level)
        invite_all(session, now=NOW)
    mails, _transport = send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        move(session, meeting, HERE)
    mails += send_all(sqlite_database, NOW)[0]
    with sqlite_database.write() as session:
        cancel(session, meeting)
    mails += send_all(sqlite_database, NOW)[0]
    assert [one.key for one in mails] == [
        (ROOM, "REQUEST", 0),
        (ROOM, "REQUEST", 1),
        (ROOM, "CANCEL", 2),
    ]
    assert {one.attendees for one in mails} == {((f"mailto:{ROOM}", "ROOM"),)}
    assert mails[0].summary == summary
    said = "".join(one.raw + one.text + one.subject for one in mails)
    assert ("Familieteam" in said, "Skal aldri" in said) == (named, False)
    assert [one.subject for one in mails] == [
        "Rommet ønskes tirsdag 2. februar 2027 kl. 09:00–11:00",
        "Rommet ønskes tirsdag 9. februar 2027 kl. 12:00–14:00",
        "Rommet trengs ikke tirsdag 9. februar 2027 kl. 12:00–14:00",
    ]


def test_a_meeting_that_is_moved_to_another_place_lets_the_room_go(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        meeting = room_of(session, office, ForumLevel.SYSTEM)
        choose_invitations(session, id_of(office.person(KARI)), now=NOW)
        invite_all(session, now=NOW)
    before = {one.to: one for one in send_all(sqlite_database, NOW)[0]}
    with sqlite_database.write() as session:
        move(session, meeting, replace(HERE, place="Biblioteket"))
    after = {one.to: one for one in send_all(sqlite_database, NOW)[0]}
    both = ((f"mailto:{KARI}", "INDIVIDUAL"), (f"mailto:{ROOM}", "ROOM"))
    assert (before[KARI].attendees, after[KARI].attendees) == (both, both[:1])
    assert (after[ROOM].key, after[ROOM].status) == ((ROOM, "CANCEL", 1), None)
    # The room is let go at the time it was asked for.
    assert f"{after[ROOM].starts:%d.%m.}" == "02.02."


def test_a_case_level_invitation_is_title_time_and_place_and_nothing_more(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        room_of(session, office, ForumLevel.CASE_ELSE_ANONYMOUS)
        choose_invitations(session, id_of(office.person(KARI)), now=NOW)
    mails, _transport = send_all(sqlite_database, NOW)
    (mine,) = [one for one in mails if one.to == KARI]
    assert (mine.summary, mine.place) == ("Familieteam, Ås", "Møterom 2")
    assert [
        name for name in ("DESCRIPTION", "URL", "CATEGORIES", "CONFERENCE") if name in mine.raw
    ] == []
    assert "Skal aldri" not in mine.raw + mine.text
