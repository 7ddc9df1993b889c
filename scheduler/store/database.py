"""The database: one engine, write and read transactions, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

from scheduler.store.look_ups import LookUps

__all__ = ["Database", "wal_is_safe"]

_BUSY_SECONDS = 10
_AT_ONCE_MILLISECONDS = 50
# SQLite's WAL-reset bug can lose committed writes with several connections; fixed in these.
_WAL_FIXED_FROM = ((3, 44, 6), (3, 50, 7), (3, 51, 3))


class Database:
    """Opens transactions on one database.

    On SQLite a write begins IMMEDIATE, so that it waits for its turn instead of failing half-way,
    and a read begins DEFERRED and never becomes a write. On PostgreSQL both are READ COMMITTED.
    """

    def __init__(self, url: str) -> None:
        """Make the engine; nothing is opened until the first transaction."""
        self.url = url
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        self.look_ups = LookUps(self.engine)

    @property
    def is_missing(self) -> bool:
        """Tell whether it is a file that is not there; to connect would make an empty one."""
        file = make_url(self.url).database
        if not self.is_sqlite or not file or file.startswith((":memory:", "file:")):
            return False
        return not Path(file).exists()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Run one transaction that writes: committed at the end, rolled back on any error."""
        with self._session(write=True) as session:
            yield session
            session.commit()

    @contextmanager
    def write_at_once(self) -> Iterator[Session]:
        """Run one transaction that writes, or none at all where it would have to wait for another.

        Raises:
            OperationalError: another transaction is in the way.
        """
        with self._session(write=True, wait=False) as session:
            yield session
            session.commit()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Run one transaction that only reads."""
        with self._session(write=False) as session:
            yield session

    def close(self) -> None:
        """Close every connection."""
        self.look_ups.close()
        self.engine.dispose()

    @contextmanager
    def _session(self, *, write: bool, wait: bool = True) -> Iterator[Session]:
        session = Session(self.engine, expire_on_commit=False)
        try:
            connection = session.connection(execution_options={"writes": write, "waits": wait})
            if not (wait or self.is_sqlite):
                connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_AT_ONCE_MILLISECONDS}ms'")
            yield session
        except BaseException:
            session.rollback()
            raise
        finally:
            session.close()


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Tell whether this SQLite has the fix of the WAL-reset bug."""
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in _WAL_FIXED_FROM) or (
        version >= max(_WAL_FIXED_FROM)
    )


def _postgresql_engine(url: str) -> Engine:
    return create_engine(
        url, isolation_level="READ COMMITTED", pool_pre_ping=True, hide_parameters=True
    )


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
        # The driver must not begin transactions on its own: `_begin` below does.
        connection.isolation_level = None
        mode = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
        for pragma in (f"journal_mode={mode}", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options: dict[str, Any] = dict(connection.get_execution_options())
        if not options.get("writes", True):
            connection.exec_driver_sql("BEGIN DEFERRED")
        elif options.get("waits", True):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_AT_ONCE_MILLISECONDS}")
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={_BUSY_SECONDS * 1000}")

    return engine
