"""Answers that calendar programs mail: counted as the link's, for the invited and sent by them."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from calendars import read_reply
from scheduler.domain.enums import ForumLevel
from scheduler.mail import MailboxError
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Attendance, Holder, Meeting, Person
from scheduler.usecases.invitations.answer_link import answer_by_link, new_answer_link
from scheduler.usecases.invitations.choice import choose_subscription
from scheduler.usecases.meetings import Answer, OwnAnswer, answers_now, own_answer
from scheduler.usecases.outbox import MailboxRound, read_mailbox
from scheduler.usecases.pages.meetings import read_meetings
from tests.factories.calendar_reply import (
    FORMS,
    Pressed,
    attached_reply,
    bare_reply,
    google_reply,
    outlook_reply,
)
from tests.fakes.returned_mail import ReturnedMail
from tests.integration.invitations.calendar_mail import send_all
from tests.integration.invitations.changes import KARI, LATER, LEIF, NOW, an_office, cancel, move

SOON = NOW + timedelta(minutes=10)
ANSWERED, NOTHING, TOO_LATE = (
    MailboxRound(read=1, answered=1),
    MailboxRound(),
    MailboxRound(read=1),
)


def minutes(number: int) -> datetime:
    return NOW + timedelta(minutes=number)


def invite(database: Database, *who: str) -> Pressed:
    """Send the invitations to a meeting; return how the first to get one accepts it."""
    with database.write() as session:
        _office, meeting = an_office(session, *who)
        uid = meeting.uid
    send_all(database, NOW)
    return Pressed(uid=uid, attendee=who[0] if who else KARI, at=minutes(5))


def take(database: Database, *letters: bytes, now: datetime = SOON) -> MailboxRound:
    return read_mailbox(
        database, ReturnedMail(answers=list(letters)), read_reply=read_reply, now=now
    )


def left_for_people(database: Database, letter: bytes) -> bool:
    mailbox = ReturnedMail(answers=[letter])
    done = read_mailbox(database, mailbox, read_reply=read_reply, now=SOON)
    assert mailbox.answers == []
    assert (done == NOTHING) is bool(mailbox.left)
    return bool(mailbox.left)


def the_meeting(session: Session) -> Meeting:
    return session.exec(select(Meeting)).one()


def answers(database: Database) -> list[tuple[str, datetime]]:
    with database.read() as session:
        rows = session.exec(select(Attendance).order_by(col(Attendance.id)))
        return [(row.answer, row.answered_at) for row in rows]


def counts(database: Database, meeting_id: int) -> tuple[int, int, int]:
    with database.read() as session:
        (seen,) = read_meetings(session, col(Meeting.id) == meeting_id, by_seat=col(Meeting.id) > 0)
        found = answers_now(session, seen, today=NOW.date())
    return found.comes, found.absent, found.silent


def test_an_answer_in_every_programs_form_counts_as_the_links(database: Database) -> None:
    pressed = invite(database)
    with database.read() as session:
        meeting_id = id_of(the_meeting(session))
    found = []
    for number, form in enumerate(FORMS):
        word = ("ACCEPTED", "DECLINED")[number % 2]
        letter = form(replace(pressed, word=word, at=minutes(number)))
        assert take(database, letter) == ANSWERED
        found.append(counts(database, meeting_id))
    assert found == [(1, 0, 1), (0, 1, 1), (1, 0, 1), (0, 1, 1), (1, 0, 1)]
    assert answers(database) == [("yes", minutes(4))]


def test_an_older_answer_than_the_one_that_stands_changes_nothing(database: Database) -> None:
    pressed = invite(database)
    refused = replace(pressed, word="DECLINED", at=minutes(7))
    assert take(database, outlook_reply(refused), outlook_reply(pressed)) == MailboxRound(
        read=2, answered=1
    )
    assert answers(database) == [("no", minutes(7))]
    with database.write() as session:
        meeting_id = id_of(the_meeting(session))
        kari = session.exec(select(Attendance.person_id)).one()
        token = new_answer_link(session, meeting_id=meeting_id, person_id=kari, now=NOW)
        assert own_answer(session, meeting_id, kari) == OwnAnswer(
            answer=Answer.ABSENT, answered_at=minutes(7), from_calendar=True
        )
        asked = answer_by_link(session, token, Answer.COMES, sequence=0, now=minutes(8))
        assert (asked.answer, asked.from_calendar) == (Answer.COMES, False)
    assert take(database, outlook_reply(refused)) == TOO_LATE
    assert answers(database) == [("yes", minutes(8))]


def test_a_clock_that_is_ahead_keeps_no_later_answer_out(sqlite_database: Database) -> None:
    pressed = invite(sqlite_database)
    ahead = replace(pressed, at=NOW + timedelta(days=400))
    assert take(sqlite_database, google_reply(ahead)) == ANSWERED
    assert answers(sqlite_database) == [("yes", SOON)]
    refused = replace(pressed, word="DECLINED", at=minutes(11))
    assert take(sqlite_database, google_reply(refused), now=minutes(12)) == ANSWERED
    assert answers(sqlite_database) == [("no", minutes(11))]


def test_perhaps_takes_an_answer_back(sqlite_database: Database) -> None:
    pressed = invite(sqlite_database)
    perhaps = replace(pressed, word="TENTATIVE", at=minutes(6))
    letters = [outlook_reply(each) for each in (perhaps, pressed, perhaps)]
    assert take(sqlite_database, *letters[1:]) == MailboxRound(read=2, answered=2)
    assert answers(sqlite_database) == []


def test_an_answer_from_before_it_was_taken_back_changes_nothing(database: Database) -> None:
    pressed = invite(database)
    perhaps = replace(pressed, word="TENTATIVE", at=minutes(6))
    assert take(database, outlook_reply(pressed), outlook_reply(perhaps)).answered == 2
    older = replace(pressed, word="DECLINED", at=minutes(4))
    assert [take(database, outlook_reply(each)) for each in (pressed, older)] == [TOO_LATE] * 2
    assert answers(database) == []
    # Read twice, it still only takes back what is older.
    assert take(database, outlook_reply(perhaps)) == ANSWERED
    assert take(database, outlook_reply(replace(pressed, at=minutes(7)))) == ANSWERED
    assert take(database, outlook_reply(perhaps)) == TOO_LATE
    assert answers(database) == [("yes", minutes(7))]


def test_perhaps_keeps_an_older_answer_out_though_a_new_room_was_sent_since(
    sqlite_database: Database,
) -> None:
    pressed = invite(sqlite_database)
    assert take(sqlite_database, outlook_reply(replace(pressed, word="TENTATIVE"))) == ANSWERED
    with sqlite_database.write() as session:
        meeting = the_meeting(session)
        same = replace(
            LATER, held_on=meeting.held_on, starts=meeting.starts, ends=meeting.ends, place="Låven"
        )
        move(session, meeting, same)
    send_all(sqlite_database, NOW)
    assert take(sqlite_database, outlook_reply(replace(pressed, at=minutes(4)))) == TOO_LATE
    assert answers(sqlite_database) == []
    with sqlite_database.write() as session:
        move(session, the_meeting(session))
    send_all(sqlite_database, NOW)
    assert take(sqlite_database, outlook_reply(replace(pressed, sequence=2))) == ANSWERED


def test_an_answer_to_the_old_time_is_none_to_the_new(database: Database) -> None:
    pressed = invite(database)
    assert take(database, google_reply(pressed)) == ANSWERED
    with database.write() as session:
        move(session, the_meeting(session))
    # Before the new invitation has gone, and after it.
    late = replace(pressed, at=minutes(9))
    assert take(database, google_reply(late)) == TOO_LATE
    send_all(database, NOW)
    assert take(database, google_reply(late)) == TOO_LATE
    assert answers(database) == []
    assert take(database, google_reply(replace(late, sequence=1))) == ANSWERED
    assert answers(database) == [("yes", minutes(9))]


def test_an_answer_to_a_message_that_was_never_sent_is_left_for_people(
    sqlite_database: Database,
) -> None:
    pressed = invite(sqlite_database)
    ahead = [bare_reply(replace(pressed, sequence=n)) for n in (1, 999_999_999)]
    assert [left_for_people(sqlite_database, letter) for letter in ahead] == [True, True]
    with sqlite_database.write() as session:
        move(session, the_meeting(session))
    # The new time is known here, but nobody was asked for it yet.
    assert left_for_people(sqlite_database, ahead[0])
    send_all(sqlite_database, NOW)
    assert left_for_people(sqlite_database, bare_reply(replace(pressed, sequence=2)))
    assert answers(sqlite_database) == []
    assert take(sqlite_database, ahead[0]) == ANSWERED


def test_an_answer_from_before_a_meeting_was_moved_away_and_back_is_none(
    sqlite_database: Database,
) -> None:
    pressed = invite(sqlite_database)
    with sqlite_database.read() as session:
        first = the_meeting(session)
    back = replace(
        LATER, held_on=first.held_on, starts=first.starts, ends=first.ends, place=first.place
    )
    for to in (LATER, back):
        with sqlite_database.write() as session:
            move(session, the_meeting(session), to)
        send_all(sqlite_database, NOW)
    found = [take(sqlite_database, bare_reply(replace(pressed, sequence=n))) for n in (0, 1, 2)]
    assert found == [TOO_LATE, TOO_LATE, ANSWERED]


def test_a_new_room_takes_no_answer_away_nor_keeps_one_out(sqlite_database: Database) -> None:
    pressed = invite(sqlite_database)
    with sqlite_database.write() as session:
        meeting = the_meeting(session)
        same = replace(
            LATER, held_on=meeting.held_on, starts=meeting.starts, ends=meeting.ends, place="Låven"
        )
        move(session, meeting, same)
    send_all(sqlite_database, NOW)
    assert take(sqlite_database, bare_reply(pressed)) == ANSWERED


def test_a_meeting_that_is_called_off_over_or_anothers_takes_no_answer(
    sqlite_database: Database,
) -> None:
    pressed = invite(sqlite_database)
    letter = outlook_reply(pressed)
    with sqlite_database.read() as session:
        meeting = the_meeting(session)
    over = datetime.combine(meeting.held_on, meeting.ends, tzinfo=UTC)
    assert take(sqlite_database, letter, now=over) == TOO_LATE
    with sqlite_database.write() as session:
        cancel(session, the_meeting(session))
    assert take(sqlite_database, letter) == TOO_LATE
    with sqlite_database.write() as session:
        cancel(session, the_meeting(session), again=True)
    assert take(sqlite_database, letter) == ANSWERED
    with sqlite_database.write() as session:
        kari = session.exec(select(Attendance.person_id)).one()
        holding = session.exec(select(Holder).where(Holder.person_id == kari)).one()
        holding.until_on = NOW.date()
        session.add(holding)
    refused = replace(pressed, word="DECLINED", at=minutes(9))
    assert take(sqlite_database, bare_reply(refused), now=NOW + timedelta(days=1)) == TOO_LATE
    assert answers(sqlite_database) == [("yes", minutes(5))]


def test_whoever_keeps_the_entry_but_subscribes_may_still_answer_in_it(
    sqlite_database: Database,
) -> None:
    pressed = invite(sqlite_database)
    with sqlite_database.write() as session:
        kari = session.exec(select(Person).where(Person.email == KARI)).one()
        choose_subscription(session, id_of(kari), clear=False, now=NOW)
    assert take(sqlite_database, bare_reply(pressed)) == ANSWERED


def test_what_is_not_the_invited_persons_own_answer_is_left_for_people(
    sqlite_database: Database,
) -> None:
    pressed = invite(sqlite_database)
    strange = [
        # A colleague answers for Kari; Leif has the meeting, but no invitation to it.
        bare_reply(replace(pressed, sender=LEIF)),
        bare_reply(replace(pressed, attendee=LEIF)),
        bare_reply(replace(pressed, attendee="moterom2@sor-fron.example")),
        bare_reply(replace(pressed, uid="en-annens@aarshjul")),
        bare_reply(replace(pressed, word="DELEGATED")),
        bare_reply(pressed).replace(b"METHOD:REPLY", b"METHOD:COUNTER"),
        bare_reply(replace(pressed, headers="Authentication-Results: mx; dmarc=fail\n")),
        bare_reply(pressed, "BEGIN:VCALENDAR\nBEGIN:VEVENT\n"),
        attached_reply(pressed, "ikke en kalender"),
        b"\xff\x00" * 100,
    ]
    assert [left_for_people(sqlite_database, letter) for letter in strange] == [True] * 10
    assert answers(sqlite_database) == []


def test_one_bad_letter_keeps_no_other_back(sqlite_database: Database) -> None:
    pressed = invite(sqlite_database)
    flood = bare_reply(pressed, "BEGIN:VEVENT\nEND:VEVENT\n" * 100_000)
    mailbox = ReturnedMail(answers=[b"\x00", flood, outlook_reply(pressed), b""])
    done = read_mailbox(sqlite_database, mailbox, read_reply=read_reply, now=SOON)
    assert (done, len(mailbox.left), mailbox.answers) == (ANSWERED, 3, [])


def test_an_answer_is_put_away_only_after_it_is_kept_and_read_twice_changes_nothing(
    database: Database,
) -> None:
    pressed = invite(database)
    seen = []

    def gone() -> None:
        seen.append(answers(database))
        raise MailboxError("closed")

    mailbox = ReturnedMail(answers=[outlook_reply(pressed)], on_put_away=gone)
    done = read_mailbox(database, mailbox, read_reply=read_reply, now=SOON)
    assert done == replace(ANSWERED, problem="closed")
    assert seen == [[("yes", minutes(5))]]
    with database.write() as session:
        row = session.exec(select(Attendance)).one()
        token = new_answer_link(
            session, meeting_id=row.meeting_id, person_id=row.person_id, now=NOW
        )
        answer_by_link(session, token, Answer.ABSENT, sequence=0, now=minutes(11))
    mailbox.on_put_away = None
    done = read_mailbox(database, mailbox, read_reply=read_reply, now=minutes(12))
    assert (done, mailbox.answers) == (TOO_LATE, [])
    assert answers(database) == [("no", minutes(11))]


def test_nothing_that_is_written_in_an_answer_is_kept_or_logged(
    sqlite_database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    pressed = invite(sqlite_database)
    with caplog.at_level(logging.DEBUG):
        assert take(sqlite_database, outlook_reply(pressed)) == ANSWERED
        assert left_for_people(sqlite_database, outlook_reply(replace(pressed, sender=LEIF)))
    kept = [caplog.text]
    with sqlite_database.read() as session:
        for table in SQLModel.metadata.sorted_tables:
            kept += [repr(row) for row in session.connection().execute(table.select())]
    assert len(kept) > 20
    assert [one for one in kept if "skolen" in one or "Godtatt" in one] == []


def test_a_member_of_a_case_level_forum_answers_for_themselves_alone(
    sqlite_database: Database,
) -> None:
    pressed = invite(sqlite_database, KARI, LEIF)
    with sqlite_database.write() as session:
        forum = the_meeting(session).forum_id
        session.connection().execute(
            text("UPDATE forum SET level = :level WHERE id = :id"),
            {"level": ForumLevel.CASE_ELSE_NOT.value, "id": forum},
        )
    theirs = replace(pressed, attendee=LEIF, word="DECLINED")
    stranger = replace(pressed, attendee="olga@sor-fron.example")
    assert left_for_people(sqlite_database, bare_reply(stranger))
    both = take(sqlite_database, bare_reply(pressed), bare_reply(theirs))
    assert both == MailboxRound(read=2, answered=2)
    assert [answer for answer, _ in answers(sqlite_database)] == ["yes", "no"]
