"""Connections for what is asked by a single statement: no session, no transaction, no pool.

What every calendar program of a region asks every hour costs one trip to the database and nothing
beside it; a pool of connections would cost several times the answer.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

__all__ = ["LookUps", "Statement"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement in both drivers' ways to say where a value goes."""

    sqlite: str
    postgresql: str

    @classmethod
    def of(cls, sql: str) -> Statement:
        """Return the statement that has a question mark for each value, and none elsewhere."""
        return cls(sql, sql.replace("?", "%s"))


class LookUps:
    """Asks single statements, each of which sees one moment and writes nothing.

    A connection belongs to one question at a time and is kept for the next one, so that there are
    as many as there are questions at once.
    """

    def __init__(self, engine: Engine) -> None:
        """Open nothing yet."""
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._failure = engine.dialect.loaded_dbapi.OperationalError
        self._free: deque[PoolProxiedConnection] = deque()

    def first(self, statement: Statement, values: tuple[Any, ...]) -> Any:
        """Return the first row of the answer as the driver gives it, or None.

        On PostgreSQL values come in binary: bytes written out in hexadecimal would cost three
        times as much. A connection that was lost since its last question is made anew, once.
        """
        connection = self._free_one()
        if connection is None:
            return self._on_new(statement, values)
        try:
            row = self._ask(connection, statement, values)
        except self._failure:
            connection.close()
            if self._is_sqlite:
                # A file is not lost; it was busy for as long as anybody waits for it.
                raise
            return self._on_new(statement, values)
        except BaseException:
            connection.close()
            raise
        self._free.append(connection)
        return row

    def close(self) -> None:
        """Close the connections that nothing is being asked on."""
        while self._free:
            self._free.pop().close()

    def _free_one(self) -> PoolProxiedConnection | None:
        try:
            return self._free.pop()
        except IndexError:
            return None

    def _on_new(self, statement: Statement, values: tuple[Any, ...]) -> Any:
        connection = self._engine.raw_connection()
        # From here on it is not the pool's, which would roll back what was never begun.
        connection.detach()
        try:
            if not self._is_sqlite:
                driver: Any = connection.dbapi_connection
                driver.autocommit = True
            row = self._ask(connection, statement, values)
        except BaseException:
            connection.close()
            raise
        self._free.append(connection)
        return row

    def _ask(
        self, connection: PoolProxiedConnection, statement: Statement, values: tuple[Any, ...]
    ) -> Any:
        driver: Any = connection.dbapi_connection
        if self._is_sqlite:
            return driver.execute(statement.sqlite, values).fetchone()
        return driver.cursor(binary=True).execute(statement.postgresql, values).fetchone()
