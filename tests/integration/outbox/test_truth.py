"""Fault 7: what changes between claim and send is never told wrongly; fault 11: one live row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import Session, col, select

from scheduler.domain.enums import DutyState, MeetingState
from scheduler.domain.meeting_start import MeetingStart
from scheduler.domain.reminders import LIVE_STATES
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import Duty, Meeting, Outbox
from scheduler.usecases.outbox import StopPoint
from scheduler.usecases.reminders import (
    duty_done,
    duty_in_review,
    duty_not_applicable,
    duty_undone,
    postpone_duty,
    schedule_duty_reminders,
)
from tests.factories.changed_meeting import recompute_for_meeting
from tests.factories.office import Office, oslo_winter, rows_of, worker_of
from tests.fakes.transport import FakeTransport

NOW = oslo_winter("2027-02-05", "09:00")


def at_claim(act: Callable[[], None]) -> Callable[[str], None]:
    """Return what does something else once rows have been claimed."""

    def passed(point: str) -> None:
        if point == StopPoint.AFTER_CLAIM:
            act()

    return passed


def move(database: Database, meeting_id: int, to: date, was_on: date) -> None:
    with database.write() as session:
        meeting = session.get_one(Meeting, meeting_id)
        meeting.held_on, meeting.moved_from = to, was_on
        was = MeetingStart(was_on, meeting.starts)
        meeting.state, meeting.sequence = MeetingState.MOVED, meeting.sequence + 1
        session.add(meeting)
        session.flush()
        recompute_for_meeting(session, meeting_id, now=NOW, holidays_of=public_holidays, was=was)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda s, d: duty_done(s, d, by=None, now=NOW), DutyState.DONE),
        (lambda s, d: duty_not_applicable(s, d, by=None, now=NOW), DutyState.NOT_APPLICABLE),
        (
            lambda s, d: duty_in_review(s, d, by=None, now=NOW, holidays_of=public_holidays),
            DutyState.IN_REVIEW,
        ),
        (
            lambda s, d: postpone_duty(
                s, d, date(2027, 2, 19), by=None, now=NOW, holidays_of=public_holidays
            ),
            DutyState.OPEN,
        ),
    ],
    ids=["filed", "not applicable", "out for comment", "postponed"],
)
def test_a_duty_that_changes_after_the_claim_gives_no_stale_mail(
    database: Database, change: Callable[[Session, int], object], state: DutyState
) -> None:
    with database.write() as session:
        duty_id = Office(session).minutes().id or 0
    transport = FakeTransport()

    def act() -> None:
        with database.write() as session:
            change(session, duty_id)

    worker_of(database, transport, NOW, at_point=at_claim(act)).run_once()

    assert transport.offered == []
    with database.read() as session:
        assert session.get_one(Duty, duty_id).state is state


def test_a_meeting_that_moves_after_the_claim_gives_no_stale_mail(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting()
        office.minutes(meeting)
    transport = FakeTransport()
    worker_of(
        database,
        transport,
        NOW,
        at_point=at_claim(
            lambda: move(database, meeting.id or 0, date(2027, 4, 20), date(2027, 2, 2))
        ),
    ).run_once()
    assert [mail.subject for mail in transport.offered] == []


def test_a_change_that_did_not_tell_the_outbox_gives_no_mail_either(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
        duty.version += 1
        session.add(duty)
    transport = FakeTransport()
    worker_of(database, transport, NOW).run_once()
    assert transport.offered == []
    with database.read() as session:
        assert rows_of(session, duty)[0] == ("before", "cancelled")


def test_moved_and_moved_back_there_is_one_live_row_for_each_step(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting(date(2027, 3, 9))
        duty = office.minutes(meeting)
    with database.read() as session:
        before = live(session, duty)
    for to, was_on in ((20, 9), (9, 20), (20, 9), (9, 20)):
        move(
            database,
            meeting.id or 0,
            date(2027, 4, to) if to == 20 else date(2027, 3, to),
            date(2027, 4, was_on) if was_on == 20 else date(2027, 3, was_on),
        )
    with database.read() as session:
        assert live(session, duty) == before
        assert [step for step, _ in before] == ["before", "due", "after", "leader"]


def test_cancelled_and_taken_up_again_there_is_one_live_row_for_each_step(
    database: Database,
) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting(date(2027, 3, 9))
        duty = office.minutes(meeting)
    with database.read() as session:
        before = live(session, duty)
    for state in (MeetingState.CANCELLED, MeetingState.PLANNED) * 2:
        with database.write() as session:
            row = session.get_one(Meeting, meeting.id)
            row.state, row.sequence = state, row.sequence + 1
            session.add(row)
            session.flush()
            recompute_for_meeting(session, row.id or 0, now=NOW, holidays_of=public_holidays)
        with database.read() as session:
            expected = [] if state is MeetingState.CANCELLED else before
            assert live(session, duty) == expected


def test_filed_and_opened_again_there_is_one_live_row_for_each_step(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        duty = office.minutes(office.meeting(date(2027, 3, 9)))
    with database.read() as session:
        before = live(session, duty)
    for _ in range(2):
        with database.write() as session:
            assert duty_done(session, duty.id or 0, by=None, now=NOW)
        with database.read() as session:
            assert live(session, duty) == []
        with database.write() as session:
            assert duty_undone(session, duty.id or 0, by=None, now=NOW, holidays_of=public_holidays)
        with database.read() as session:
            assert live(session, duty) == before


def test_handed_over_and_back_there_is_one_live_row_for_each_step(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        duty = office.minutes()
        other = office.position("Helsesykepleier", "heidi@sor-fron.example")
        positions = (other.id, office.secretary.id)
    with database.read() as session:
        before = live(session, duty)
    for position_id in positions * 2:
        with database.write() as session:
            row = session.get_one(Duty, duty.id)
            row.position_id, row.version = position_id, row.version + 1
            session.add(row)
            session.flush()
            schedule_duty_reminders(
                session,
                [row.id or 0],
                now=oslo_winter("2027-02-03"),
                holidays_of=public_holidays,
            )
    with database.read() as session:
        assert live(session, duty) == before
        handed_on = session.exec(select(Outbox.position_id).where(Outbox.state == "handed_on"))
        assert set(handed_on) == {other.id}


def test_writing_the_same_reminders_again_changes_nothing(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes()
    for _ in range(2):
        with database.write() as session:
            done = schedule_duty_reminders(
                session, [duty.id or 0], now=NOW, holidays_of=public_holidays
            )
        # One of them was due an hour ago and still waits: it is late, not lost.
        assert (done.written, done.cancelled) == (0, 0)
    with database.read() as session:
        assert [state for _, state in rows_of(session, duty)] == ["scheduled"] * 4


def test_no_mail_is_ever_due_before_the_moment_that_made_it(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes(at=oslo_winter("2027-02-09", "08:01"))
    with database.read() as session:
        assert rows_of(session, duty) == [("after", "scheduled"), ("leader", "scheduled")]


def test_a_duty_that_the_plan_gives_to_nobody_asks_for_no_mail(database: Database) -> None:
    with database.write() as session:
        duty = Office(session).minutes(position_id=None)
    with database.read() as session:
        assert rows_of(session, duty) == []


def live(session: Session, duty: Duty) -> list[tuple[str, object]]:
    rows = session.exec(
        select(Outbox)
        .where(Outbox.duty_id == duty.id, col(Outbox.state).in_(LIVE_STATES))
        .order_by(col(Outbox.due_at), col(Outbox.step))
    )
    return [(row.step, (row.due_at, row.position_id)) for row in rows]
