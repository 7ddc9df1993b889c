"""The schema: made once, known, and never mistaken for another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, select

from scheduler.store.database import Database
from scheduler.store.schema import (
    SchemaBehindError,
    SchemaNewerError,
    check_schema,
    upgrade_schema,
)
from scheduler.store.tables import Attendance, Duty, Invitation, Meeting


def test_an_empty_database_is_behind_until_it_is_upgraded(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(SchemaBehindError):
        check_schema(database)
    # To ask makes no file that could be taken for a database.
    assert list(tmp_path.iterdir()) == []
    assert upgrade_schema(database) is True
    check_schema(database)
    assert upgrade_schema(database) is False
    database.close()


def test_a_database_from_a_newer_version_is_refused_and_not_touched(database: Database) -> None:
    with database.write() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaNewerError) as newer:
        check_schema(database)
    assert newer.value.revision == "9999"
    with pytest.raises(SchemaNewerError):
        upgrade_schema(database)


def test_the_migrations_make_the_tables_that_the_code_uses(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.postgresql
def test_only_the_mails_to_look_for_are_indexed_on_postgresql_too(
    empty_postgresql_url: str,
) -> None:
    """What the tables say of SQLite only, to keep PostgreSQL's dialect out of its processes."""
    database = Database(empty_postgresql_url)
    with database.engine.connect() as connection:
        found = connection.execute(
            text("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'outbox'")
        ).all()
    database.close()
    partial = {name: text.partition(" WHERE ")[2] for name, text in found if " WHERE " in text}
    indexes = SQLModel.metadata.tables["outbox"].indexes

    assert set(partial) == {
        index.name for index in indexes if index.dialect_options["sqlite"]["where"] is not None
    }
    assert ("scheduled" in partial["outbox_due"], "leased" in partial["outbox_in_hand"]) == (
        True,
        True,
    )


FIRST_LANDED = "0005"
LANDED = "0011"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def old_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database of the first version, with rows that point at each other."""
    if request.param == "sqlite":
        opened = Database(f"sqlite:///{tmp_path / 'old.db'}")
    else:
        opened = Database(request.getfixturevalue("empty_postgresql_url"))
        with psycopg.connect(opened.url.replace("+psycopg", ""), autocommit=True) as admin:
            admin.execute("DROP SCHEMA public CASCADE")
            admin.execute("CREATE SCHEMA public")
    with opened.engine.connect() as connection:
        command.upgrade(config_of(connection), FIRST_LANDED)
        for statement in ROWS:
            connection.execute(text(statement))
        connection.commit()
    yield opened
    opened.close()


def config_of(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "scheduler/store/migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


ROWS = (
    "INSERT INTO municipality (id, slug, name, language, timezone, period_kind, choices)"
    " VALUES (1, 'fjordvik', 'Fjordvik', 'nb', 'Europe/Oslo', 'calendar', '{}')",
    "INSERT INTO councildate (id, municipality_id, held_on, body)"
    " VALUES (1, 1, '2027-12-17', 'kommunestyret')",
    "INSERT INTO person (id, email, name, active, wants_invitations, created_at)"
    " VALUES (1, 'kari@fjordvik.example', 'Kari Ås', true, false, '2026-11-01 08:00:00')",
    "INSERT INTO duty (id, municipality_id, key, uid, kind, period, due_on, promised_on, state,"
    " postponed, done_by_id, version, sequence, changed_at) VALUES (1, 1, 'report:2027',"
    " 'report@aarshjul', 'council_report', '2027', '2027-11-01', '2027-11-01', 'open', false, 1,"
    " 0, 0, '2026-11-01 08:00:00')",
    "INSERT INTO outbox (id, municipality_id, dedup_key, kind, step, mail_class, duty_id,"
    " person_id, state, priority, due_at, next_at, expires_at, resend_policy, attempt, resends,"
    " created_at) VALUES (1, 1, 'k', 'council_report', 'due', 'nag', 1, 1, 'scheduled', 5,"
    " '2027-11-01 08:00:00', '2027-11-01 08:00:00', '2027-12-01 08:00:00', 'hold', 0, 0,"
    " '2026-11-01 08:00:00')",
    "INSERT INTO yearplan (id, municipality_id, period, starts_on, ends_on, state, revision)"
    " VALUES (1, 1, '2027', '2027-01-01', '2027-12-31', 'published', 2)",
    "INSERT INTO forum (id, municipality_id, slug, name, kind, level, adjustable,"
    " duration_minutes, minutes_rule, notice_days, minutes_days, agenda, closed_kinds, on_closed,"
    " units, dates_set_by, elected, chosen) VALUES (1, 1, 'radet', 'Rådet', 'resource_group',"
    " 'system', false, 120, 'always', 14, 5, '[]', '[]', 'skip', '[]', 'us', false, '[]')",
    "INSERT INTO meeting (id, municipality_id, year_plan_id, forum_id, number, uid, held_on,"
    " starts, ends, state, sequence, reasons, set_by_hand, moved_from, monthly_guests, changed_at)"
    " VALUES (1, 1, 1, 1, 1, 'meeting@aarshjul', '2027-03-16', '09:00:00.000000',"
    " '11:00:00.000000', 'moved', 1, '[]', true, '2027-03-09', false, '2026-11-01 08:00:00')",
)


def test_a_database_of_the_first_version_is_brought_up_with_all_its_rows(
    old_database: Database,
) -> None:
    tables = ("municipality", "councildate", "person", "duty", "outbox", "meeting")
    assert upgrade_schema(old_database) is True
    check_schema(old_database)
    with old_database.engine.connect() as connection:
        counts = [connection.scalar(text(f"SELECT count(*) FROM {one}")) for one in tables]  # noqa: S608
        waiting = connection.execute(
            text("SELECT d.key, p.name FROM outbox o JOIN duty d ON d.id = o.duty_id"
                 " JOIN person p ON p.id = d.done_by_id")
        ).all()  # fmt: skip
        points_at = {
            one["referred_table"] for one in inspect(connection).get_foreign_keys("outbox")
        }
    assert counts == [1, 1, 1, 1, 1, 1]
    with old_database.read() as session:
        moved = session.get_one(Meeting, 1)
        assert (moved.moved_from, moved.moved_from_starts) == (date(2027, 3, 9), None)
    assert [tuple(row) for row in waiting] == [("report:2027", "Kari Ås")]
    assert "duty" in points_at
    with old_database.engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text("UPDATE duty SET done_by_id = 99"))


def test_a_database_goes_back_to_the_landed_version_and_up_again_with_all_its_rows(
    old_database: Database,
) -> None:
    upgrade_schema(old_database)
    added = (
        "INSERT INTO position (id, municipality_id, slug, title, held_by_several, external)"
        " VALUES (1, 1, 'leder', 'Leder', false, false)",
        "INSERT INTO attendance (meeting_id, position_id, person_id, answer, answered_at, through)"
        " VALUES (1, 1, 1, 'no', '2026-11-02 08:00:00', 'calendar')",
        "INSERT INTO invitation (outbox_id, meeting_id, person_id, method, sequence,"
        " meeting_sequence, held_on, starts, ends, made_at, answer, answered_at) VALUES (1, 1, 1,"
        " 'REQUEST', 0, 0, '2027-03-16', '09:00:00.000000', '11:00:00.000000',"
        " '2026-11-01 08:00:00', 'DECLINED', '2026-11-02 08:00:00')",
        "UPDATE meeting SET moved_from_starts = '10:00:00.000000',"
        " reworded_at = '2026-11-02 08:00:00'",
        "UPDATE duty SET reworded_at = '2026-11-02 08:00:00'",
    )
    with old_database.engine.connect() as connection:
        for statement in added:
            connection.execute(text(statement))
        connection.commit()
    with old_database.engine.connect() as connection:
        command.downgrade(config_of(connection), LANDED)
        connection.commit()
        new = {"through", "answer", "moved_from_starts", "reworded_at"}
        tables = ("attendance", "invitation", "meeting", "duty")
        left = {each["name"] for one in tables for each in inspect(connection).get_columns(one)}
        assert left & new == {"answer"}  # What a person answered, which was there before.
    assert upgrade_schema(old_database) is True
    with old_database.read() as session:
        meeting, duty = session.get_one(Meeting, 1), session.get_one(Duty, 1)
        answer = session.exec(select(Attendance)).one()
        invitation = session.exec(select(Invitation)).one()
        assert (meeting.held_on, meeting.moved_from) == (date(2027, 3, 16), date(2027, 3, 9))
        assert (duty.key, answer.answer, invitation.method) == ("report:2027", "no", "REQUEST")
        assert (meeting.moved_from_starts, meeting.reworded_at, duty.reworded_at) == (None,) * 3
        assert (answer.through, invitation.answer, invitation.answered_at) == (None,) * 3
