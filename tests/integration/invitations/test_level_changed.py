"""A forum that comes to speak of single cases takes back what calendars were told in the open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import ForumLevel
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Invitation, Meeting
from scheduler.usecases.feeds.reworded import rewording
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.invitations.follow import follow_invitations
from tests.factories.office import Office, worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import (
    INVITING,
    CalendarMail,
    calendar_mails,
    send_all,
)
from tests.integration.invitations.changes import KARI, NOW, ROOM, cancel

LATER = NOW + timedelta(minutes=1)
AGAIN = NOW + timedelta(minutes=20)
FORUM = "Ressursgruppe, tverrfaglig"
AGENDA = "Skal ikke stå"


def asked(session: Session, level: ForumLevel = ForumLevel.SYSTEM) -> Meeting:
    """Return a meeting that the forum's room and Kari are to have."""
    office = Office(session)
    office.forum.level, office.forum.room_email = level, ROOM
    office.forum.place = "Møterom 2"
    if level is ForumLevel.SYSTEM:
        office.forum.agenda = [AGENDA]
    session.add(office.forum)
    meeting = office.meeting(place=office.forum.place)
    choose_invitations(session, id_of(office.person(KARI)), now=NOW)
    invite_all(session, now=NOW)
    return meeting


def set_level(database: Database, level: ForumLevel) -> None:
    with database.write() as session:
        forum = session.exec(select(Forum)).one()
        with rewording(session, forum.municipality_id, now=LATER):
            forum.level, forum.agenda = level, []
            session.add(forum)
            session.flush()
    follow_invitations(database, now=lambda: LATER)()


def words(mail: CalendarMail) -> str:
    return (mail.raw.replace("\r\n ", "") + mail.text + mail.subject).replace("\\,", ",")


def test_the_room_and_the_members_are_told_anew_with_what_is_theirs_to_know(
    database: Database,
) -> None:
    with database.write() as session:
        meeting = asked(session)
    before, _ = send_all(database, NOW)
    set_level(database, ForumLevel.CASE_ELSE_NOT)
    member, room = sorted(send_all(database, LATER)[0], key=lambda mail: mail.to)
    assert {(mail.to, FORUM in words(mail), AGENDA in words(mail)) for mail in before} == {
        (KARI, True, True),
        (ROOM, True, False),
    }
    assert (member.key, room.key) == ((KARI, "REQUEST", 1), (ROOM, "REQUEST", 1))
    assert (member.summary, room.summary) == (FORUM, "Opptatt")
    assert member.place == "Møterom 2"
    assert [each in words(member) for each in (AGENDA, "\nURL", "CATEGORIES")] == [False] * 3
    assert FORUM not in words(room)
    with database.write() as session:
        cancel(session, meeting, at=AGAIN)
    assert sorted(mail.key for mail in send_all(database, AGAIN)[0]) == [
        (KARI, "CANCEL", 2),
        (ROOM, "CANCEL", 2),
    ]


def test_they_are_told_so_once(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        asked(session)
    send_all(sqlite_database, NOW)
    set_level(sqlite_database, ForumLevel.CASE_ELSE_NOT)
    send_all(sqlite_database, LATER)
    with sqlite_database.write() as session:
        assert invite_all(session, now=AGAIN).mails == 0
    assert send_all(sqlite_database, AGAIN)[0] == []


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (ForumLevel.CASE_ELSE_NOT, ForumLevel.CASE_ELSE_ANONYMOUS),
        (ForumLevel.CASE_ELSE_NOT, ForumLevel.SYSTEM),
    ],
)
def test_nobody_is_told_anew_who_was_told_of_cases_from_the_start(
    sqlite_database: Database, was: ForumLevel, becomes: ForumLevel
) -> None:
    with sqlite_database.write() as session:
        asked(session, was)
    assert len(send_all(sqlite_database, NOW)[0]) == 2
    set_level(sqlite_database, becomes)
    assert send_all(sqlite_database, AGAIN)[0] == []


@pytest.mark.parametrize(
    "answer",
    [
        SendResult(Outcome.RETRY, Phase.RCPT, 450, "later"),
        SendResult(Outcome.UNCERTAIN, Phase.AFTER_DOT, None, "timed out"),
    ],
    ids=["refused", "uncertain"],
)
def test_a_mail_that_waits_to_go_once_more_loses_what_it_said(
    sqlite_database: Database, answer: SendResult
) -> None:
    with sqlite_database.write() as session:
        asked(session)
    transport = FakeTransport()
    transport.answers = [answer, answer]
    worker_of(sqlite_database, transport, NOW, settings=INVITING).run_once()
    set_level(sqlite_database, ForumLevel.CASE_ELSE_NOT)
    sent, _ = send_all(sqlite_database, AGAIN)
    assert {(mail.to, mail.method) for mail in sent} == {(KARI, "REQUEST"), (ROOM, "REQUEST")}
    assert not [mail for mail in sent if AGENDA in words(mail)]
    assert not [mail for mail in sent if mail.to == ROOM and FORUM in words(mail)]
    tried = calendar_mails([mail.raw for mail in transport.offered])
    assert [FORUM in words(mail) for mail in tried] == [True, True]
    with sqlite_database.read() as session:
        said = session.exec(select(Invitation.in_the_open).order_by(col(Invitation.id))).all()
    assert said[-2:] == [False, False]
