"""Fault 3: whatever was missed is sent, merged or skipped; fault 4: clocks that leap."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyKind
from scheduler.domain.reminders import OutboxState
from scheduler.store.database import Database
from scheduler.store.tables import Outbox, OutboxEvent
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.rows import add_forum
from tests.fakes.transport import FakeTransport

DOWN_AT = oslo_winter("2027-02-01", "09:00")
DONE_WITH = {"sent", "merged", "skipped"}


def busy_office(session: Session) -> None:
    """Make forums whose papers fall due on the days of February, all with the same secretary."""
    office = Office(session, {"reminders": {"leader_at_once": True}})
    for number in range(8):
        forum = add_forum(session, office.municipality, name=f"Team {number}")
        held_on = date(2027, 1, 26) + timedelta(days=number)
        office.minutes(office.meeting(held_on, forum=forum))
        meeting = office.meeting(held_on + timedelta(days=21), forum=forum)
        office.duty(kind=DutyKind.NOTICE, due_on=held_on + timedelta(days=10), meeting=meeting)


@pytest.mark.parametrize(
    "down", [timedelta(hours=1), timedelta(days=3), timedelta(days=30)], ids=str
)
def test_every_mail_that_was_missed_is_sent_merged_or_skipped_with_its_event(
    database: Database, down: timedelta
) -> None:
    with database.write() as session:
        busy_office(session)
    up_at = DOWN_AT + down
    transport = FakeTransport()
    worker_of(database, transport, up_at).run_once()
    nags = Counter(
        mail.recipients[0] for mail in transport.sent if mail.message["List-Unsubscribe"]
    )
    assert set(nags.values()) <= {1}
    clock = up_at
    while clock < up_at + timedelta(days=3):
        clock += timedelta(hours=2)
        worker_of(database, transport, clock).run_once()
    with database.read() as session:
        missed = session.exec(select(Outbox).where(Outbox.due_at <= up_at)).all()
        assert missed
        assert {row.state for row in missed} <= DONE_WITH
        for row in missed:
            assert row.state in last_events(session, row.id)


def test_after_a_month_only_the_last_step_of_each_paper_is_told(database: Database) -> None:
    with database.write() as session:
        office = Office(session, {"reminders": {"leader_at_once": True}})
        office.minutes()
    transport = FakeTransport()
    worker_of(database, transport, oslo_winter("2027-03-09", "08:00")).run_once()
    assert [mail.subject.split(" – ")[0] for mail in transport.sent] == ["Purring", "Mangler"]
    with database.read() as session:
        rows = session.exec(select(Outbox).order_by(col(Outbox.due_at)))
        assert [(row.step, row.state) for row in rows] == [
            ("before", "skipped"),
            ("due", "skipped"),
            ("after", "sent"),
            ("leader", "sent"),
        ]


@pytest.mark.parametrize(
    "leap",
    [
        timedelta(hours=1),
        timedelta(hours=-1),
        timedelta(days=1),
        timedelta(days=-1),
        timedelta(days=365),
    ],
    ids=str,
)
def test_a_clock_that_leaps_and_comes_back_loses_and_doubles_nothing(
    database: Database, leap: timedelta
) -> None:
    with database.write() as session:
        busy_office(session)
    steady = run_days(database, None)
    with database.write() as session:
        forget_all(session)
    leaping = run_days(database, leap)
    assert leaping == steady


def run_days(database: Database, leap: timedelta | None) -> Counter[tuple[str, str]]:
    """Run one worker over nine days; return where each mail ended.

    On the third day the wall clock leaps for five minutes, while the steady one runs on.
    """
    transport = FakeTransport()
    time = {"at": DOWN_AT, "leap": timedelta(0)}

    def now() -> datetime:
        at, leapt = time["at"], time["leap"]
        assert isinstance(at, datetime)
        assert isinstance(leapt, timedelta)
        return at + leapt

    def steady() -> float:
        at = time["at"]
        assert isinstance(at, datetime)
        return at.timestamp()

    worker = worker_of(database, transport, now, steady=steady)
    for hour in range(2, 9 * 24, 6):
        time["at"] = DOWN_AT + timedelta(hours=hour)
        worker.run_once()
        if leap is not None and hour == 50:
            time["leap"] = leap
            for minute in range(5):
                time["at"] = DOWN_AT + timedelta(hours=hour, minutes=minute)
                worker.run_once()
            time["leap"] = timedelta(0)
    with database.read() as session:
        rows = session.exec(select(Outbox))
        return Counter((row.dedup_key, row.state) for row in rows)


def forget_all(session: Session) -> None:
    """Put every mail back as if nothing had ever been sent."""
    for row in session.exec(select(Outbox)):
        row.state, row.next_at, row.attempt = OutboxState.SCHEDULED, row.due_at, 0
        row.message = row.message_id = row.message_at = row.sent_at = row.person_id = None
        row.recipient = row.merged_into = None
        session.add(row)


def last_events(session: Session, row_id: int | None) -> set[str]:
    events = session.exec(select(OutboxEvent.to_state).where(OutboxEvent.outbox_id == row_id))
    return set(events)
