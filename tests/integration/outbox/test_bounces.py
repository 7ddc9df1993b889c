"""Mails that come back: what a report changes, and everything that it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import col, select

from calendars import read_reply
from scheduler.domain.enums import DutyKind
from scheduler.domain.reminders import OutboxState
from scheduler.mail import MailboxError, Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox import (
    Complaint,
    ComplaintKind,
    MailboxRound,
    audit,
    beat,
    queue_login_mail,
    read_mailbox,
)
from scheduler.usecases.outbox.envelope import idempotency_key
from tests.factories.bounce_report import bounce_report, recipient_block
from tests.factories.office import Office, events_of, oslo_winter, rows_of, worker_of
from tests.factories.rows import add_holder
from tests.fakes.returned_mail import ReturnedMail
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")
LATER = MORNING + timedelta(minutes=5)
KARI = "kari@sor-fron.example"
OLA = "ola@sor-fron.example"
SILENT = SendResult(Outcome.UNCERTAIN, Phase.AFTER_DOT, None, "TimeoutError")


def look(database: Database, mailbox: ReturnedMail, *, now: datetime) -> MailboxRound:
    return read_mailbox(database, mailbox, read_reply=read_reply, now=now)


def send(database: Database, answers: Sequence[SendResult] = ()) -> FakeTransport:
    transport = FakeTransport(answers=list(answers))
    worker_of(database, transport, MORNING).run_once()
    return transport


def sent_row(database: Database, step: str = "before") -> Outbox:
    with database.read() as session:
        return session.exec(select(Outbox).where(Outbox.step == step)).one()


def report_of(row: Outbox, *blocks: str) -> bytes:
    assert row.message_id is not None
    return bounce_report(row.message_id, *(blocks or (recipient_block(KARI),)))


def steps_of(database: Database, row: Outbox) -> list[str]:
    with database.read() as session:
        return events_of(session, row.id)


def complaints(database: Database, at: datetime) -> list[Complaint]:
    with database.write() as session:
        beat(session, "test", version="1", now=at)
    with database.read() as session:
        return list(audit(session, now=at))


def test_a_reminder_that_comes_back_is_told_to_the_leader_at_once_and_only_once(
    database: Database,
) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    (reminder,) = send(database).sent
    # Reports go to the address that the server was told the mail comes from.
    assert reminder.sender == "arshjul@sor-fron.example"
    row = sent_row(database)
    mailbox = ReturnedMail([report_of(row), report_of(row)])
    assert look(database, mailbox, now=LATER) == MailboxRound(read=2, bounced=1)
    assert mailbox.unread == []
    row = sent_row(database)
    assert (row.state, row.bounced_at, row.last_error) == (
        "bounced",
        LATER,
        "5.1.1 550 5.1.1 No such user",
    )
    transport = FakeTransport()
    worker_of(database, transport, LATER).run_once()
    (mail,) = transport.sent
    assert mail.recipients == ("leif@sor-fron.example",)
    assert "E-posten til den som har oppgaven, kom ikke fram." in mail.text.splitlines()
    look(database, ReturnedMail([report_of(row)]), now=LATER + timedelta(hours=1))
    with database.read() as session:
        assert rows_of(session, duty)[:2] == [("before", "bounced"), ("unreachable", "sent")]
    assert steps_of(database, row)[-3:] == ["sending", "sent", "bounced"]


@pytest.mark.parametrize(
    "block",
    [
        recipient_block(KARI, status="4.4.1", action="delayed"),
        recipient_block(KARI, status="2.0.0", action="delivered"),
    ],
)
def test_a_mail_that_is_late_or_arrived_has_not_come_back(
    sqlite_database: Database, block: str
) -> None:
    with sqlite_database.write() as session:
        Office(session).minutes()
    send(sqlite_database)
    mailbox = ReturnedMail([report_of(sent_row(sqlite_database), block)])
    assert look(sqlite_database, mailbox, now=LATER) == MailboxRound(read=1, bounced=0)
    assert mailbox.unread == []
    assert sent_row(sqlite_database).state == "sent"


def test_a_forged_report_of_a_mail_nobody_sent_changes_nothing(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    send(database)
    with database.read() as session:
        before = rows_of(session, duty)
    forged = [
        bounce_report("<ukjent@sor-fron.example>", recipient_block(KARI), key="f" * 32),
        bounce_report("' OR 1=1 --", recipient_block(KARI)),
        b"From: kari@sor-fron.example\nAuto-Submitted: auto-replied\n\nJeg har ferie.\n",
    ]
    mailbox = ReturnedMail(forged)
    assert look(database, mailbox, now=LATER) == MailboxRound(read=3, bounced=0)
    assert mailbox.unread == []
    with database.read() as session:
        assert rows_of(session, duty) == before


def test_a_mail_whose_message_id_was_changed_on_the_way_is_known_by_its_key(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        Office(session).minutes()
    send(sqlite_database)
    row = sent_row(sqlite_database)
    assert row.message_id is not None
    key = idempotency_key(row.message_id)
    assert row.message is not None
    assert f"X-Idempotency-Key: {key}\r\n".encode() in row.message
    changed = bounce_report("<ny@relay.example>", recipient_block(KARI), key=key)
    elsewhere = bounce_report("<ny@relay.example>", recipient_block("x@y.example"), key=key)
    look(sqlite_database, ReturnedMail([elsewhere]), now=LATER)
    assert sent_row(sqlite_database).state == "sent"
    look(sqlite_database, ReturnedMail([changed]), now=LATER)
    assert sent_row(sqlite_database).state == "bounced"


def test_a_mail_to_several_is_told_to_the_leader_when_it_has_come_back_from_all(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        add_holder(session, office.secretary, office.person(OLA))
        duty = office.minutes()
    send(database)
    row = sent_row(database)
    assert row.recipient == f"{KARI}, {OLA}"
    kari = report_of(row, recipient_block(KARI))
    stranger = report_of(row, recipient_block("x@y.example"))
    look(database, ReturnedMail([kari, kari, stranger]), now=LATER)
    assert sent_row(database).state == "bounced"
    with database.read() as session:
        assert "unreachable" not in [step for step, _ in rows_of(session, duty)]
    look(database, ReturnedMail([report_of(row, recipient_block(OLA))]), now=LATER)
    with database.read() as session:
        assert ("unreachable", "scheduled") in rows_of(session, duty)
    assert steps_of(database, row)[-4:] == ["sent", "bounced", "bounced", "bounced"]


def test_all_that_a_digest_told_of_is_told_to_the_leader(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        office = Office(session)
        duties = [office.minutes(), office.minutes(office.meeting(date(2027, 2, 2), number=2))]
    send(sqlite_database)
    with sqlite_database.read() as session:
        carrier = session.exec(select(Outbox).where(Outbox.state == "sent")).one()
    look(sqlite_database, ReturnedMail([report_of(carrier)]), now=LATER)
    with sqlite_database.read() as session:
        told = session.exec(select(Outbox.duty_id).where(Outbox.step == "unreachable")).all()
    assert sorted(told, key=str) == [duty.id for duty in duties]


def test_a_mail_nobody_knew_the_fate_of_has_come_back_all_the_same(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        Office(session).minutes()
    send(sqlite_database, [SILENT])
    assert sent_row(sqlite_database).state == "uncertain"
    look(sqlite_database, ReturnedMail([report_of(sent_row(sqlite_database))]), now=LATER)
    assert sent_row(sqlite_database).state == "bounced"


def test_a_report_that_comes_before_the_mail_is_written_down_is_read_again(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        office.duty(
            kind=DutyKind.NOTICE, due_on=date(2027, 2, 9), meeting=office.meeting(date(2027, 2, 18))
        )
    # A formal notice whose fate nobody knows goes once more, with the same Message-ID.
    send(database, [SILENT])
    row = sent_row(database)
    assert row.state == "scheduled"
    mailbox = ReturnedMail([report_of(row)])
    assert look(database, mailbox, now=LATER) == MailboxRound(read=1, bounced=0)
    assert len(mailbox.unread) == 1
    worker_of(database, FakeTransport(), LATER + timedelta(minutes=5)).run_once()
    assert look(database, mailbox, now=LATER) == MailboxRound(read=1, bounced=1)
    assert mailbox.unread == []
    assert sent_row(database).state == "bounced"


def test_a_report_is_put_away_only_after_what_it_tells_is_committed(
    sqlite_database: Database,
) -> None:
    with sqlite_database.write() as session:
        Office(session).minutes()
    send(sqlite_database)
    seen = []

    def gone() -> None:
        seen.append(sent_row(sqlite_database).state)
        raise MailboxError("closed")

    mailbox = ReturnedMail([report_of(sent_row(sqlite_database))], on_put_away=gone)
    assert look(sqlite_database, mailbox, now=LATER) == MailboxRound(
        read=1, bounced=1, problem="closed"
    )
    assert seen == ["bounced"]
    mailbox.on_put_away = None
    assert look(sqlite_database, mailbox, now=LATER) == MailboxRound(read=1, bounced=0)
    assert mailbox.unread == []


def test_a_mail_sent_again_by_a_person_may_come_back_again(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        duty = Office(session).minutes()
    send(sqlite_database)
    row = sent_row(sqlite_database)
    for _ in range(2):
        look(sqlite_database, ReturnedMail([report_of(row)]), now=LATER)
        assert sent_row(sqlite_database).state == "bounced"
        with sqlite_database.write() as session:
            again = session.get_one(Outbox, id_of(row))
            again.state, again.next_at = OutboxState.SCHEDULED, LATER
            session.add(again)
        worker_of(sqlite_database, FakeTransport(), LATER).run_once()
        assert sent_row(sqlite_database).state == "sent"
    with sqlite_database.read() as session:
        assert [step for step, _ in rows_of(session, duty)].count("unreachable") == 1


def test_of_a_login_mail_that_comes_back_no_address_is_kept(sqlite_database: Database) -> None:
    with sqlite_database.write() as session:
        queue_login_mail(
            session,
            person_id=id_of(Office(session).person(KARI)),
            url="https://arshjul.sor-fron.example/x",
            expires_at=LATER,
            now=MORNING,
        )
    send(sqlite_database)
    with sqlite_database.read() as session:
        row = session.exec(select(Outbox).where(col(Outbox.duty_id).is_(None))).one()
    block = recipient_block(KARI, diagnostic=f"smtp; 550 5.1.1 <{KARI}> unknown")
    look(sqlite_database, ReturnedMail([report_of(row, block)]), now=LATER)
    with sqlite_database.read() as session:
        row = session.get_one(Outbox, id_of(row))
    assert (row.state, row.last_error) == ("bounced", "5.1.1")


def test_a_mailbox_that_cannot_be_read_three_times_is_complained_of_until_it_can(
    database: Database,
) -> None:
    mailbox = ReturnedMail(problem="error: [AUTHENTICATIONFAILED] no")
    found = []
    for minute in (0, 3, 6):
        at = MORNING + timedelta(minutes=minute)
        assert look(database, mailbox, now=at).problem == mailbox.problem
        found.append(complaints(database, at))
    unread = [Complaint(ComplaintKind.MAILBOX_UNREAD, 1)]
    assert found == [[], [], unread]
    # A mailbox that is no longer tried is not spoken of for ever.
    assert complaints(database, MORNING + timedelta(minutes=65)) == unread
    assert complaints(database, MORNING + timedelta(minutes=66)) == []
    mailbox.problem = None
    assert look(database, mailbox, now=MORNING) == MailboxRound(read=0, bounced=0)
    assert complaints(database, MORNING + timedelta(minutes=7)) == []
