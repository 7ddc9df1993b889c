"""The first publishing of a year shows also what was settled in it before: told, and taken back."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyState, MeetingState, SetBy, YearPlanState
from scheduler.domain.periods import read_period
from scheduler.domain.reminders import OutboxState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Meeting, Outbox
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.invitations.follow import follow_invitations
from scheduler.usecases.year.publish_year import Published, publish_year
from scheduler.usecases.year.undo_publish import (
    Undo,
    UndoRefusal,
    undo_publish,
    what_undo_does,
)
from tests.factories.office import Office, oslo_winter
from tests.factories.rows import add_forum, add_seat
from tests.integration.invitations.calendar_mail import send_all

NOW = oslo_winter("2027-01-11")
PERIOD = read_period("2027")
KARI, LEIF, ODD = "kari@sor-fron.example", "leif@sor-fron.example", "odd@sor-fron.example"


def drafted(session: Session) -> Office:
    """Return an office with one proposed meeting, one settled one and one of the council.

    Kari chose invitations, and Odd sits in the council alone, whose dates others set.
    """
    office = Office(session)
    office.year.state, office.year.published_at = YearPlanState.PROPOSED, None
    office.forum.room_email = "rom@sor-fron.example"
    council = add_forum(
        session, office.municipality, name="Kommunestyret", dates_set_by=SetBy.OTHERS
    )
    add_seat(session, council, office.position("Ordfører", ODD))
    choose_invitations(session, id_of(office.person(KARI)), now=NOW)
    office.meeting(state=MeetingState.PROPOSED)
    settled = office.meeting(date(2027, 3, 3), set_by_hand=True)
    office.meeting(date(2027, 3, 10), forum=council, set_by_hand=True)
    office.minutes(settled)
    return office


def publish(session: Session, office: Office) -> Published:
    return publish_year(
        session,
        office.municipality,
        PERIOD,
        now=NOW,
        holidays_of=public_holidays,
        actor_id=None,
    )


def undo(session: Session, office: Office) -> Undo:
    return undo_publish(session, office.municipality, PERIOD, now=NOW, actor_id=None)


def test_every_expected_meeting_is_counted_invited_to_and_told_of(database: Database) -> None:
    with database.write() as session:
        done = publish(session, drafted(session))
    follow_invitations(database, now=lambda: NOW + timedelta(minutes=1))()
    calendar, transport = send_all(database, NOW + timedelta(minutes=1))
    plain = {
        mail.recipients[0]: mail.text.split("\n\n")[2]
        for mail in transport.sent
        if mail.subject == "Møteplanen for 2027 er klar"
    }
    assert (done.meetings, done.invited, done.rooms, done.invitations) == (3, 1, 1, 4)
    assert sorted(mail.to for mail in calendar) == [KARI, KARI, *["rom@sor-fron.example"] * 2]
    assert done.mails == 3
    assert plain == {
        KARI: "Du har 2 møter i den.",
        LEIF: "Du har 2 møter i den.",
        ODD: "Du har 1 møte i den.",
    }


def test_what_has_gone_of_any_of_them_makes_it_stand(database: Database) -> None:
    with database.write() as session:
        office = drafted(session)
        publish(session, office)
        settled = session.exec(select(Meeting.id).where(Meeting.held_on == date(2027, 3, 3))).one()
        gone = session.exec(
            select(Outbox).where(Outbox.kind == "invitation", Outbox.meeting_id == settled)
        ).first()
        assert gone is not None
        gone.state = OutboxState.SENT.value
        session.add(gone)
        session.flush()
        looked = what_undo_does(session, office.municipality, PERIOD)
    assert (looked.refusal, looked.mails_gone) == (UndoRefusal.MAIL_GONE, 1)


def test_taken_back_all_of_them_are_proposed_and_published_again_as_the_first_time(
    database: Database,
) -> None:
    with database.write() as session:
        office = drafted(session)
        first = publish(session, office)
        done = undo(session, office)
        states = session.exec(select(col(Meeting.state))).all()
        duties = session.exec(
            select(col(Duty.state)).where(col(Duty.meeting_id).is_not(None))
        ).all()
        waiting = session.exec(select(Outbox.id).where(Outbox.state == "scheduled")).all()
        again = publish(session, office)
    assert (done.meetings, set(states)) == (3, {MeetingState.PROPOSED})
    assert (set(duties), waiting) == ({DutyState.CANCELLED}, [])
    assert (again.meetings, again.mails, again.invitations) == (
        first.meetings,
        first.mails,
        first.invitations,
    )
    with database.read() as session:
        minutes = session.exec(select(Outbox.state).where(col(Outbox.duty_id).is_not(None)))
        assert OutboxState.SCHEDULED in set(minutes)


def test_a_year_with_settled_meetings_alone_can_be_published(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office = drafted(session)
        session.delete(
            session.exec(select(Meeting).where(Meeting.state == MeetingState.PROPOSED)).one()
        )
        session.flush()
        assert publish(session, office).meetings == 2
        assert publish(session, office).meetings == 0
