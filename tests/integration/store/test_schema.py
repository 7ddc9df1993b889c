"""The schema: made once, known, and never mistaken for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlmodel import SQLModel

from scheduler.store.database import Database
from scheduler.store.schema import (
    SchemaBehindError,
    SchemaNewerError,
    check_schema,
    upgrade_schema,
)


def test_an_empty_database_is_behind_until_it_is_upgraded(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(SchemaBehindError):
        check_schema(database)
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
