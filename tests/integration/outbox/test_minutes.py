"""The reminders of minutes, from the meeting to the leader."""

from __future__ import annotations

from scheduler.domain.enums import ForumLevel, MeetingState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import Duty, Meeting
from scheduler.usecases.reminders import duty_done, duty_undone
from tests.factories.office import Office, oslo_winter, rows_of, worker_of
from tests.fakes.transport import FakeTransport


def test_the_secretary_hears_two_working_days_before_minutes_are_due(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    transport = FakeTransport()

    worker_of(database, transport, oslo_winter("2027-02-05", "07:59")).run_once()
    assert transport.sent == []
    done = worker_of(database, transport, oslo_winter("2027-02-05", "10:00")).run_once()

    assert done.sent == 1
    assert [mail.recipients for mail in transport.sent] == [("kari@sor-fron.example",)]
    assert transport.sent[0].subject == (
        "Påminnelse – Referat: Ressursgruppe, tverrfaglig, tirsdag 2. februar"
    )
    with database.read() as session:
        assert rows_of(session, duty) == [
            ("before", "sent"),
            ("due", "scheduled"),
            ("after", "scheduled"),
            ("leader", "scheduled"),
        ]


def test_nothing_goes_twice(database: Database) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport()
    for clock in ("10:00", "10:00", "14:00"):
        worker_of(database, transport, oslo_winter("2027-02-05", clock)).run_once()
    assert len(transport.sent) == 1


def test_two_working_days_late_the_mail_says_when_the_leader_hears(database: Database) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport()
    worker_of(database, transport, oslo_winter("2027-02-11")).run_once()
    (mail,) = transport.sent
    assert mail.subject == "Purring – Referat: Ressursgruppe, tverrfaglig, tirsdag 2. februar"
    assert "Om 2 dager får leder beskjed." in mail.text.splitlines()


def test_the_leader_hears_in_the_weekly_digest(database: Database) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport()
    for day in ("2027-02-11", "2027-02-16", "2027-02-19", "2027-02-22"):
        worker_of(database, transport, oslo_winter(day)).run_once()
    assert [mail.recipients[0] for mail in transport.sent] == [
        "kari@sor-fron.example",
        "leif@sor-fron.example",
    ]
    assert transport.sent[1].subject == (
        "Mangler – Referat: Ressursgruppe, tverrfaglig, tirsdag 2. februar"
    )


def test_the_leader_hears_after_five_working_days_where_the_municipality_says_so(
    database: Database,
) -> None:
    with database.write() as session:
        Office(session, {"reminders": {"leader_at_once": True}}).minutes()
    transport = FakeTransport()
    worker_of(database, transport, oslo_winter("2027-02-16")).run_once()
    assert [mail.recipients[0] for mail in transport.sent] == [
        "kari@sor-fron.example",
        "leif@sor-fron.example",
    ]


def test_minutes_that_are_filed_ask_for_nothing_more(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    with database.write() as session:
        assert duty_done(
            session, duty.id or 0, by=None, now=oslo_winter("2027-02-04"), link="https://x.example"
        )
    transport = FakeTransport()
    worker_of(database, transport, oslo_winter("2027-03-01")).run_once()
    assert transport.offered == []
    with database.read() as session:
        assert {state for _, state in rows_of(session, duty)} == {"cancelled"}


def test_filed_and_un_filed_there_is_one_live_row_for_each_step_to_come(
    database: Database,
) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    for at in ("2027-02-03", "2027-02-08"):
        with database.write() as session:
            duty_done(session, duty.id or 0, by=None, now=oslo_winter(at))
        with database.write() as session:
            duty_undone(
                session,
                duty.id or 0,
                by=None,
                now=oslo_winter(at, "12:00"),
                holidays_of=public_holidays,
            )
    with database.read() as session:
        assert rows_of(session, duty) == [
            ("before", "cancelled"),
            ("due", "scheduled"),
            ("after", "scheduled"),
            ("leader", "scheduled"),
        ]


def test_a_meeting_whose_minutes_are_done_has_been_held(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
        duty_done(session, duty.id or 0, by=None, now=oslo_winter("2027-02-03"))
    with database.read() as session:
        meeting = session.get_one(Meeting, duty.meeting_id)
        assert (meeting.state, meeting.sequence) == (MeetingState.HELD, 0)


def test_a_case_level_meeting_is_never_said_to_be_held(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        duty = office.minutes()
        office.forum.level = ForumLevel.CASE_ELSE_ANONYMOUS
        session.add(office.forum)
        session.flush()
        duty_done(session, duty.id or 0, by=None, now=oslo_winter("2027-02-03"))
    with database.read() as session:
        assert session.get_one(Meeting, duty.meeting_id).state is MeetingState.PLANNED


def test_a_paper_of_a_case_level_forum_keeps_no_link(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        duty = office.minutes()
        office.forum.level = ForumLevel.CASE_ELSE_NOT
        session.add(office.forum)
        session.flush()
        duty_done(
            session,
            duty.id or 0,
            by=None,
            now=oslo_winter("2027-02-03"),
            link="2027/123",
            through="mail",
        )
    with database.read() as session:
        assert session.get_one(Duty, duty.id).link is None
