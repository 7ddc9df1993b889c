"""The links in invitations: good until the meeting, for those who still sit in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Event
from time import sleep

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from scheduler.store.database import Database
from scheduler.store.tables import Attendance, Holder, Meeting
from scheduler.usecases.invitations.answer_link import (
    AnswerLinkSpentError,
    answer_by_link,
    asked_by_link,
)
from scheduler.usecases.meetings import (
    Answer,
    MeetingChangedError,
    MeetingTime,
    answers_now,
)
from scheduler.usecases.pages.meetings import read_meetings
from tests.integration.invitations.calendar_mail import (
    CalendarMail,
    send_all,
)
from tests.integration.invitations.changes import (
    KARI,
    LATER,
    NOW,
    an_office,
    move,
)


def token_of(mails: list[CalendarMail]) -> str:
    """Return the token of the only answer link."""
    (mail,) = mails
    return mail.answer_path.removeprefix("/svar/")


def test_the_link_answers_until_the_meeting_and_counts_for_the_chair(database: Database) -> None:
    with database.write() as session:
        _office, meeting = an_office(session)
    token = token_of(send_all(database, NOW)[0])
    with database.write() as session:
        assert asked_by_link(session, token, now=NOW).answer is None
        assert (
            answer_by_link(session, token, Answer.ABSENT, sequence=0, now=NOW).answer
            is Answer.ABSENT
        )
    with database.write() as session:
        answer_by_link(session, token, Answer.COMES, sequence=0, now=NOW)
    with database.read() as session:
        seen = read_meetings(session, col(Meeting.id) == meeting.id, by_seat=col(Meeting.id) > 0)
        counted = answers_now(session, seen[0], today=NOW.date())
    assert (counted.comes, counted.absent, counted.silent) == (1, 0, 1)
    with database.read() as session, pytest.raises(AnswerLinkSpentError):
        asked_by_link(session, token, now=datetime(2027, 2, 2, 10, 0, tzinfo=UTC))
    with database.read() as session, pytest.raises(AnswerLinkSpentError):
        asked_by_link(session, token + "x", now=NOW)


def test_a_moved_meeting_asks_again_and_the_old_link_answers_for_the_new_day(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    token = token_of(send_all(sqlite_database, NOW)[0])
    with sqlite_database.write() as session:
        answer_by_link(session, token, Answer.COMES, sequence=0, now=NOW)
    with sqlite_database.write() as session:
        assert move(session, meeting).answers == 1
    at = datetime(2027, 2, 5, tzinfo=UTC)
    with sqlite_database.read() as session:
        assert asked_by_link(session, token, now=at).answer is None
        assert asked_by_link(session, token, now=at).meeting.held_on == date(2027, 2, 9)
    # A page that still shows the old day answers nothing.
    for seen in (0, None):
        with sqlite_database.write() as session, pytest.raises(MeetingChangedError):
            answer_by_link(session, token, Answer.COMES, sequence=seen, now=at)
    with sqlite_database.write() as session:
        assert session.exec(select(Attendance)).all() == []
        kept = answer_by_link(session, token, Answer.COMES, sequence=1, now=at)
        assert kept.answer is Answer.COMES


def test_a_leavers_link_opens_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        kari = office.person(KARI)
    token = token_of(send_all(sqlite_database, NOW)[0])
    tomorrow = NOW + timedelta(days=1)
    with sqlite_database.write() as session:
        holding = session.exec(select(Holder).where(Holder.person_id == kari.id)).one()
        holding.until_on = NOW.date()
        session.add(holding)
    with sqlite_database.read() as session:
        assert asked_by_link(session, token, now=NOW).person_id == kari.id
    with sqlite_database.write() as session, pytest.raises(AnswerLinkSpentError):
        answer_by_link(session, token, Answer.COMES, sequence=0, now=tomorrow)


def test_two_answers_at_once_are_one_answer_the_last(database: Database) -> None:
    with database.write() as session:
        _office, _meeting = an_office(session)
    token = token_of(send_all(database, NOW)[0])
    first_answers, second_asks = Event(), Event()

    def answer_first() -> None:
        with database.write() as session:
            answer_by_link(session, token, Answer.COMES, sequence=0, now=NOW)
            first_answers.set()
            second_asks.wait(10)
            # The second is on its way by now, and has to wait for this transaction.
            sleep(0.2)

    def answer_second() -> None:
        first_answers.wait(10)
        second_asks.set()
        with database.write() as session:
            answer_by_link(session, token, Answer.ABSENT, sequence=0, now=NOW)

    with ThreadPoolExecutor(2) as threads:
        for done in [threads.submit(answer_first), threads.submit(answer_second)]:
            done.result()
    with database.read() as session:
        assert session.exec(select(Attendance.answer)).all() == ["no"]


@pytest.mark.parametrize(
    ("answer", "word"), [(Answer.COMES, "ACCEPTED"), (Answer.ABSENT, "DECLINED")]
)
def test_at_another_place_the_calendar_keeps_the_answer_and_at_another_time_it_asks(
    sqlite_database: Database, answer: Answer, word: str
) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    first = send_all(sqlite_database, NOW)[0]
    with sqlite_database.write() as session:
        answer_by_link(session, token_of(first), answer, sequence=0, now=NOW)
    here = MeetingTime(
        held_on=meeting.held_on, starts=meeting.starts, ends=meeting.ends, place="Biblioteket"
    )
    said = [word_to(KARI, first)]
    for to in (here, LATER):
        with sqlite_database.write() as session:
            move(session, meeting, to)
        said.append(word_to(KARI, send_all(sqlite_database, NOW)[0]))
    assert said == ["NEEDS-ACTION", word, "NEEDS-ACTION"]


def word_to(email: str, mails: list[CalendarMail]) -> str:
    (mail,) = mails
    (event,) = Calendar.from_ical(mail.raw).walk("VEVENT")
    attendee = event["ATTENDEE"]
    assert str(attendee) == f"mailto:{email}"
    return str(attendee.params["PARTSTAT"])
