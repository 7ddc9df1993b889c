"""The schema's version: bring it up to date, or say clearly why it cannot be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text
from sqlmodel import Session

from scheduler.domain.errors import AarshjulError
from scheduler.store.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

__all__ = [
    "SchemaBehindError",
    "SchemaChangedError",
    "SchemaNewerError",
    "applied_revision",
    "check_schema",
    "upgrade_schema",
]

_MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaBehindError(AarshjulError):
    """The database has no schema, or an older one: `aarshjul db upgrade` mends it."""


class SchemaNewerError(AarshjulError):
    """The database was made by a newer version of the program; `revision` is its version."""

    def __init__(self, revision: str) -> None:
        """Keep the revision that this version does not know."""
        super().__init__(revision)
        self.revision = revision


class SchemaChangedError(AarshjulError):
    """The schema was changed while this process was at work: it must be started anew."""


def applied_revision(session: Session) -> str | None:
    """Return the version of a schema that is there, as this transaction sees it."""
    version: str | None = session.connection().scalar(
        text("SELECT version_num FROM alembic_version")
    )
    return version


def upgrade_schema(database: Database) -> bool:
    """Bring the schema to the newest version in one transaction; tell whether it changed.

    Raises:
        SchemaNewerError: the database is from a newer version; nothing is touched.
    """
    # Read where it is needed: a web process only asks for the version, and never migrates.
    from alembic import command

    config = _config()
    with database.engine.connect() as connection:
        current = _current(connection_heads(database))
        _refuse_newer(current)
        if current == _newest():
            return False
        config.attributes["connection"] = connection
        with _tables_may_be_made_anew(connection, is_sqlite=database.is_sqlite):
            command.upgrade(config, "head")
            connection.commit()
    return True


@contextmanager
def _tables_may_be_made_anew(connection: Connection, *, is_sqlite: bool) -> Iterator[None]:
    """Let SQLite drop a table that others point at, as it must to change one that has rows.

    What points nowhere afterwards is found by `env.py`, before anything is committed.
    """
    if not is_sqlite:
        yield
        return
    # The pragma does nothing within a transaction, and any statement of SQLAlchemy's begins one.
    driver = connection.connection.driver_connection
    if driver is None:
        raise LookupError("the connection is closed")
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")


def check_schema(database: Database) -> None:
    """Make sure that the schema is the one this version works with.

    Raises:
        SchemaBehindError: there is none, or it is older.
        SchemaNewerError: it is newer.
    """
    current = _current(connection_heads(database))
    _refuse_newer(current)
    if current != _newest():
        raise SchemaBehindError


def connection_heads(database: Database) -> tuple[str, ...]:
    """Return the revisions that the database says it is at; none where it has no schema."""
    if database.is_missing:
        return ()
    with database.engine.connect().execution_options(writes=False) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ()
        found = connection.exec_driver_sql("SELECT version_num FROM alembic_version")
        return tuple(found.scalars())


def _current(heads: tuple[str, ...]) -> str | None:
    return heads[0] if heads else None


def _refuse_newer(current: str | None) -> None:
    if current is not None and current not in _known():
        raise SchemaNewerError(current)


def _newest() -> str | None:
    return max(_known(), default=None)


@cache
def _known() -> frozenset[str]:
    """Return the revisions this program knows, which the names of their files begin with.

    Read once: an upgrade that puts newer files beside a running process does not change its code.
    """
    return frozenset(path.name[1:5] for path in (_MIGRATIONS / "versions").glob("r[0-9]*.py"))


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config
