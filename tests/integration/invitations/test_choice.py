"""The choice between a subscription and invitations, and the way back."""

from __future__ import annotations

from datetime import date

from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Outbox
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
    keys,
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


def test_whoever_deletes_them_on_their_own_hears_no_more_and_can_come_back(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        assert choose_subscription(session, kari, clear=False, now=NOW).mails == 0
        cancel(session, meeting)
        cancel(session, meeting, again=True)
    assert keys(sqlite_database) == []
    with sqlite_database.write() as session:
        assert choose_invitations(session, kari, now=NOW).mails == 1
    assert keys(sqlite_database) == [(KARI, "REQUEST", 2)]


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
