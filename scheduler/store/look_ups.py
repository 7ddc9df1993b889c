"""Connections for what is asked by a single statement: no session, no transaction, no pool.

What every calendar program of a region asks every hour costs one trip to the database and nothing
beside it; a pool of connections would cost several times the answer.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

__all__ = ["LookUps", "Statement"]

_BUSY_MILLISECONDS = 2000
Values = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in both databases' ways to say where a value goes."""

    sqlite: str
    postgresql: str

    @classmethod
    def of(cls, sql: str) -> Statement:
        """Return the statement that has a question mark for each value, and none elsewhere."""
        first, *others = sql.split("?")
        numbered = [f"${number}{part}" for number, part in zip(count(1), others, strict=False)]
        return cls(sql, "".join([first, *numbered]))


class LookUps:
    """Asks single statements, each of which sees one moment and writes nothing.

    A connection belongs to one question at a time and is kept for the next one, so that there are
    as many as there are questions at once.
    """

    def __init__(self, engine: Engine) -> None:
        """Open nothing yet."""
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._error = engine.dialect.loaded_dbapi.DatabaseError
        self._failure = engine.dialect.loaded_dbapi.OperationalError
        self._free: deque[_Connection] = deque()

    def first(self, statement: Statement, values: Values) -> Any:
        """Return the first row of the answer as the driver gives it, or None.

        A connection that was lost since its last question is made anew, once; so is one that had
        prepared the question for tables that have changed.

        Raises:
            OperationalError: the database is busy or does not answer.
        """
        sql = statement.sqlite if self._is_sqlite else statement.postgresql
        try:
            return self._first(sql, values)
        except self._failure as error:
            raise OperationalError(sql, None, error, hide_parameters=True) from error

    def close(self) -> None:
        """Close the connections that nothing is being asked on."""
        while self._free:
            self._free.pop().close()

    def _first(self, sql: str, values: Values) -> Any:
        connection = self._free_one()
        if connection is None:
            return self._ask(self._new_one(), sql, values)
        try:
            return self._ask(connection, sql, values)
        except self._error:
            if self._is_sqlite:
                # A file is not lost; it was busy for as long as anybody waits for it.
                raise
            return self._ask(self._new_one(), sql, values)

    def _free_one(self) -> _Connection | None:
        try:
            return self._free.pop()
        except IndexError:
            return None

    def _new_one(self) -> _Connection:
        made = self._engine.raw_connection()
        # From here on it is not the pool's, which would roll back what was never begun.
        made.detach()
        driver: Any = made.dbapi_connection
        if self._is_sqlite:
            return _SqliteConnection(driver)
        from scheduler.store.prepared import PreparedConnection

        driver.autocommit = True
        return PreparedConnection(driver)

    def _ask(self, connection: _Connection, sql: str, values: Values) -> Any:
        try:
            row = connection.first(sql, values)
        except BaseException:
            connection.close()
            raise
        self._free.append(connection)
        return row


class _Connection(Protocol):
    """What can be asked for the first row of an answer."""

    def first(self, sql: str, values: Values) -> Any: ...

    def close(self) -> None: ...


class _SqliteConnection:
    """SQLite's own driver, which does no more than is needed."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        # Whoever asks may come back; the thread is wanted by others.
        connection.execute(f"PRAGMA busy_timeout={_BUSY_MILLISECONDS}")
        self._connection = connection

    def first(self, sql: str, values: Values) -> Any:
        return self._connection.execute(sql, values).fetchone()

    def close(self) -> None:
        self._connection.close()
