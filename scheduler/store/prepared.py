"""A PostgreSQL connection that is asked prepared statements through libpq itself.

Only imported where a PostgreSQL database is opened: the driver takes 8 MiB.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from psycopg import Connection, DatabaseError, OperationalError
from psycopg.pq import ConnStatus, ExecStatus, Format
from psycopg.pq.abc import PGresult

__all__ = ["PreparedConnection"]

_DONE = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK)


class PreparedConnection:
    """Asks a statement in one call that waits for the whole answer, which comes in binary.

    The driver's cursors read an answer piece by piece, so that other work may go on in between;
    here a thread waits for it anyway, and 200 kB cost a third of the CPU. Bytes written out as
    text would cost three times as much.
    """

    def __init__(self, connection: Connection[Any]) -> None:
        """Take over a connection that begins no transactions of its own."""
        self._connection = connection
        self._names: dict[str, bytes] = {}
        self._loads: dict[str, list[Callable[[Any], Any]]] = {}

    def first(self, sql: str, values: tuple[str | int | None, ...]) -> tuple[Any, ...] | None:
        """Return the first row of the answer, or None; `$1` in the statement is the first value.

        Text must be without NUL, which PostgreSQL cannot hold.

        Raises:
            psycopg.OperationalError: the connection is lost.
            psycopg.DatabaseError: the server refused the statement.
        """
        given = [None if value is None else str(value).encode() for value in values]
        answer = self._connection.pgconn.exec_prepared(
            self._name_of(sql),
            given,  # type: ignore[arg-type] # None is NULL, as the documentation says.
            result_format=Format.BINARY,
        )
        self._check(answer)
        if answer.ntuples == 0:
            return None
        fields = (answer.get_value(0, place) for place in range(answer.nfields))
        return tuple(
            None if field is None else load(field)
            for field, load in zip(fields, self._loads_of(sql, answer), strict=True)
        )

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _name_of(self, sql: str) -> bytes:
        name = self._names.get(sql)
        if name is None:
            name = b"asked%d" % len(self._names)
            self._check(self._connection.pgconn.prepare(name, sql.encode()))
            self._names[sql] = name
        return name

    def _loads_of(self, sql: str, answer: PGresult) -> list[Callable[[Any], Any]]:
        loads = self._loads.get(sql)
        if loads is None:
            loads = [self._load_of(answer.ftype(place)) for place in range(answer.nfields)]
            self._loads[sql] = loads
        return loads

    def _load_of(self, type_: int) -> Callable[[Any], Any]:
        loader = self._connection.adapters.get_loader(type_, Format.BINARY)
        if loader is None:
            raise NotImplementedError(type_)
        return loader(type_, self._connection).load

    def _check(self, answer: PGresult) -> None:
        if answer.status in _DONE:
            return
        is_lost = self._connection.pgconn.status != ConnStatus.OK
        raise (OperationalError if is_lost else DatabaseError)(answer.get_error_message())
