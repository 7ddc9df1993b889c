"""An invitation that may have arrived and waits to go once more: followed as one that did."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from calendars import read_reply
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Seat
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import choose_subscription
from scheduler.usecases.meetings import ChangeMails
from scheduler.usecases.outbox import read_mailbox
from tests.factories.calendar_reply import Pressed, attached_reply
from tests.factories.office import Office, worker_of
from tests.fakes.returned_mail import ReturnedMail
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING, calendar_mails
from tests.integration.invitations.changes import (
    KARI,
    NOW,
    an_office,
    cancel,
    in_feed,
    keys,
    move,
)
from tests.integration.invitations.test_content_free import say_nothing

SOON, LATER = NOW + timedelta(minutes=1), NOW + timedelta(minutes=20)
IN_DOUBT = SendResult(Outcome.UNCERTAIN, Phase.AFTER_DOT, None, "timeout")
ONE_MAIL = ChangeMails(invitations=1)
FIRST = (KARI, "REQUEST", 0)


def in_doubt(database: Database, at: datetime = NOW) -> list[tuple[str, str, int]]:
    """Hand over what is due to a server that takes it and says nothing."""
    transport = FakeTransport(answers=[IN_DOUBT])
    worker_of(database, transport, at, settings=INVITING).run_once()
    return [mail.key for mail in calendar_mails([mail.raw for mail in transport.sent])]


def seat(session: Session, office: Office, *, retired: bool) -> None:
    """Take Kari's seat away, or give it back."""
    its = session.exec(select(Seat).where(Seat.position_id == office.secretary.id)).one()
    its.retired_on = NOW.date() if retired else None
    session.flush()
    invite_all(session, now=SOON)


def test_it_goes_once_more_as_it_was_where_nothing_is_changed(database: Database) -> None:
    with database.write() as session:
        an_office(session)
    assert in_doubt(database) == [FIRST]
    with database.write() as session:
        invite_all(session, now=SOON)
    assert [keys(database, SOON), keys(database, LATER)] == [[], [FIRST]]


def test_a_cancelled_meeting_is_taken_out_though_nobody_knows_that_it_is_there(
    database: Database,
) -> None:
    with database.write() as session:
        _office, meeting = an_office(session)
    in_doubt(database)
    with database.write() as session:
        assert cancel(session, meeting, at=SOON).mails == ONE_MAIL
    assert [keys(database, SOON), keys(database, LATER)] == [[(KARI, "CANCEL", 1)], []]


def test_a_moved_meeting_is_told_of_by_a_message_of_its_own(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    in_doubt(sqlite_database)
    with sqlite_database.write() as session:
        assert move(session, meeting, at=SOON).mails == ONE_MAIL
    assert [keys(sqlite_database, at) for at in (SOON, LATER)] == [[(KARI, "REQUEST", 1)], []]


def test_whoever_turns_to_the_subscription_sees_the_meeting_once(database: Database) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    in_doubt(database)
    with database.write() as session:
        assert choose_subscription(session, kari, clear=True, now=SOON).mails == 1
        assert in_feed(session, kari) == [id_of(meeting)]
    # A higher number than the message has that may have arrived: else programs pass it by.
    assert [keys(database, SOON), keys(database, LATER)] == [[(KARI, "CANCEL", 1)], []]


def test_what_is_kept_when_turning_to_the_subscription_still_goes_once_more(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))
    in_doubt(sqlite_database)
    with sqlite_database.write() as session:
        choose_subscription(session, kari, clear=False, now=SOON)
        assert in_feed(session, kari) == []
    assert keys(sqlite_database, LATER) == [FIRST]


def test_a_seat_lost_and_given_back_before_anything_is_certain_ends_in_an_invitation(
    database: Database,
) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    assert keys(database) == [FIRST]
    with database.write() as session:
        seat(session, office, retired=True)
    assert in_doubt(database, SOON) == [(KARI, "CANCEL", 1)]
    with database.write() as session:
        seat(session, office, retired=False)
        assert in_feed(session, kari) == []
    assert [keys(database, SOON), keys(database, LATER)] == [[(KARI, "REQUEST", 2)], []]
    with database.write() as session:
        assert cancel(session, meeting, at=LATER).mails == ONE_MAIL


def test_a_seat_given_back_and_lost_anew_takes_out_what_may_still_be_there(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
    keys(sqlite_database)
    with sqlite_database.write() as session:
        seat(session, office, retired=True)
    assert in_doubt(sqlite_database, SOON) == [(KARI, "CANCEL", 1)]
    for retired in (False, True):
        with sqlite_database.write() as session:
            seat(session, office, retired=retired)
    assert [keys(sqlite_database, at) for at in (SOON, LATER)] == [[(KARI, "CANCEL", 2)], []]


def test_one_that_is_refused_the_second_time_is_taken_out_too(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    in_doubt(sqlite_database)
    refused = SendResult(Outcome.FAILED, Phase.DATA, 552, "mailbox full")
    transport = FakeTransport(answers=[refused])
    worker_of(sqlite_database, transport, LATER, settings=INVITING).run_once()
    assert len(transport.offered) == 1
    with sqlite_database.write() as session:
        assert cancel(session, meeting, at=LATER).mails == ONE_MAIL
    assert keys(sqlite_database, LATER) == [(KARI, "CANCEL", 1)]


def test_a_recall_that_is_made_anew_has_a_higher_number_than_the_one_in_doubt(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
    keys(sqlite_database)
    with sqlite_database.write() as session:
        seat(session, office, retired=True)
    assert in_doubt(sqlite_database, SOON) == [(KARI, "CANCEL", 1)]
    with sqlite_database.write() as session:
        say_nothing(session, office)
    assert keys(sqlite_database, LATER) == [(KARI, "CANCEL", 2)]


@pytest.mark.parametrize("word", ["ACCEPTED", "DECLINED"])
def test_an_answer_to_it_counts_while_it_waits(sqlite_database: Database, word: str) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    in_doubt(sqlite_database)
    pressed = replace(Pressed(uid=meeting.uid, attendee=KARI, at=SOON), word=word)
    mailbox = ReturnedMail(answers=[attached_reply(pressed)])
    done = read_mailbox(sqlite_database, mailbox, read_reply=read_reply, now=LATER)
    assert (done.read, done.answered) == (1, 1)
