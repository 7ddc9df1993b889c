"""A change inside 72 hours of the old or the new start: who hears, once each, as was foretold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import HolderKind
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Holder, Leave, MailStop, Meeting
from scheduler.usecases.invitations.choice import choose_invitations
from scheduler.usecases.meetings import MeetingTime, cancel_meeting, move_meeting
from scheduler.usecases.meetings.change import MeetingStep
from scheduler.usecases.pages.delivery import deliveries_of
from scheduler.usecases.visibility import Selection, viewer_of, visible_meetings
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add_holder, add_seat
from tests.fakes.transport import FakeTransport
from tests.integration.invitations.calendar_mail import INVITING, send_all

KARI, LEIF = "kari@sor-fron.example", "leif@sor-fron.example"
FORUM = "Ressursgruppe, tverrfaglig"
MONDAY = oslo_winter("2027-02-01", "08:00")


def at(day: int, starts: int, ends: int, place: str | None = None) -> MeetingTime:
    return MeetingTime(
        held_on=date(2027, 2, day), starts=time(starts), ends=time(ends), place=place
    )


def move(session: Session, meeting: Meeting, to: MeetingTime, now: datetime) -> MeetingStep:
    return move_meeting(
        session,
        id_of(meeting),
        to,
        sequence=session.get_one(Meeting, meeting.id).sequence,
        now=now,
        actor_id=None,
        holidays_of=public_holidays,
    )


def sent(database: Database, now: datetime, **parts: Any) -> list[tuple[str, str]]:
    """Send what is due; return each mail's reader and subject."""
    _, transport = send_all(database, now, **parts)
    return sorted((mail.recipients[0], mail.subject) for mail in transport.sent)


@pytest.mark.parametrize(
    ("day", "hours", "now", "to"),
    [
        pytest.param(2, (9, 11), "2027-02-01T12:00", at(9, 9, 11), id="a day"),
        pytest.param(2, (14, 16), "2027-02-02T10:00", at(9, 9, 11), id="earlier in the day"),
        pytest.param(4, (9, 11), "2027-02-01T10:00", at(16, 14, 16), id="71 hours"),
        pytest.param(16, (14, 16), "2027-02-01T10:00", at(4, 9, 11), id="to 71 hours"),
    ],
)
def test_it_counts_from_the_start_that_the_meeting_had_and_the_one_it_gets(
    sqlite_database: Database, day: int, hours: tuple[int, int], now: str, to: MeetingTime
) -> None:
    moment = datetime.fromisoformat(f"{now}:00+01:00").astimezone(UTC)
    with sqlite_database.write() as session:
        starts, ends = (time(hour) for hour in hours)
        meeting = Office(session).meeting(date(2027, 2, day), starts=starts, ends=ends)
        step = move(session, meeting, to, moment)
    told = [
        (who, f"FLYTTET: {FORUM} til tirsdag {to.held_on.day}. februar") for who in (KARI, LEIF)
    ]
    if to.held_on.day == 4:
        told = [(who, subject.replace("tirsdag", "torsdag")) for who, subject in told]
    assert step.mails.one_each == 2
    assert sent(sqlite_database, moment) == told


@pytest.mark.parametrize(
    ("day", "starts", "to"),
    [(4, 10, at(16, 9, 11)), (16, 9, at(4, 10, 12)), (16, 9, at(23, 9, 11))],
)
def test_from_72_hours_on_nobody_hears_by_mail(
    sqlite_database: Database, day: int, starts: int, to: MeetingTime
) -> None:
    # Thursday at ten is 72 hours ahead.
    now = oslo_winter("2027-02-01", "10:00")
    with sqlite_database.write() as session:
        meeting = Office(session).meeting(
            date(2027, 2, day), starts=time(starts), ends=time(starts + 2)
        )
        step = move(session, meeting, to, now)
    assert (step.mails.one_each, sent(sqlite_database, now)) == (0, [])


def test_who_has_two_seats_in_a_forum_hears_once(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        # Kari has this one alone, and the next together with Gunn.
        add_seat(session, office.forum, office.position("Ruskonsulent", KARI))
        shared = office.position("Helsesykepleier", KARI, "gunn@sor-fron.example")
        add_seat(session, office.forum, shared)
        step = move(session, meeting, at(9, 9, 11), MONDAY)
    assert step.mails.one_each == 3
    _, transport = send_all(database, MONDAY)
    readers = Counter(reader for mail in transport.sent for reader in mail.recipients)
    assert readers == Counter([KARI, LEIF, "gunn@sor-fron.example"])


def test_the_meetings_page_says_of_both_seats_when_the_one_mail_went(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        add_seat(session, office.forum, office.position("Ruskonsulent", KARI))
        move(session, meeting, at(9, 9, 11), MONDAY)
        kari = id_of(office.person(KARI))
    send_all(sqlite_database, MONDAY)
    with sqlite_database.read() as session:
        viewer = viewer_of(session, kari, today=MONDAY.date())
        (seen,) = visible_meetings(session, viewer, Selection(meeting_id=id_of(meeting)))
        assert [(one.position_title, one.sent_at) for one in deliveries_of(session, seen)] == [
            ("Barne- og familieveileder", MONDAY),
            ("Ruskonsulent", MONDAY),
            ("Tjenesteleder familie", MONDAY),
        ]


@pytest.mark.parametrize(
    ("answer", "later"),
    [
        # Refused for good, the other seat's is tried; refused for now, it waits with the first.
        (SendResult(Outcome.FAILED, Phase.RCPT, 550, "no"), [LEIF, KARI]),
        (SendResult(Outcome.RETRY, Phase.RCPT, 450, "later"), [LEIF, KARI]),
    ],
    ids=["refused", "put off"],
)
def test_a_second_seat_hears_once_whatever_became_of_the_mail_to_the_first(
    sqlite_database: Database, answer: SendResult, later: list[str]
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        add_seat(session, office.forum, office.position("Ruskonsulent", KARI))
        move(session, meeting, at(9, 9, 11), MONDAY)
    transport = FakeTransport([answer])
    for minutes in (0, 10):
        worker_of(sqlite_database, transport, MONDAY + timedelta(minutes=minutes)).run_once()
    assert [mail.recipients[0] for mail in transport.sent] == later
    assert [mail.recipients[0] for mail in transport.offered] == [KARI, *later]


def test_deputies_hear_for_who_is_away_and_nobody_whose_mail_is_stopped(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        deputy = office.person("dina@sor-fron.example")
        add_holder(session, office.secretary, deputy, kind=HolderKind.DEPUTY)
        holder = session.exec(
            select(Holder).where(Holder.person_id == office.person(KARI).id)
        ).one()
        session.add(
            Leave(holder_id=id_of(holder), starts_on=date(2027, 2, 1), ends_on=date(2027, 2, 5))
        )
        gunn = office.position("Helsesykepleier", "gunn@sor-fron.example")
        add_seat(session, office.forum, gunn)
        for email in (LEIF, "gunn@sor-fron.example"):
            if email != LEIF:
                choose_invitations(session, id_of(office.person(email)), now=MONDAY)
            session.add(
                MailStop(
                    municipality_id=id_of(office.municipality),
                    person_id=id_of(office.person(email)),
                    stopped_at=MONDAY,
                )
            )
        session.flush()
        step = move(session, meeting, at(9, 9, 11), MONDAY)
    assert (step.mails.one_each, step.mails.invitations) == (1, 0)
    assert [who for who, _subject in sent(sqlite_database, MONDAY)] == ["dina@sor-fron.example"]


def texts(database: Database, now: datetime) -> list[str]:
    """Send what is due; return the sentence of the mail to Kari that tells of the change."""
    _, transport = send_all(database, now)
    return [mail.text.split("\n\n")[1] for mail in transport.sent if mail.recipients == (KARI,)]


def test_what_changes_twice_is_told_from_what_the_reader_knew(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        meeting = Office(session).meeting()
        move(session, meeting, at(23, 9, 11), MONDAY)
        # No mail has gone: it is still tomorrow for everyone, and the new place is no news alone.
        assert move(session, meeting, at(23, 9, 11, "Biblioteket"), MONDAY).mails.one_each == 2
    assert texts(sqlite_database, MONDAY) == [
        f"Møtet i {FORUM} er flyttet fra tirsdag 2. februar 2027 til "
        "tirsdag 23. februar 2027 kl. 09:00–11:00."
    ]


def test_what_was_told_is_where_the_next_move_is_from(sqlite_database: Database) -> None:
    told = []
    with sqlite_database.write() as session:
        meeting = Office(session).meeting()
    for to in (at(3, 9, 11), at(3, 13, 15), at(3, 13, 15, "Biblioteket"), at(2, 9, 11)):
        with sqlite_database.write() as session:
            move(session, meeting, to, MONDAY)
        told += texts(sqlite_database, MONDAY)
    assert told == [
        f"Møtet i {FORUM} er flyttet fra tirsdag 2. februar 2027 til "
        "onsdag 3. februar 2027 kl. 09:00–11:00.",
        f"Møtet i {FORUM} onsdag 3. februar 2027 er flyttet fra kl. 09:00 til kl. 13:00–15:00.",
        f"Møtet i {FORUM} er endret. Nå gjelder onsdag 3. februar 2027 kl. 13:00–15:00.",
        f"Møtet i {FORUM} er flyttet fra onsdag 3. februar 2027 kl. 13:00 til "
        "tirsdag 2. februar 2027 kl. 09:00–11:00.",
    ]


def test_moved_and_moved_back_before_any_mail_went_it_was_not_moved(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        meeting = Office(session).meeting()
        move(session, meeting, at(9, 9, 11), MONDAY)
        move(session, meeting, at(2, 9, 11), MONDAY)
    assert texts(sqlite_database, MONDAY) == [
        f"Møtet i {FORUM} er endret. Nå gjelder tirsdag 2. februar 2027 kl. 09:00–11:00."
    ]


def test_a_meeting_that_was_moved_away_and_called_off_at_once_says_where_it_was(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        meeting = Office(session).meeting()
        move(session, meeting, at(23, 9, 11), MONDAY)
        step = cancel_meeting(
            session,
            id_of(meeting),
            sequence=1,
            now=MONDAY,
            actor_id=None,
            holidays_of=public_holidays,
        )
    assert step.mails.one_each == 2
    _, transport = send_all(sqlite_database, MONDAY)
    assert transport.sent[0].text.split("\n\n")[1:3] == [
        f"Møtet i {FORUM} tirsdag 23. februar 2027 kl. 09:00–11:00 er avlyst.",
        "Møtet var flyttet fra tirsdag 2. februar 2027.",
    ]


@pytest.mark.parametrize(
    ("to", "text"),
    [
        (at(2, 13, 15), f"FLYTTET: {FORUM} tirsdag 2. februar fra kl. 09:00 til kl. 13:00."),
        (at(2, 9, 11, "Kantina"), f"ENDRET: {FORUM} tirsdag 2. februar kl. 09:00. Se e-posten."),
    ],
)
def test_a_text_message_says_the_same_as_the_mail(
    sqlite_database: Database, to: MeetingTime, text: str
) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        kari = office.person(KARI)
        kari.mobile, kari.texts_asked_at = "+4799999999", MONDAY
        session.add(kari)
        move(session, meeting, to, MONDAY)
    settings = replace(INVITING, text_domain="sms.example")
    transport = FakeTransport()
    worker_of(sqlite_database, transport, MONDAY, settings=settings).run_once()
    (message,) = [mail for mail in transport.sent if "sms.example" in mail.recipients[0]]
    assert message.text.strip() == text


def test_two_workers_do_not_tell_the_same_person_in_two_seats(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        for number in range(6):
            add_seat(session, office.forum, office.position(f"Stilling {number}", KARI))
        move(session, meeting, at(9, 9, 11), MONDAY)
    transport = FakeTransport()
    together = Barrier(2)

    def work(name: str) -> None:
        settings = replace(INVITING, worker=name, batch=1)
        worker = worker_of(database, transport, MONDAY, settings=settings)
        together.wait()
        worker.run_once()

    threads = [Thread(target=work, args=(name,)) for name in ("a", "b")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail.recipients[0] for mail in transport.sent) == [KARI, LEIF]
