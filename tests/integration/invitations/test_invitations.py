"""Who gets which invitation: after every change one message that is true, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import ForumLevel, Function
from scheduler.mail import Outcome, Phase, SendResult, SmtpTransport
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Invitation, Meeting, Outbox, Person, Seat
from scheduler.usecases.invitations.answer_link import (
    AnswerLinkSpentError,
    answer_by_link,
    asked_by_link,
)
from scheduler.usecases.invitations.bring_in_line import invite_all, invite_person
from scheduler.usecases.invitations.choice import (
    choice_of,
    choose_invitations,
    choose_subscription,
)
from scheduler.usecases.invitations.follow import follow_invitations
from scheduler.usecases.meetings import (
    Answer,
    MeetingTime,
    answers_now,
    cancel_meeting,
    move_meeting,
    reinstate_meeting,
)
from scheduler.usecases.meetings.change import MeetingStep
from scheduler.usecases.pages.meetings import read_meetings
from tests.factories.office import Office, worker_of
from tests.factories.rows import add_forum, add_holder, add_seat
from tests.fakes.smtp_server import ScriptedServer, running
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import (
    INVITING,
    CalendarMail,
    calendar_mails,
    send_all,
)

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
KARI, LEIF = "kari@sor-fron.example", "leif@sor-fron.example"
ROOM = "moterom2@sor-fron.example"
LATER = MeetingTime(
    held_on=date(2027, 2, 9), starts=time(12), ends=time(14), place="Biblioteket, 2. etasje"
)


def an_office(session: Session, *who: str) -> tuple[Office, Meeting]:
    """Return an office with one meeting on 2 February, and these people on invitations."""
    office = Office(session)
    meeting = office.meeting(place="Rådhuset, møterom 2")
    for email in who or (KARI,):
        choose_invitations(session, id_of(office.person(email)), now=NOW)
    return office, meeting


def move(
    session: Session, meeting: Meeting, to: MeetingTime = LATER, *, at: datetime = NOW
) -> MeetingStep:
    """Move the meeting as it stands."""
    return move_meeting(
        session,
        id_of(meeting),
        to,
        sequence=session.get_one(Meeting, meeting.id).sequence,
        now=at,
        actor_id=None,
        holidays_of=public_holidays,
    )


def cancel(session: Session, meeting: Meeting, *, again: bool = False) -> MeetingStep:
    """Cancel the meeting as it stands, or take it up again."""
    step = reinstate_meeting if again else cancel_meeting
    return step(
        session,
        id_of(meeting),
        sequence=session.get_one(Meeting, meeting.id).sequence,
        now=NOW,
        actor_id=None,
        holidays_of=public_holidays,
    )


def keys(database: Database, at: datetime = NOW) -> list[tuple[str, str, int]]:
    """Send what is due and return to whom, what and with which number, in order of address."""
    mails, _transport = send_all(database, at)
    return sorted(mail.key for mail in mails)


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
        "Invitasjon: Ressursgruppe, tverrfaglig tirsdag 2. februar",
        "FLYTTET: Ressursgruppe, tverrfaglig til tirsdag 9. februar",
        "AVLYST: Ressursgruppe, tverrfaglig tirsdag 9. februar",
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


def test_who_lost_the_seat_gets_one_cancel_and_nothing_of_what_comes_after(
    database: Database,
) -> None:
    with database.write() as session:
        office, meeting = an_office(session, KARI, LEIF)
        kari = id_of(office.person(KARI))
    keys(database)
    tomorrow = NOW + timedelta(days=1)
    with database.write() as session:
        holding = session.exec(select(Holder).where(Holder.person_id == kari)).one()
        holding.until_on = NOW.date()
        session.add(holding)
    follow = follow_invitations(database, now=lambda: tomorrow)
    assert (follow(), follow()) == (True, False)
    with database.write() as session:
        move(session, meeting, at=tomorrow)

    mails, _transport = send_all(database, tomorrow)

    gone, moved = sorted(mails, key=lambda one: one.to)
    assert (gone.key, moved.key) == ((KARI, "CANCEL", 1), (LEIF, "REQUEST", 1))
    # What she is told is what she knew: neither the new day nor the new place.
    assert f"{gone.starts:%d.%m.}" == "02.02."
    assert "Biblioteket" not in gone.raw + gone.text
    assert (gone.status, gone.place) == (None, "")
    assert gone.subject == "Tatt ut av kalenderen: Ressursgruppe, tverrfaglig tirsdag 2. februar"
    with database.write() as session:
        cancel(session, meeting)
    assert keys(database, tomorrow) == [(LEIF, "CANCEL", 2)]


def test_a_leaver_who_was_never_invited_gets_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, meeting = an_office(session)
        # The invitation waits while she leaves.
        holding = session.exec(
            select(Holder).where(Holder.person_id == office.person(KARI).id)
        ).one()
        holding.until_on = NOW.date() - timedelta(days=1)
        session.add(holding)
    assert keys(sqlite_database) == []
    with sqlite_database.write() as session:
        cancel(session, meeting)
    assert keys(sqlite_database) == []


def test_somebody_new_at_the_seat_is_invited_on_the_first_day(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session, LEIF)
        newcomer = office.person("nils@sor-fron.example")
        newcomer.wants_invitations = True
        session.add(newcomer)
        add_holder(session, office.secretary, newcomer, from_on=date(2027, 1, 13))
    keys(sqlite_database)
    seen = []
    for day in range(4):
        at = NOW + timedelta(days=day)
        follow_invitations(sqlite_database, now=lambda at=at: at)()
        seen.append(keys(sqlite_database, at))
    assert seen == [[], [], [("nils@sor-fron.example", "REQUEST", 0)], []]


def test_a_seat_that_comes_back_has_a_higher_number_than_its_cancel(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        seat = session.exec(select(Seat).where(Seat.position_id == office.secretary.id)).one()
    sent = [keys(sqlite_database)]
    for retired_on in (NOW.date(), None):
        with sqlite_database.write() as session:
            session.get_one(Seat, seat.id).retired_on = retired_on
            session.flush()
            invite_all(session, now=NOW)
        sent.append(keys(sqlite_database))
    assert sent == [[(KARI, "REQUEST", 0)], [(KARI, "CANCEL", 1)], [(KARI, "REQUEST", 2)]]


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


def room_of(session: Session, office: Office, level: ForumLevel) -> Meeting:
    """Give a forum of this level a room, with one meeting in it."""
    forum = add_forum(
        session,
        office.municipality,
        slug="familieteam",
        name="Familieteam, Ås",
        level=level,
        room_email=ROOM,
        agenda=["Skal aldri vises"],
    )
    add_seat(session, forum, office.secretary, function=Function.COORDINATOR)
    return office.meeting(forum=forum, place="Møterom 2")


@pytest.mark.parametrize(
    ("level", "summary", "named"),
    [
        (ForumLevel.SYSTEM, "Familieteam, Ås", True),
        (ForumLevel.CASE_ELSE_NOT, "Opptatt", False),
    ],
)
def test_a_room_is_asked_moved_and_let_go_by_mails_of_its_own(
    sqlite_database: Database, level: ForumLevel, summary: str, named: bool
) -> None:
    with sqlite_database.write() as session:
        meeting = room_of(session, Office(session), level)
        invite_all(session, now=NOW)
    mails, _transport = send_all(sqlite_database, NOW)
    for change in (move, cancel):
        with sqlite_database.write() as session:
            change(session, meeting)
        mails += send_all(sqlite_database, NOW)[0]
    assert [one.key for one in mails] == [
        (ROOM, "REQUEST", 0),
        (ROOM, "REQUEST", 1),
        (ROOM, "CANCEL", 2),
    ]
    assert {one.attendees for one in mails} == {((f"mailto:{ROOM}", "ROOM"),)}
    assert mails[0].summary == summary
    said = "".join(one.raw + one.text + one.subject for one in mails)
    assert ("Familieteam" in said, "Skal aldri" in said) == (named, False)
    assert [one.subject for one in mails] == [
        "Rommet ønskes tirsdag 2. februar kl. 09:00–11:00",
        "Rommet ønskes tirsdag 9. februar kl. 12:00–14:00",
        "Rommet trengs ikke tirsdag 9. februar kl. 12:00–14:00",
    ]


def test_a_case_level_invitation_is_title_time_and_place_and_nothing_more(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        room_of(session, office, ForumLevel.CASE_ELSE_ANONYMOUS)
        choose_invitations(session, id_of(office.person(KARI)), now=NOW)
    mails, _transport = send_all(sqlite_database, NOW)
    (mine,) = [one for one in mails if one.to == KARI]
    assert (mine.summary, mine.place) == ("Familieteam, Ås", "Møterom 2")
    assert [
        name for name in ("DESCRIPTION", "URL", "CATEGORIES", "CONFERENCE") if name in mine.raw
    ] == []
    assert "Skal aldri" not in mine.raw + mine.text


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
        assert answer_by_link(session, token, Answer.ABSENT, now=NOW).answer is Answer.ABSENT
    with database.write() as session:
        answer_by_link(session, token, Answer.COMES, now=NOW)
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
        answer_by_link(session, token, Answer.COMES, now=NOW)
    with sqlite_database.write() as session:
        assert move(session, meeting).answers == 1
    at = datetime(2027, 2, 5, tzinfo=UTC)
    with sqlite_database.read() as session:
        assert asked_by_link(session, token, now=at).answer is None
        assert asked_by_link(session, token, now=at).meeting.held_on == date(2027, 2, 9)


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
        answer_by_link(session, token, Answer.COMES, now=tomorrow)


def test_somebody_who_is_no_longer_active_gets_nothing(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office, _meeting = an_office(session)
        kari = id_of(office.person(KARI))
    keys(sqlite_database)
    with sqlite_database.write() as session:
        session.get_one(Person, kari).active = False
        session.flush()
        invite_person(session, kari, now=NOW)
    assert keys(sqlite_database) == []
