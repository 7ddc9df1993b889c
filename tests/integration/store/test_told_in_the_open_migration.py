"""What a database of before knows of its invitations when it learns to note what they told."""

from __future__ import annotations

from datetime import datetime, time

from alembic import command
from alembic.config import Config
from sqlmodel import Session, col, select

from scheduler.domain.enums import ForumLevel
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.schema import upgrade_schema
from scheduler.store.tables import Invitation, Meeting, Outbox
from tests.factories import rows

BEFORE = "0017"
ROOM = "moterom2@sor-fron.example"


def test_rooms_were_told_in_the_open_and_people_by_what_their_forum_is(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        place = rows.add_municipality(session)
        year = rows.add_year(session, place)
        person = id_of(rows.add_person(session))
        for slug, level in (("aapen", ForumLevel.SYSTEM), ("lukket", ForumLevel.CASE_ELSE_NOT)):
            forum = rows.add_forum(session, place, slug=slug, name=slug, level=level)
            meeting = rows.add_meeting(session, year, forum)
            told(session, meeting, now, person_id=person)
            told(session, meeting, now, room_email=ROOM)
    go_back(database)

    assert upgrade_schema(database) is True

    with database.read() as session:
        found = session.exec(select(Invitation).order_by(col(Invitation.id))).all()
    assert [(one.room_email, one.in_the_open) for one in found] == [
        (None, True),
        (ROOM, True),
        (None, False),
        (ROOM, True),
    ]


def told(
    session: Session,
    meeting: Meeting,
    now: datetime,
    *,
    person_id: int | None = None,
    room_email: str | None = None,
) -> None:
    row = Outbox(
        dedup_key=f"{meeting.id}:{person_id}",
        kind="invitation",
        step="request",
        mail_class="invitation",
        meeting_id=meeting.id,
        person_id=person_id,
        resend_policy="once",
        due_at=now,
        next_at=now,
        expires_at=now,
        created_at=now,
    )
    session.add(row)
    session.flush()
    session.add(
        Invitation(
            outbox_id=id_of(row),
            meeting_id=id_of(meeting),
            person_id=person_id,
            room_email=room_email,
            method="REQUEST",
            sequence=0,
            meeting_sequence=0,
            held_on=meeting.held_on,
            starts=time(9),
            ends=time(11),
            made_at=now,
        )
    )
    session.flush()


def go_back(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", "scheduler/store/migrations")
    config.set_main_option("path_separator", "os")
    with database.engine.connect() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, BEFORE)
        connection.commit()
