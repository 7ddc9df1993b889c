"""What a room's own calendar answers: kept, told once when it is no, shown to the members."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session, select

from calendars import read_reply
from scheduler.domain.calendar_reply import ReplyWord
from scheduler.domain.enums import Function
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Holder, Invitation, Meeting, Outbox, Seat
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.room_answer import room_answer
from scheduler.usecases.outbox import MailboxRound, read_mailbox
from tests.factories.calendar_reply import Pressed, outlook_reply
from tests.factories.office import Office
from tests.factories.rows import add_seat
from tests.fakes.returned_mail import ReturnedMail
from tests.integration.invitations.calendar_mail import send_all
from tests.integration.invitations.changes import KARI, LATER, LEIF, NOW, ROOM, cancel, move

KEPT, TOO_LATE = MailboxRound(read=1, answered=1), MailboxRound(read=1)
HERE = replace(LATER, place="Møterom 2")
SOON = NOW + timedelta(minutes=15)
REFUSES = Pressed(attendee=ROOM, word="DECLINED", at=NOW + timedelta(minutes=1))


def ask(database: Database) -> Pressed:
    """Ask a room for a meeting; return how its calendar says no."""
    with database.write() as session:
        office = Office(session)
        forum = session.get_one(Forum, office.forum.id)
        forum.room_email, forum.place = ROOM, "Møterom 2"
        meeting = office.meeting(place="Møterom 2")
        add_seat(session, forum, office.owner, function=Function.CONVENER)
        invite_all(session, now=NOW)
        uid = meeting.uid
    assert [one.key for one in send_all(database, NOW)[0]] == [(ROOM, "REQUEST", 0)]
    return replace(REFUSES, uid=uid)


def take(database: Database, pressed: Pressed) -> MailboxRound:
    """Read an answer from the mailbox, ten minutes on."""
    return read_mailbox(
        database,
        ReturnedMail(answers=[outlook_reply(pressed)]),
        read_reply=read_reply,
        now=NOW + timedelta(minutes=10),
    )


def the_meeting(session: Session) -> Meeting:
    return session.exec(select(Meeting)).one()


def said(database: Database) -> ReplyWord | None:
    """Return what the page says that the room has answered."""
    with database.read() as session:
        found = room_answer(session, id_of(the_meeting(session)))
    return found.word if found else None


def told(database: Database, at: datetime = SOON) -> list[tuple[tuple[str, ...], str]]:
    """Send what is due; return to whom and about what."""
    transport = send_all(database, at)[1]
    return [(mail.recipients, mail.subject) for mail in transport.sent]


def test_a_room_that_says_no_is_kept_and_told_to_the_secretary_once(database: Database) -> None:
    refuses = ask(database)
    assert said(database) is None
    assert take(database, refuses) == KEPT
    assert said(database) is ReplyWord.DECLINED
    assert told(database) == [
        ((KARI,), "ROMMET ER OPPTATT: Ressursgruppe, tverrfaglig tirsdag 2. februar 2027")
    ]
    assert take(database, refuses) == KEPT
    assert take(database, replace(refuses, at=NOW + timedelta(minutes=5))) == KEPT
    assert told(database) == []


def test_a_room_that_says_yes_is_told_to_nobody_and_takes_back_a_no_that_waits(
    sqlite_database: Database,
) -> None:
    refuses = ask(sqlite_database)
    accepts = replace(refuses, word="ACCEPTED", at=NOW + timedelta(minutes=2))
    assert [take(sqlite_database, each) for each in (refuses, accepts)] == [KEPT, KEPT]
    assert (said(sqlite_database), told(sqlite_database)) == (ReplyWord.ACCEPTED, [])
    # What comes late from before it changes nothing.
    assert take(sqlite_database, refuses) == TOO_LATE
    assert take(sqlite_database, replace(accepts, word="TENTATIVE")) == KEPT
    assert said(sqlite_database) is ReplyWord.TENTATIVE
    again = replace(refuses, at=NOW + timedelta(minutes=3))
    assert take(sqlite_database, again) == KEPT
    assert len(told(sqlite_database)) == 1


def test_an_answer_is_to_one_time_only_and_each_time_is_told_of_once(
    sqlite_database: Database,
) -> None:
    refuses = ask(sqlite_database)
    assert take(sqlite_database, refuses) == KEPT
    assert len(told(sqlite_database)) == 1
    with sqlite_database.write() as session:
        move(session, the_meeting(session), HERE)
    assert [subject for _to, subject in told(sqlite_database)] == [
        "Rommet ønskes tirsdag 9. februar 2027 kl. 12:00–14:00"
    ]
    assert said(sqlite_database) is None
    assert take(sqlite_database, replace(refuses, at=NOW + timedelta(minutes=8))) == TOO_LATE
    assert take(sqlite_database, replace(refuses, sequence=1)) == KEPT
    assert [to for to, _subject in told(sqlite_database)] == [(KARI,)]


def test_a_room_that_answers_what_it_was_never_asked_is_not_heard(
    sqlite_database: Database,
) -> None:
    refuses = ask(sqlite_database)
    assert take(sqlite_database, replace(refuses, sequence=1)) == MailboxRound()
    assert (said(sqlite_database), told(sqlite_database)) == (None, [])
    assert take(sqlite_database, refuses) == KEPT


def test_what_is_no_longer_asked_for_is_neither_kept_nor_told(sqlite_database: Database) -> None:
    refuses = ask(sqlite_database)
    assert take(sqlite_database, refuses) == KEPT
    with sqlite_database.write() as session:
        cancel(session, the_meeting(session))
    assert said(sqlite_database) is None
    assert take(sqlite_database, replace(refuses, at=NOW + timedelta(minutes=9))) == TOO_LATE
    assert [subject.split(" tirsdag")[0] for _to, subject in told(sqlite_database)] == [
        "Rommet trengs ikke"
    ]
    with sqlite_database.read() as session:
        states = session.exec(select(Outbox.state).where(Outbox.kind == "room")).all()
        assert list(states) == ["cancelled"]


def test_only_the_mailbox_that_was_asked_is_heard(sqlite_database: Database) -> None:
    refuses = ask(sqlite_database)
    others = (
        replace(refuses, sender=LEIF),
        replace(refuses, attendee="moterom3@sor-fron.example"),
        replace(refuses, attendee=LEIF),
        replace(refuses, uid="en-annens@aarshjul"),
    )
    for each in others:
        assert take(sqlite_database, each) == MailboxRound()
    with sqlite_database.read() as session:
        assert session.exec(select(Invitation.answer)).all() == [None]
    assert told(sqlite_database) == []


def test_the_next_in_line_is_told_where_nobody_is_secretary_and_at_a_decent_hour(
    sqlite_database: Database,
) -> None:
    refuses = ask(sqlite_database)
    with sqlite_database.write() as session:
        seat = session.exec(select(Seat).where(Seat.function == Function.SECRETARY)).one()
        seat.retired_on = NOW.date()
    assert take(sqlite_database, refuses) == KEPT
    evening = datetime(2027, 1, 11, 20, 0, tzinfo=UTC)
    assert told(sqlite_database, evening) == []
    morning = datetime(2027, 1, 12, 7, 0, tzinfo=UTC)
    assert [to for to, _subject in told(sqlite_database, morning)] == [("olga@sor-fron.example",)]


def test_a_secretary_whose_position_is_vacant_is_passed_over(sqlite_database: Database) -> None:
    refuses = ask(sqlite_database)
    with sqlite_database.write() as session:
        seat = session.exec(select(Seat).where(Seat.function == Function.SECRETARY)).one()
        holder = session.exec(select(Holder).where(Holder.position_id == seat.position_id)).one()
        holder.until_on = NOW.date() - timedelta(days=1)
    assert take(sqlite_database, refuses) == KEPT
    assert [to for to, _subject in told(sqlite_database)] == [("olga@sor-fron.example",)]
