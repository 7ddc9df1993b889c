"""Forty meetings with sixty invited people moved in one transaction, beside one moved alone."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from scheduler.domain.enums import EXPECTED_STATES, MeetingState
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Meeting
from scheduler.usecases.invitations.bring_in_line import invite_all
from scheduler.usecases.meetings.change import MeetingEdit, change_meetings
from scheduler.usecases.year.tell_moves import tell_moves
from tests.factories.office import Office
from tests.factories.rows import add_forum, add_seat

NOW = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
MEETINGS, PEOPLE = 40, 60
# Each changed alone, forty cost forty times one; together, what is read of people is read once.
MOST_TIMES_ONE = 20


def test_forty_moves_hold_the_database_for_far_less_than_forty_times_one(
    sqlite_database: Database,
) -> None:
    office, ids = town(sqlite_database)
    # The first draws up the statements that all others use.
    warm, alone, together = (
        moved(sqlite_database, office, which) for which in (ids[:1], ids[1:2], ids[2:])
    )
    print(  # noqa: T201
        f"\nOne meeting with {PEOPLE} invited moved in {alone:.2f} s (the first {warm:.2f} s), "
        f"{MEETINGS} in {together:.2f} s"
    )
    assert together < alone * MOST_TIMES_ONE


def town(database: Database) -> tuple[Office, list[int]]:
    """Make four forums with the same people, who all have their meetings as invitations."""
    with database.write() as session:
        office = Office(session)
        forums = [add_forum(session, office.municipality, name=f"Forum {n}") for n in range(4)]
        for number in range(PEOPLE):
            email = f"person{number}@sor-fron.example"
            position = office.position(f"Stilling {number}", email)
            office.person(email).wants_invitations = True
            for forum in forums:
                add_seat(session, forum, position)
        for number in range(MEETINGS + 2):
            week, which = divmod(number, len(forums))
            on = date(2027, 2, 1) + timedelta(weeks=week, days=which)
            office.minutes(office.meeting(on, forum=forums[which]))
        invite_all(session, now=NOW)
        ids = session.exec(select(Meeting.id).order_by(col(Meeting.held_on))).all()
        session.expunge_all()
    return office, [each for each in ids if each is not None]


def moved(database: Database, office: Office, meeting_ids: Sequence[int]) -> float:
    """Move the meetings a day; return the seconds that the database was held."""
    later = NOW + timedelta(hours=1)
    began = time.perf_counter()
    with database.write() as session:
        meetings = session.exec(select(Meeting).where(col(Meeting.id).in_(meeting_ids))).all()
        edits = [
            MeetingEdit(
                meeting_id=id_of(one),
                action="move_meeting",
                sequence=one.sequence,
                from_states=EXPECTED_STATES,
                values={
                    "held_on": one.held_on + timedelta(days=1),
                    "state": MeetingState.MOVED,
                },
            )
            for one in meetings
        ]
        changed = change_meetings(
            session, edits, now=later, actor_id=None, holidays_of=public_holidays
        )
        told = tell_moves(session, office.year, changed, now=later)
    assert told.invitations == PEOPLE * len(meeting_ids)
    return time.perf_counter() - began
