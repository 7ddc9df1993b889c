"""Fault 5: whatever the mail server does, each row ends where it should."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlmodel import select

from scheduler.domain.enums import DutyKind
from scheduler.mail import Outcome, Phase, Refusal, SendResult
from scheduler.store.database import Database
from scheduler.store.tables import Outbox, SmtpCircuit
from scheduler.usecases.outbox import Worker
from tests.factories.office import Office, events_of, oslo_winter, rows_of, worker_of
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")
BUSY = SendResult(Outcome.RETRY, Phase.RCPT, 450, "busy")
DOWN = SendResult(Outcome.SERVER_DOWN, Phase.CONNECT, 421, "closing")
NOBODY = SendResult(Outcome.FAILED, Phase.RCPT, 550, "no such user")
SPAM = SendResult(Outcome.FAILED, Phase.AFTER_DOT, 554, "spam")
SILENT = SendResult(Outcome.UNCERTAIN, Phase.AFTER_DOT, None, "TimeoutError")


class Clock:
    """A clock that is moved by hand."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


def notice(office: Office) -> None:
    office.duty(
        kind=DutyKind.NOTICE, due_on=date(2027, 2, 9), meeting=office.meeting(date(2027, 2, 18))
    )


def only_row(database: Database, step: str = "before") -> Outbox:
    with database.read() as session:
        return session.exec(select(Outbox).where(Outbox.step == step)).one()


def test_a_busy_server_is_tried_again_up_the_ladder_with_the_same_bytes(
    database: Database,
) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport(answers=[BUSY] * 4)
    clock = Clock(MORNING)
    waits = []
    worker = worker_of(database, transport, clock, random=Random(3))  # noqa: S311
    for _ in range(5):
        worker.run_once()
        row = only_row(database)
        waits.append((row.next_at - clock.at) / timedelta(minutes=1))
        clock.at = max(row.next_at, clock.at)
    for wait, minutes in zip(waits[:4], (1, 5, 15, 30), strict=True):
        assert 0.8 * minutes <= wait <= 1.2 * minutes
    assert (row.state, row.attempt) == ("sent", 4)
    assert len({mail.raw for mail in transport.offered}) == 1
    assert len(transport.offered) == 5


def test_a_mail_that_never_gets_through_has_failed_when_it_is_past_its_use(
    database: Database,
) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport(answers=[BUSY] * 100)
    clock = Clock(MORNING)
    worker = worker_of(database, transport, clock)
    while (row := only_row(database)).state == "scheduled":
        clock.at = max(row.next_at, clock.at)
        worker.run_once()
    assert row.state == "failed"
    assert clock.at == row.expires_at == oslo_winter("2027-02-09", "17:00")


def test_a_server_that_is_down_costs_no_row_an_attempt_and_is_left_alone(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        notice(office)
        office.minutes(position_id=office.leader.id)
    transport = FakeTransport(answers=[DOWN])
    clock = Clock(MORNING)
    worker = worker_of(database, transport, clock)
    assert worker.run_once().server_down
    assert worker.run_once().found == 0
    clock.at += timedelta(seconds=59)
    assert worker.run_once().found == 0
    assert len(transport.offered) == 1
    clock.at += timedelta(seconds=1)
    assert worker.run_once().sent == 2
    with database.read() as session:
        attempts = session.exec(select(Outbox.attempt)).all()
        assert set(attempts) == {0}
        circuit = session.exec(select(SmtpCircuit)).one()
        assert (circuit.server, circuit.opened_at, circuit.failures) == ("fake:25", None, 0)


def test_only_one_mail_is_tried_to_see_whether_a_server_is_up_again(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        for _ in range(3):
            notice(office)
    transport = FakeTransport(answers=[DOWN] * 3)
    clock = Clock(MORNING)
    worker = worker_of(database, transport, clock)
    tried = []
    for minute in range(9):
        clock.at = MORNING + timedelta(minutes=minute)
        before = len(transport.offered)
        worker.run_once()
        tried.append(len(transport.offered) - before)
    # Down at 0, 1 and 3 minutes; at 8 minutes it answers and all go.
    assert tried == [1, 1, 0, 1, 0, 0, 0, 0, 3]


def test_an_address_that_does_not_work_is_told_to_the_leader_at_once(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    transport = FakeTransport(answers=[NOBODY])
    worker_of(database, transport, MORNING).run_once()
    (mail,) = transport.sent
    assert mail.recipients == ("leif@sor-fron.example",)
    assert "E-posten til den som har oppgaven, kom ikke fram." in mail.text.splitlines()
    with database.read() as session:
        assert rows_of(session, duty)[:2] == [("before", "failed"), ("unreachable", "sent")]


def test_a_mail_that_is_refused_for_what_it_says_is_shown_and_nobody_is_blamed(
    database: Database,
) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    transport = FakeTransport(answers=[SPAM])
    worker_of(database, transport, MORNING).run_once()
    assert transport.sent == []
    with database.read() as session:
        assert rows_of(session, duty)[0] == ("before", "failed")
        assert [step for step, _ in rows_of(session, duty)] == ["before", "due", "after", "leader"]


def test_a_nag_that_may_have_arrived_is_held_for_a_person(database: Database) -> None:
    with database.write() as session:
        Office(session).minutes()
    transport = FakeTransport(answers=[SILENT])
    for minutes in (0, 10, 60):
        worker_of(database, transport, MORNING + timedelta(minutes=minutes)).run_once()
    assert only_row(database).state == "uncertain"
    assert len(transport.offered) == 1


def test_a_notice_that_may_have_arrived_goes_once_more_with_the_same_bytes(
    database: Database,
) -> None:
    with database.write() as session:
        notice(Office(session))
    transport = FakeTransport(answers=[SILENT, SILENT])
    for minutes in (0, 4, 10, 60):
        worker_of(database, transport, MORNING + timedelta(minutes=minutes)).run_once()
    assert len(transport.offered) == 2
    assert len({mail.raw for mail in transport.offered}) == 1
    row = only_row(database)
    assert row.state == "uncertain"
    with database.read() as session:
        assert events_of(session, row.id) == [
            *("scheduled", "leased", "sending", "uncertain", "scheduled"),
            *("leased", "sending", "uncertain"),
        ]


def test_those_who_were_refused_for_now_get_a_mail_of_their_own(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        shared = office.position("Ledere", "anne@sor-fron.example", "bjorn@sor-fron.example")
        office.minutes(position_id=shared.id)
    partly = SendResult(
        Outcome.SENT, Phase.DONE, 250, "ok", (Refusal("bjorn@sor-fron.example", 450, "busy"),)
    )
    transport = FakeTransport(answers=[partly])
    for minutes in (0, 2):
        worker_of(database, transport, MORNING + timedelta(minutes=minutes)).run_once()
    assert [mail.recipients for mail in transport.sent] == [
        ("anne@sor-fron.example", "bjorn@sor-fron.example"),
        ("bjorn@sor-fron.example",),
    ]


def test_a_worker_that_is_told_to_stop_finishes_its_message_and_gives_the_rest_back(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        for _ in range(5):
            notice(office)
    transport = FakeTransport()
    worker: Worker = worker_of(database, transport, MORNING)
    transport.on_send = worker.stop
    assert worker.run_once().sent == 1
    with database.read() as session:
        states = session.exec(select(Outbox.state).where(Outbox.step == "before")).all()
        assert sorted(states) == ["scheduled"] * 4 + ["sent"]


@pytest.mark.parametrize("minutes", [14, 16])
def test_a_notice_that_goes_late_says_so(database: Database, minutes: int) -> None:
    with database.write() as session:
        notice(Office(session))
    transport = FakeTransport()
    worker_of(database, transport, MORNING + timedelta(minutes=minutes)).run_once()
    late = "Denne e-posten er forsinket. Den skulle vært sendt fredag 5. februar 2027."
    assert (late in transport.sent[0].text.splitlines()) is (minutes > 15)
