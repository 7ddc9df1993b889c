"""A feed leaves out just those meetings that stand in its reader's calendar by invitation."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import col, select, update

from scheduler.domain.enums import MeetingState
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import FeedStamp, Invitation, Meeting, Outbox, Person
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.invitations.standing import comes_by_invitation
from scheduler.usecases.outbox import wipe_old
from tests.factories.office import Office, worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING
from tests.integration.invitations.changes import KARI, NOW, an_office, cancel, in_feed, keys, move

REFUSED = SendResult(Outcome.FAILED, Phase.RCPT, 550, "no such user")


def refuse(database: Database) -> None:
    """Let the mail server say no to what is due."""
    worker_of(database, FakeTransport([REFUSED]), NOW, settings=INVITING).run_once()


def test_what_was_held_or_called_off_before_the_choice_stays(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        kari = id_of(office.person(KARI))
        held = office.meeting(date(2027, 1, 5), state=MeetingState.HELD)
        off = office.meeting(date(2027, 1, 26), number=2)
        ahead = office.meeting(number=3)
        cancel(session, off)
        choose_invitations(session, kari, now=NOW)
        assert in_feed(session, kari) == [held.id, off.id]
    keys(database)
    after = NOW + timedelta(days=30)
    with database.write() as session:
        # What came by invitation stands where it came, also when it is over.
        assert in_feed(session, kari, after) == [held.id, off.id]
        assert comes_by_invitation(session, kari) == {ahead.id}


def test_a_meeting_is_back_from_the_moment_its_invitation_did_not_arrive(
    database: Database,
) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
        assert in_feed(session, kari) == []
    with database.read() as session:
        stamp = session.get_one(FeedStamp, f"p:{kari}").stamp
    refuse(database)
    with database.write() as session:
        assert in_feed(session, kari) == [meeting.id]
        # Kept bytes know of it.
        assert session.get_one(FeedStamp, f"p:{kari}").stamp > stamp
        move(session, meeting)
        assert in_feed(session, kari) == []
    assert keys(database) == [(KARI, "REQUEST", 1)]
    with database.read() as session:
        assert in_feed(session, kari) == []


def test_an_update_that_did_not_arrive_shows_the_new_time_in_the_feed(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    for change in (move, cancel):
        with sqlite_database.write() as session:
            change(session, meeting)
            assert in_feed(session, kari) == []
        refuse(sqlite_database)
        with sqlite_database.read() as session:
            assert in_feed(session, kari) == [meeting.id]


def test_a_cancelled_meeting_that_was_told_of_by_mail_is_not_in_the_feed_too(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        cancel(session, meeting)
    assert keys(sqlite_database) == [(KARI, "CANCEL", 1)]
    with sqlite_database.read() as session:
        assert in_feed(session, kari) == []


def test_what_an_older_version_let_go_of_is_in_the_feed(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        session.get_one(Person, kari).wants_invitations = False
        session.exec(update(Invitation).values(let_go_at=NOW))
        session.flush()
        assert in_feed(session, kari) == [meeting.id]
        move(session, session.get_one(Meeting, meeting.id))
    assert keys(sqlite_database) == []


def test_kept_bytes_learn_of_an_invitation_when_it_goes_and_not_while_it_waits(
    database: Database,
) -> None:
    with database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))

    def stamp() -> int:
        with database.read() as session:
            return session.get_one(FeedStamp, f"p:{kari}").stamp

    with database.write() as session:
        office.session = session
        office.meeting(date(2027, 3, 2), number=2)
    before = stamp()
    with database.write() as session:
        assert invite_all(session, now=NOW).mails == 2
    waiting = stamp()
    assert keys(database) == [(KARI, "REQUEST", 0)] * 2
    gone = stamp()
    with database.write() as session:
        wiped = wipe_old(session, INVITING, now=NOW + timedelta(days=400))
    assert (waiting, gone > waiting) == (before, True)
    assert (wiped, stamp()) == (2, gone)


def test_other_mail_wakes_no_feed(database: Database) -> None:
    with database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))
        office.minutes(office.meeting(date(2027, 3, 2), number=2))
    with database.write() as session:
        stamp = session.get_one(FeedStamp, f"p:{kari}").stamp
        duties = session.exec(select(Outbox).where(col(Outbox.duty_id).is_not(None))).all()
        for each in duties:
            each.person_id = kari
        session.flush()
    with database.read() as session:
        assert len(duties) > 0
        assert session.get_one(FeedStamp, f"p:{kari}").stamp == stamp
