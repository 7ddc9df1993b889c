"""A year that is published right before its first meeting: who comes to it hears in time."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import AttendanceRule, ForumLevel, MeetingState, YearPlanState
from scheduler.domain.periods import read_period
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import MailStop, Meeting, Outbox
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.meetings.cancel_meeting import cancelling
from scheduler.usecases.meetings.change import change_meetings
from scheduler.usecases.year.publish_year import Published, publish_year
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add_forum, add_seat
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING, send_all

FRIDAY = oslo_winter("2027-01-29", "15:00")
EVENING = oslo_winter("2027-01-29", "19:00")
MORNING = oslo_winter("2027-02-01", "07:00")
KARI, LEIF = "kari@sor-fron.example", "leif@sor-fron.example"
GUNN, ANNA = "gunn@sor-fron.example", "anna@sor-fron.example"


def drafted(session: Session) -> Office:
    """Return an office that meets on Monday at 8, and whose steering group meets in April.

    Kari and Leif sit in the first, where Anna is on call; Kari and Gunn in the second.
    """
    office = Office(session)
    office.year.state, office.year.published_at = YearPlanState.PROPOSED, None
    add_seat(session, office.forum, office.position("Politi", ANNA), attends=AttendanceRule.ON_CALL)
    steering = add_forum(session, office.municipality, name="Styringsgruppa")
    add_seat(session, steering, office.secretary)
    add_seat(session, steering, office.position("Helsesykepleier", GUNN))
    monday = {"starts": time(8), "ends": time(10), "state": MeetingState.PROPOSED}
    office.meeting(date(2027, 2, 1), **monday)
    office.meeting(date(2027, 4, 6), forum=steering, state=MeetingState.PROPOSED)
    return office


def publish(session: Session, office: Office, at: datetime) -> Published:
    return publish_year(
        session,
        office.municipality,
        read_period("2027"),
        now=at,
        holidays_of=public_holidays,
        actor_id=None,
    )


def sent(database: Database, at: datetime) -> list[Any]:
    _, transport = send_all(database, at)
    return sorted((mail.recipients[0], mail.subject) for mail in transport.sent)


def texts(
    database: Database, at: datetime, transport: FakeTransport | None = None
) -> list[tuple[str, str]]:
    transport = transport or FakeTransport()
    worker_of(database, transport, at, settings=INVITING).run_once()
    return sorted((mail.recipients[0], mail.text) for mail in transport.sent)


def raws(database: Database) -> list[bytes]:
    """Return the kept bytes of the mails that named a near meeting."""
    with database.read() as session:
        rows = session.exec(select(Outbox).where(Outbox.mail_class == "change")).all()
        return [row.message for row in rows if row.message is not None]


SOON = "Dette møtet er snart:"
READY = "Møteplanen for 2027 er klar"


def test_who_has_a_meeting_within_the_hours_hears_at_once_and_the_others_when_mail_is_delivered(
    database: Database,
) -> None:
    with database.write() as session:
        told = publish(session, drafted(session), EVENING)
    assert told.mails == 4
    assert sent(database, EVENING) == [(ANNA, READY), (KARI, READY), (LEIF, READY)]
    assert sent(database, MORNING) == [(GUNN, READY)]


def test_the_mail_names_the_meeting_that_comes_so_soon(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        publish(session, drafted(session), FRIDAY)
    _, transport = send_all(sqlite_database, FRIDAY)
    text = {mail.recipients[0]: mail.text.split("\n\n")[1:4] for mail in transport.sent}
    soon = [
        SOON,
        "Ressursgruppe, tverrfaglig\nmandag 1. februar 2027 kl. 08:00–10:00\n"
        "Sted: Rådhuset, møterom 2",
    ]
    assert text[LEIF] == [
        "Møteplanen for 2027 er klar.",
        "Du har 1 møte i den.",
        soon[0],
    ]
    (mail,) = [mail for mail in transport.sent if mail.recipients == (KARI,)]
    assert mail.text.split("\n\n")[1:5] == [
        "Møteplanen for 2027 er klar.",
        "Du har 2 møter i den.",
        *soon,
    ]
    assert soon[0] not in next(one.text for one in transport.sent if one.recipients == (GUNN,))


def test_a_mail_that_goes_late_says_nothing_of_a_meeting_that_is_over(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        publish(session, drafted(session), EVENING)
    late = oslo_winter("2027-02-01", "12:00")
    assert [who for who, text in texts(sqlite_database, late) if SOON in text] == []


@pytest.mark.parametrize("is_old", [False, True])
def test_a_mail_that_was_put_off_names_no_meeting_that_is_cancelled_by_then(
    sqlite_database: Database, is_old: bool
) -> None:
    with sqlite_database.write() as session:
        office = drafted(session)
        publish(session, office, EVENING)
        if is_old:
            # Rows of an earlier version name the meetings without their sequence.
            for row in session.exec(select(Outbox).where(Outbox.kind == "summary")):
                said = json.loads(row.payload or "{}")
                said |= {"near": [each for each, _ in said.get("near", ())]}
                row.payload = json.dumps(said)
    put_off = FakeTransport([SendResult(Outcome.RETRY, Phase.RCPT, 450, "later")] * 3)
    assert texts(sqlite_database, EVENING, put_off) == []
    with sqlite_database.write() as session:
        near = session.exec(select(Meeting).where(Meeting.held_on == date(2027, 2, 1))).one()
        edit = cancelling(id_of(near), sequence=near.sequence, now=EVENING)
        change_meetings(session, [edit], now=EVENING, actor_id=None, holidays_of=public_holidays)
    found = texts(sqlite_database, EVENING + timedelta(minutes=10))
    assert [(who, SOON in text) for who, text in found] == [
        (ANNA, False),
        (KARI, False),
        (LEIF, False),
    ]


def test_a_mail_that_was_put_off_goes_as_it_was_where_all_is_as_it_was(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        publish(session, drafted(session), EVENING)
    put_off = FakeTransport([SendResult(Outcome.RETRY, Phase.RCPT, 450, "later")] * 3)
    assert texts(sqlite_database, EVENING, put_off) == []
    frozen = raws(sqlite_database)
    found = texts(sqlite_database, EVENING + timedelta(minutes=10))
    assert [who for who, text in found if SOON in text] == [ANNA, KARI, LEIF]
    assert (len(frozen), raws(sqlite_database)) == (3, frozen)


def test_who_is_invited_to_what_is_near_has_it_in_the_calendar_and_reads_of_the_year_later(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = drafted(session)
        choose_invitations(session, id_of(office.person(LEIF)), now=EVENING)
        publish(session, office, EVENING)
    assert sent(sqlite_database, EVENING) == [
        (ANNA, READY),
        (KARI, READY),
        (LEIF, "Invitasjon: Ressursgruppe, tverrfaglig mandag 1. februar 2027"),
    ]
    assert sent(sqlite_database, MORNING) == [(GUNN, READY), (LEIF, READY)]


def test_whose_invitation_does_not_go_is_not_written_to_at_once_instead(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = drafted(session)
        leif = id_of(office.person(LEIF))
        choose_invitations(session, leif, now=EVENING)
        here = id_of(office.municipality)
        session.add(MailStop(municipality_id=here, person_id=leif, stopped_at=EVENING))
        publish(session, office, EVENING)
    with sqlite_database.read() as session:
        rows = session.exec(select(Outbox.mail_class).where(Outbox.person_id == leif)).all()
    assert sorted(rows) == ["invitation", "summary"]


def test_a_near_meeting_about_cases_is_told_to_its_seats_alone(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office = drafted(session)
        office.forum.level = ForumLevel.CASE_ELSE_NOT
        publish(session, office, EVENING)
    assert [who for who, _ in sent(sqlite_database, EVENING)] == [ANNA, KARI, LEIF]
