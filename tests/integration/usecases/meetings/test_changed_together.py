"""Meetings that are changed together end as they would if each were changed alone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, col, select

from scheduler.domain.enums import (
    EXPECTED_STATES,
    AttendanceRule,
    DutyKind,
    HolderKind,
    MeetingState,
)
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Attendance,
    AuditEvent,
    Duty,
    Holder,
    Invitation,
    Leave,
    Meeting,
    Outbox,
    OutboxEvent,
    YearPlan,
)
from scheduler.usecases.invitations.choice import choose_invitations, choose_subscription
from scheduler.usecases.meetings.cancel_meeting import cancelling
from scheduler.usecases.meetings.change import MeetingEdit, change_meetings
from scheduler.usecases.meetings.errors import MeetingChangedError
from scheduler.usecases.meetings.move_meeting import first_start
from tests.factories.office import Office
from tests.factories.rows import add, add_forum, add_holder, add_seat
from tests.fakes.counted import counted
from tests.integration.invitations.calendar_mail import send_all

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
# Numbered as they are written, or drawn anew for each mail.
NOT_COMPARED = {"id", "outbox_id", "message", "message_hash", "message_id", "merged_into"}
SECRET = re.compile(r"/svar/\S+")


@pytest.fixture
def planned(sqlite_database: Database) -> Database:
    """Three forums with six meetings, of which the invitations have gone."""
    with sqlite_database.write() as session:
        office = Office(session)
        team = add_forum(
            session, office.municipality, name="Familieteam", room_email="rom@sor-fron.example"
        )
        steering = add_forum(session, office.municipality, name="Styringsgruppa")
        dina = office.position("Helsesykepleier", "dina@sor-fron.example")
        add_seat(session, team, office.leader)
        add_seat(session, team, dina, attends=AttendanceRule.ONCE_A_MONTH)
        add_seat(session, steering, office.secretary)
        add_holder(session, dina, office.person("eva@sor-fron.example"), kind=HolderKind.DEPUTY)
        leif = office.person("leif@sor-fron.example")
        holding = session.exec(select(Holder).where(Holder.person_id == leif.id)).one()
        add(
            session,
            Leave(holder_id=id_of(holding), starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 12)),
        )
        for week, forum in enumerate((office.forum, team, steering) * 2):
            meeting = office.meeting(
                date(2027, 1, 12) + timedelta(weeks=week * 2),
                forum=forum,
                monthly_guests=week == 4,
                place=None,
            )
            office.minutes(meeting)
            office.duty(
                kind=DutyKind.NOTICE, meeting=meeting, due_on=meeting.held_on - timedelta(days=5)
            )
            answer = Attendance(
                meeting_id=id_of(meeting),
                position_id=id_of(office.leader),
                person_id=id_of(leif),
                answer="comes",
                answered_at=NOW,
            )
            add(session, answer)
        for name in ("kari", "leif", "dina", "eva"):
            choose_invitations(session, id_of(office.person(f"{name}@sor-fron.example")), now=NOW)
    send_all(sqlite_database, NOW)
    with sqlite_database.write() as session:
        # Kari chose the subscription since, and lets what she has stand.
        kari = session.exec(select(Holder).where(Holder.position_id == office.secretary.id)).one()
        choose_subscription(session, kari.person_id, clear=False, now=NOW)
    return sqlite_database


def test_rows_and_mails_are_those_of_single_changes(planned: Database, tmp_path: Path) -> None:
    with copied(planned, tmp_path) as other:
        with planned.write() as session:
            together = change(session, edits_of(session))
        alone = []
        with other.write() as session:
            for edit in edits_of(session):
                alone += change(session, [edit])
        assert [summed(one) for one in together] == [summed(one) for one in alone]
        assert stored(planned) == stored(other)
        assert sent(planned) == sent(other)
        assert stored(planned) == stored(other)


def test_nothing_is_changed_where_one_of_the_meetings_is_another_by_now(planned: Database) -> None:
    before = stored(planned)
    with planned.read() as session:
        first, *others, last = edits_of(session)
    stale = cancelling(last.meeting_id, sequence=last.sequence + 1, now=LATER)
    with pytest.raises(MeetingChangedError):
        change_all(planned, [first, *others, stale])
    assert stored(planned) == before


def test_invitations_ask_as_little_of_the_database_for_six_meetings_as_for_two(
    planned: Database, tmp_path: Path
) -> None:
    with copied(planned, tmp_path) as other:
        with planned.write() as session, counted(planned) as of_six:
            change(session, edits_of(session))
        with other.write() as session, counted(other) as of_two:
            change(session, edits_of(session)[::5])
    about_seats = [[one for one in asked if " seat" in one] for asked in (of_six, of_two)]
    assert len(about_seats[0]) == len(about_seats[1]) > 0


@contextmanager
def copied(database: Database, folder: Path) -> Iterator[Database]:
    """Open a second database that holds the same."""
    path = folder / "copy.db"
    shutil.copyfile(database.url.removeprefix("sqlite:///"), path)
    other = Database(f"sqlite:///{path}")
    yield other
    other.close()


def edits_of(session: Session) -> list[MeetingEdit]:
    """Return the changes: all are moved a week, but for one that is cancelled."""
    meetings = session.exec(select(Meeting).order_by(col(Meeting.held_on))).all()
    moves = [
        MeetingEdit(
            meeting_id=id_of(one),
            action="move_meeting",
            sequence=one.sequence,
            from_states=EXPECTED_STATES,
            values={
                "held_on": one.held_on + timedelta(days=7),
                "state": MeetingState.MOVED,
                **first_start(one),
            },
        )
        for one in meetings
    ]
    moves[3] = cancelling(moves[3].meeting_id, sequence=moves[3].sequence, now=LATER)
    return moves


def change(session: Session, edits: list[MeetingEdit]) -> Any:
    return change_meetings(session, edits, now=LATER, actor_id=None, holidays_of=public_holidays)


def change_all(database: Database, edits: list[MeetingEdit]) -> None:
    with database.write() as session:
        change(session, edits)


def summed(changed: Any) -> tuple[Any, ...]:
    return changed.was, changed.duties, changed.answers, changed.invited


def stored(database: Database) -> dict[str, list[str]]:
    """Return every row that a change can touch, in an order of its own."""
    tables: tuple[type[SQLModel], ...] = (
        Attendance, AuditEvent, Duty, Invitation, Meeting, Outbox, OutboxEvent, YearPlan,
    )  # fmt: skip
    with database.read() as session:
        return {
            table.__name__: sorted(
                str(sorted(row.model_dump(exclude=NOT_COMPARED).items(), key=lambda each: each[0]))
                for row in session.exec(select(table))
            )
            for table in tables
        }


def sent(database: Database) -> list[tuple[str, ...]]:
    """Send what is due; return every mail and every calendar entry in it, without its secrets."""
    calendar, transport = send_all(database, LATER)
    return sorted(
        [
            *((one.to, one.subject, SECRET.sub("", one.text), SECRET.sub("", one.raw))
              for one in calendar),
            *((one.recipients[0], one.subject, SECRET.sub("", one.text)) for one in transport.sent),
        ]
    )  # fmt: skip
