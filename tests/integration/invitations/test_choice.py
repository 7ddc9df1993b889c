"""The choice between a subscription and invitations, and the way back."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Outbox
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import (
    choice_of,
    choose_invitations,
    choose_subscription,
)
from tests.factories.office import Office
from tests.integration.invitations.calendar_mail import (
    send_all,
)
from tests.integration.invitations.changes import (
    KARI,
    NOW,
    an_office,
    cancel,
    in_feed,
    keys,
    move,
)


def test_switching_to_invitations_says_how_many_and_back_takes_them_out(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        kari = id_of(office.person(KARI))
        office.meeting()
        office.meeting(date(2027, 3, 2))
        office.meeting(date(2027, 1, 4))
    with database.write() as session:
        before = choice_of(session, kari, now=NOW)
        assert (before.wants_invitations, before.coming, before.standing) == (False, 2, 0)
        assert choose_invitations(session, kari, now=NOW).mails == 2
    assert keys(database) == [(KARI, "REQUEST", 0)] * 2
    with database.write() as session:
        assert choice_of(session, kari, now=NOW).standing == 2
        assert choose_subscription(session, kari, clear=True, now=NOW).mails == 2
    mails, _transport = send_all(database, NOW)
    assert [one.key for one in mails] == [(KARI, "CANCEL", 1)] * 2
    assert {one.text.splitlines()[2][-60:] for one in mails} == {
        "kalenderen din som invitasjon. Nå står det i abonnementet ditt."[-60:]
    }
    assert keys(database) == []


def test_what_is_left_in_the_calendar_is_followed_by_mail_and_the_rest_is_in_the_feed(
    database: Database,
) -> None:
    with database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(database)
    with database.write() as session:
        assert choose_subscription(session, kari, clear=False, now=NOW).mails == 0
        office.session = session
        new = office.meeting(date(2027, 3, 2), number=2)
        assert invite_all(session, now=NOW).mails == 0
        assert choice_of(session, kari, now=NOW).standing == 1
        assert in_feed(session, kari) == [new.id]
        assert move(session, meeting).mails.invitations == 1
    (moved,) = send_all(database, NOW)[0]
    assert moved.key == (KARI, "REQUEST", 1)
    assert "fordi du har latt møtet stå i kalenderen din som invitasjon" in moved.text
    with database.write() as session:
        assert in_feed(session, kari) == [new.id]
        cancel(session, meeting)
    assert keys(database) == [(KARI, "CANCEL", 2)]
    with database.write() as session:
        # What is taken up again comes as everything new does.
        cancel(session, meeting, again=True)
        assert in_feed(session, kari) == [meeting.id, new.id]
    assert keys(database) == []


def test_what_was_left_standing_can_be_taken_out_later_or_belong_to_invitations_again(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        choose_subscription(session, kari, clear=False, now=NOW)
        assert choice_of(session, kari, now=NOW).coming == 0
        assert choose_invitations(session, kari, now=NOW).mails == 0
        choose_subscription(session, kari, clear=False, now=NOW)
        assert choose_subscription(session, kari, clear=True, now=NOW).mails == 1
        # The message that takes it out goes, whatever is brought in line before it does.
        assert invite_all(session, now=NOW).mails == 1
        assert choice_of(session, kari, now=NOW).standing == 0
    (out,) = send_all(sqlite_database, NOW)[0]
    assert out.key == (KARI, "CANCEL", 1)
    assert "Nå står det i abonnementet ditt." in out.text
    with sqlite_database.write() as session:
        assert invite_all(session, now=NOW).mails == 0


def test_whoever_loses_the_seat_of_what_was_left_standing_is_told_the_true_reason(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        choose_subscription(session, kari, clear=False, now=NOW)
        session.exec(select(Holder).where(Holder.person_id == kari)).one().until_on = date(
            2027, 1, 31
        )
        session.flush()
        invite_all(session, now=NOW)
    (out,) = send_all(sqlite_database, NOW)[0]
    assert (out.key, "abonnementet" in out.text) == ((KARI, "CANCEL", 1), False)
    assert "for du er ikke lenger satt opp på det." in out.text


def test_a_choice_that_is_changed_back_before_anything_went_sends_nothing(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        choose_subscription(session, id_of(office.person(KARI)), clear=True, now=NOW)
        states = session.exec(select(Outbox.state).where(Outbox.kind == "invitation")).all()
    assert (keys(sqlite_database), list(states)) == ([], ["cancelled"])


def test_where_mails_may_not_say_what_they_are_about_nobody_is_invited(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session, choices={"content_free_mail": True})
        office.meeting()
        kari = id_of(office.person(KARI))
        assert choice_of(session, kari, now=NOW).is_offered is False
        assert choose_invitations(session, kari, now=NOW).mails == 0
