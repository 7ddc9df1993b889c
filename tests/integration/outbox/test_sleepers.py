"""Fault 8: a worker that slept past its lease changes nothing; fault 9: one bad mail stops none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import DutyKind
from scheduler.mail import Outcome, Phase, SendResult
from scheduler.store.database import Database
from scheduler.store.tables import Municipality, Outbox
from scheduler.usecases.outbox import StopPoint
from tests.factories.office import Office, events_of, oslo_winter, worker_of
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.at = MORNING

    def __call__(self) -> object:
        return self.at


def notice(office: Office) -> None:
    office.duty(
        kind=DutyKind.NOTICE, due_on=date(2027, 2, 9), meeting=office.meeting(date(2027, 2, 18))
    )


def asleep_at(
    point: StopPoint, clock: Clock, minutes: int, meanwhile: Callable[[], None]
) -> object:
    """Return what lets time pass, and others work, when the point is passed for the first time."""
    passed: list[str] = []

    def at_point(name: str) -> None:
        if name == point and not passed:
            passed.append(name)
            clock.at += timedelta(minutes=minutes)
            meanwhile()

    return at_point


@pytest.mark.parametrize("point", [StopPoint.AFTER_CLAIM, StopPoint.AFTER_SENDING])
def test_a_worker_that_wakes_after_its_lease_sends_nothing_that_others_sent(
    database: Database, point: StopPoint
) -> None:
    with database.write() as session:
        notice(Office(session))
    clock, transport = Clock(), FakeTransport()

    def others() -> None:
        for _ in range(2):
            worker_of(database, transport, clock.at).run_once()
            clock.at += timedelta(minutes=6)

    sleeper = worker_of(database, transport, clock, at_point=asleep_at(point, clock, 16, others))
    sleeper.run_once()
    assert len(transport.offered) == 1
    assert states(database) == ["sent"]


def test_a_worker_that_wakes_in_mid_talk_writes_nothing_down(database: Database) -> None:
    with database.write() as session:
        notice(Office(session))
    clock, other = Clock(), FakeTransport()

    def others() -> None:
        clock.at += timedelta(minutes=16)
        for _ in range(2):
            worker_of(database, other, clock.at).run_once()
            clock.at += timedelta(minutes=6)

    slow = FakeTransport(
        answers=[SendResult(Outcome.FAILED, Phase.RCPT, 550, "no")], on_send=others
    )
    worker_of(database, slow, clock).run_once()
    assert (len(other.sent), states(database)) == (1, ["sent"])


def test_a_lease_is_kept_as_long_as_its_worker_works(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        for _ in range(4):
            notice(office)
    clock, transport = Clock(), FakeTransport()
    other = FakeTransport()

    def slowly() -> None:
        clock.at += timedelta(seconds=40)
        worker_of(database, other, clock.at).run_once()

    transport.on_send = slowly
    worker_of(database, transport, clock).run_once()
    assert (len(transport.sent), len(other.offered)) == (4, 0)


def test_a_mail_that_cannot_be_made_is_put_aside_for_an_hour_and_the_others_go(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        for _ in range(2):
            notice(office)
        break_one(session)
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    assert (len(transport.sent), states(database)) == (1, ["scheduled", "sent"])
    with database.write() as session:
        bad = session.exec(
            select(Outbox).where(Outbox.state == "scheduled", Outbox.step == "before")
        ).one()
        assert bad.next_at == MORNING + timedelta(hours=1)
        assert (bad.last_error or "").startswith("ValueError: ")
        assert events_of(session, bad.id) == ["scheduled", "leased", "scheduled"]
        bad.function = "responsible"
        session.add(bad)
    worker_of(database, transport, MORNING + timedelta(hours=1)).run_once()
    assert states(database) == ["sent", "sent"]


def test_settings_that_cannot_be_read_stop_one_municipality_and_no_other(
    database: Database,
) -> None:
    with database.write() as session:
        notice(Office(session))
        other = Office(session, slug="hemsedal")
        notice(other)
        broken = session.get_one(Municipality, other.municipality.id)
        broken.choices = {"reminders": {"morning": "åtte"}}
        session.add(broken)
    transport = FakeTransport()
    worker_of(database, transport, MORNING).run_once()
    assert (len(transport.sent), states(database)) == (1, ["scheduled", "sent"])


def break_one(session: Session) -> None:
    """Write something into a row that no mail can be made of."""
    row = session.exec(select(Outbox).where(Outbox.step == "before")).first()
    assert row is not None
    row.function = "nobody"
    session.add(row)


def states(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.exec(select(Outbox.state).where(Outbox.step == "before")))
