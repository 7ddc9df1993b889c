"""Who gets which invitation: after every change one message that is true, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from scheduler.domain.enums import MeetingState
from scheduler.domain.periods import read_period
from scheduler.mail import Outcome, Phase, SendResult, SmtpTransport
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Invitation, Meeting, Municipality
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.invitations.choice import (
    choose_invitations,
)
from scheduler.usecases.meetings.add_meeting import Series, add_meeting
from scheduler.usecases.year.publish_year import publish_year
from tests.factories.office import Office, worker_of
from tests.fakes.smtp_server import ScriptedServer, running
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import (
    INVITING,
    calendar_mails,
    send_all,
)
from tests.integration.invitations.changes import (
    KARI,
    LATER,
    LEIF,
    NOW,
    an_office,
    cancel,
    keys,
    move,
)


def test_a_request_an_update_and_a_cancel_arrive_as_the_same_meeting(database: Database) -> None:
    taken: list[bytes] = []
    with database.write() as session:
        _office, meeting = an_office(session)
        uid = meeting.uid
    with running(ScriptedServer()) as server:
        transport = SmtpTransport(f"smtp://127.0.0.1:{server.port}")
        for change in (None, move, cancel):
            if change is not None:
                with database.write() as session:
                    change(session, meeting)
            worker_of(database, transport, NOW, settings=INVITING).run_once()
        taken = list(server.taken)

    mails = calendar_mails(taken)
    assert len(taken) == 3
    assert [(one.method, one.uid, one.sequence, one.status) for one in mails] == [
        ("REQUEST", uid, 0, "CONFIRMED"),
        ("REQUEST", uid, 1, "CONFIRMED"),
        ("CANCEL", uid, 2, "CANCELLED"),
    ]
    assert [f"{one.starts:%d.%m. %H:%M %Z}" for one in mails] == [
        "02.02. 09:00 CET",
        "09.02. 12:00 CET",
        "09.02. 12:00 CET",
    ]
    assert {one.types for one in mails} == {("text/plain", "text/html", "text/calendar")}
    assert {one.to for one in mails} == {KARI}
    assert {(one.sender, one.organiser) for one in mails} == {
        ("Årshjulet <arshjul@sor-fron.example>", "mailto:arshjul@sor-fron.example")
    }
    assert {one.attendees for one in mails} == {((f"mailto:{KARI}", "INDIVIDUAL"),)}
    assert [one.subject for one in mails] == [
        "Invitasjon: Ressursgruppe, tverrfaglig tirsdag 2. februar 2027",
        "FLYTTET: Ressursgruppe, tverrfaglig til tirsdag 9. februar 2027",
        "AVLYST: Ressursgruppe, tverrfaglig tirsdag 9. februar 2027",
    ]


def test_only_those_who_chose_them_get_invitations(database: Database) -> None:
    with database.write() as session:
        an_office(session, LEIF)
    assert keys(database) == [(LEIF, "REQUEST", 0)]
    assert keys(database) == []


def test_a_move_and_a_cancel_before_anything_went_is_one_message_or_none(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
        move(session, meeting)
        cancel(session, meeting)
    assert keys(sqlite_database) == []
    with sqlite_database.write() as session:
        cancel(session, meeting, again=True)
    assert keys(sqlite_database) == [(KARI, "REQUEST", 3)]
    with sqlite_database.write() as session:
        move(session, meeting)
        move(session, meeting, replace(LATER, held_on=date(2027, 2, 16)))
        cancel(session, meeting)
    assert keys(sqlite_database) == [(KARI, "CANCEL", 6)]


def test_a_meeting_that_is_cancelled_and_back_before_the_mail_says_so_once(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    assert keys(sqlite_database) == [(KARI, "REQUEST", 0)]
    with sqlite_database.write() as session:
        cancel(session, meeting)
        cancel(session, meeting, again=True)
    assert keys(sqlite_database) == [(KARI, "REQUEST", 2)]


def test_a_reinstated_meeting_is_invited_to_anew(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    keys(sqlite_database)
    with sqlite_database.write() as session:
        cancel(session, meeting)
    assert keys(sqlite_database) == [(KARI, "CANCEL", 1)]
    with sqlite_database.write() as session:
        cancel(session, meeting, again=True)
    assert keys(sqlite_database) == [(KARI, "REQUEST", 2)]


def test_an_address_that_does_not_work_is_tried_once_for_each_version(
    sqlite_database: Database,
) -> None:
    refused = SendResult(Outcome.FAILED, Phase.RCPT, 550, "no such user")
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    transport = FakeTransport([refused, refused])
    for change in (None, None, move, None, cancel):
        with sqlite_database.write() as session:
            if change is not None:
                change(session, meeting)
            invite_all(session, now=NOW)
        worker_of(sqlite_database, transport, NOW, settings=INVITING).run_once()
    # Never a cancellation of what never arrived.
    assert [mail.subject.split(":")[0] for mail in transport.offered] == ["Invitasjon"] * 2


def test_a_mail_that_waits_is_thrown_away_when_the_meeting_changes(
    sqlite_database: Database,
) -> None:
    busy = SendResult(Outcome.RETRY, Phase.DATA, 451, "later")
    with sqlite_database.write() as session:
        _office, meeting = an_office(session)
    transport = FakeTransport([busy])
    worker_of(sqlite_database, transport, NOW, settings=INVITING).run_once()
    with sqlite_database.write() as session:
        move(session, meeting)
    mails, _transport = send_all(sqlite_database, NOW + timedelta(hours=3))
    assert [(one.key, one.subject.split(":")[0]) for one in mails] == [
        ((KARI, "REQUEST", 1), "Invitasjon")
    ]
    with sqlite_database.read() as session:
        assert len(session.exec(select(Invitation)).all()) == 1


def test_inside_72_hours_each_hears_once_by_mail_or_by_invitation(database: Database) -> None:
    night = datetime(2027, 1, 31, 22, 30, tzinfo=UTC)
    with database.write() as session:
        _office, meeting = an_office(session)
    send_all(database, NOW)
    with database.write() as session:
        step = move(session, meeting, at=night)
    _mails, transport = send_all(database, night)
    assert (step.mails.one_each, step.mails.invitations) == (1, 1)
    assert sorted(
        (mail.recipients, len(list(mail.message.iter_parts()))) for mail in transport.sent
    ) == [
        ((KARI,), 3),
        ((LEIF,), 2),
    ]


def test_a_meeting_added_near_is_called_new_and_one_back_from_cancelled_not_changed(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        at = replace(LATER, held_on=date(2027, 1, 13))
        series = Series(
            municipality_id=id_of(office.municipality), forum_id=id_of(office.forum), unit_id=None
        )
        choose_invitations(session, id_of(office.person(KARI)), now=NOW)
        added = add_meeting(
            session, series, at, now=NOW, actor_id=None, holidays_of=public_holidays
        )
        assert (added.at_once, added.mails.one_each, added.mails.invitations) == (True, 1, 1)
    subjects = [sorted(each.subject for each in send_all(sqlite_database, NOW)[1].sent)]
    for again in (False, True):
        with sqlite_database.write() as session:
            cancel(session, session.get_one(Meeting, added.meeting_id), again=again)
        subjects.append(sorted(each.subject for each in send_all(sqlite_database, NOW)[1].sent))
    assert [[one.split(":")[0] for one in each] for each in subjects] == [
        ["Invitasjon", "NYTT MØTE"],
        ["AVLYST", "AVLYST"],
        ["IKKE AVLYST", "Invitasjon"],
    ]


def test_a_published_year_invites_beside_its_one_summary_mail(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        for day in (2, 9):
            office.meeting(date(2027, 2, day), state=MeetingState.PROPOSED)
        office.year.published_at = None
        choose_invitations(session, id_of(office.person(KARI)), now=NOW)
    assert keys(sqlite_database) == []
    with sqlite_database.write() as session:
        done = publish_year(
            session,
            session.get_one(Municipality, office.municipality.id),
            read_period("2027"),
            now=NOW,
            holidays_of=public_holidays,
            actor_id=None,
        )
    assert (done.mails, done.invited, done.invitations) == (2, 1, 2)
    _mails, transport = send_all(sqlite_database, NOW)
    assert sorted((mail.recipients[0], mail.subject.split(":")[0]) for mail in transport.sent) == [
        (KARI, "Invitasjon"),
        (KARI, "Invitasjon"),
        (KARI, "Møteplanen for 2027 er klar"),
        (LEIF, "Møteplanen for 2027 er klar"),
    ]
