"""Whose mail an administrator stopped is counted in nothing that says what goes."""

from __future__ import annotations

from sqlmodel import Session

from scheduler.domain.enums import MeetingState
from scheduler.domain.periods import read_period
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import MailStop, Municipality
from scheduler.usecases.invitations.choice import (
    choice_of,
    choose_invitations,
    choose_subscription,
)
from scheduler.usecases.meetings import ChangeMails
from scheduler.usecases.year.publish_year import publish_year
from tests.factories.office import Office
from tests.integration.invitations.changes import KARI, NOW, an_office, in_feed, keys, move


def stop(session: Session, office: Office, person_id: int) -> None:
    """Let no mail of the municipality go to the person."""
    here = id_of(office.municipality)
    session.add(MailStop(municipality_id=here, person_id=person_id, stopped_at=NOW))
    session.flush()


def test_the_choice_says_that_no_mail_goes_and_leaves_the_meetings_in_the_feed(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        kari = id_of(office.person(KARI))
        stop(session, office, kari)
        before = choice_of(session, kari, now=NOW)
        assert (before.coming, before.is_offered, before.is_stopped) == (0, True, True)
        assert choose_invitations(session, kari, now=NOW).mails == 0
    assert keys(database) == []
    with database.read() as session:
        assert in_feed(session, kari) == [id_of(meeting)]


def test_a_choice_is_not_called_stopped_where_mail_goes_or_nothing_is_ahead(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        kari = id_of(office.person(KARI))
        assert not choice_of(session, kari, now=NOW).is_stopped
        office.meeting()
        assert not choice_of(session, kari, now=NOW).is_stopped


def test_neither_a_move_nor_the_way_back_counts_mails_that_do_not_go(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))
    assert keys(sqlite_database) == [(KARI, "REQUEST", 0)]
    with sqlite_database.write() as session:
        stop(session, office, kari)
        assert move(session, meeting).mails == ChangeMails()
        assert choose_subscription(session, kari, clear=True, now=NOW).mails == 0
    assert keys(sqlite_database) == []


def test_a_publishing_counts_no_invitation_that_does_not_go(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        office.meeting(state=MeetingState.PROPOSED)
        kari = id_of(office.person(KARI))
        choose_invitations(session, kari, now=NOW)
        stop(session, office, kari)
        done = publish_year(
            session,
            session.get_one(Municipality, office.municipality.id),
            read_period("2027"),
            now=NOW,
            holidays_of=public_holidays,
            actor_id=None,
        )
    assert (done.mails, done.invited, done.invitations) == (1, 0, 0)
    assert keys(sqlite_database) == []
