"""Triggers that count the changes of everything a feed is made of.

They stand in the database itself, so that no way of writing can pass them by: the ORM, a guarded
update, a change of many rows at once, or a statement by hand. A source is a municipality
("m:3"), a person ("p:17") or the installation ("all").
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, inspect

__all__ = ["ALL", "municipality_source", "person_source", "place_triggers", "remove_triggers"]

ALL: Final = "all"

_OF_MUNICIPALITY: Final = ("SELECT 'm:' || {row}.municipality_id AS source",)
_OF_FORUM: Final = (
    "SELECT 'm:' || forum.municipality_id AS source FROM forum WHERE forum.id = {row}.forum_id",
)
_OF_POSITION: Final = (
    "SELECT 'm:' || position.municipality_id AS source FROM position"
    " WHERE position.id = {row}.position_id"
)
_OF_HOLDER: Final = (
    "SELECT 'm:' || position.municipality_id AS source FROM holder"
    " JOIN position ON position.id = holder.position_id WHERE holder.{column} = {{row}}.{value}"
)
_OF_PERSON: Final = ("SELECT 'p:' || {row}.person_id AS source WHERE {row}.person_id IS NOT NULL",)

# Which sources a row of each table belongs to.
_SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "duty": _OF_MUNICIPALITY,
    "forum": _OF_MUNICIPALITY,
    "grant": (_OF_POSITION, *_OF_PERSON),
    "holder": (_OF_POSITION, *_OF_PERSON),
    "leave": (_OF_HOLDER.format(column="id", value="holder_id"),),
    "measure": _OF_MUNICIPALITY,
    "meeting": _OF_MUNICIPALITY,
    "municipality": ("SELECT 'm:' || {row}.id AS source", f"SELECT '{ALL}' AS source"),
    "municipalservice": _OF_MUNICIPALITY,
    # What came by invitation is in no feed of its reader; one that came back is in it again.
    "outbox": _OF_PERSON,
    "person": (
        "SELECT 'p:' || {row}.id AS source",
        _OF_HOLDER.format(column="person_id", value="id"),
    ),
    "position": _OF_MUNICIPALITY,
    "recurringduty": _OF_MUNICIPALITY,
    "seat": _OF_FORUM,
    "unit": _OF_MUNICIPALITY,
    "yearplan": _OF_MUNICIPALITY,
}
_ROWS: Final = {"INSERT": ("NEW",), "UPDATE": ("OLD", "NEW"), "DELETE": ("OLD",)}
# Of a table with far more rows than feeds are made of, only these count; none is ever deleted.
# While an invitation waits, its cause has raised the stamps. It goes in a transaction of its own:
# two that raise those of several people, each in its own order, could wait for each other.
_ONLY: Final[Mapping[str, str]] = {
    "outbox": "NEW.kind = 'invitation' AND NEW.state IN "
    "('sending', 'sent', 'uncertain', 'failed', 'bounced', 'skipped')"
}
# And of what is changed in it only this: that an old mail's bytes are wiped concerns no feed.
_COLUMN: Final[Mapping[str, str]] = {"outbox": "state"}


def municipality_source(municipality_id: int) -> str:
    """Return the source that a municipality's rows belong to."""
    return f"m:{municipality_id}"


def person_source(person_id: int) -> str:
    """Return the source that a person and their holdings belong to."""
    return f"p:{person_id}"


def place_triggers(connection: Connection) -> None:
    """Make the triggers of every table that is there; they must not be there yet.

    On PostgreSQL they run at the very end of a transaction, each source once: the stamp is then
    the last lock that is taken, so that two writers never wait for each other in a ring.
    """
    present = set(inspect(connection).get_table_names())
    if "feedstamp" not in present:
        return
    place = _place_sqlite if connection.dialect.name == "sqlite" else _place_postgresql
    for table in sorted(present & set(_SOURCES)):
        place(connection, table)


def remove_triggers(connection: Connection) -> None:
    """Remove the triggers, for a migration: its tables may change under them."""
    on_sqlite = connection.dialect.name == "sqlite"
    for table in sorted(set(inspect(connection).get_table_names()) & set(_SOURCES)):
        if on_sqlite:
            for event in _ROWS:
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_name(table, event)}")
        else:
            connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS {_name(table)} ON "{table}"')
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_name(table)}()")


def _place_sqlite(connection: Connection, table: str) -> None:
    for event in _events(table):
        connection.exec_driver_sql(
            f'CREATE TRIGGER {_name(table, event)} AFTER {_said(event, table)} ON "{table}" '
            f"FOR EACH ROW{_when(table)} BEGIN {_raise(table, event, once='')}; END"
        )


def _place_postgresql(connection: Connection, table: str) -> None:
    # A row that this transaction has raised already carries its number.
    once = " WHERE feedstamp.xmin <> pg_current_xact_id()::xid"
    branches = " ".join(
        f"IF TG_OP = '{event}' THEN {_raise(table, event, once=once)}; END IF;"
        for event in _events(table)
    )
    connection.exec_driver_sql(
        f"CREATE FUNCTION {_name(table)}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {branches} RETURN NULL; END $$"
    )
    events = " OR ".join(_said(event, table) for event in _events(table))
    connection.exec_driver_sql(
        f"CREATE CONSTRAINT TRIGGER {_name(table)} AFTER {events} "
        f'ON "{table}" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW{_when(table)} '
        f"EXECUTE FUNCTION {_name(table)}()"
    )


def _raise(table: str, event: str, *, once: str) -> str:
    queries = [query.format(row=row) for row in _ROWS[event] for query in _SOURCES[table]]
    # Every part of it is a constant of this file. In one order always, against deadlocks.
    return (
        "INSERT INTO feedstamp (source, stamp) "  # noqa: S608
        f"SELECT source, 1 FROM ({' UNION '.join(queries)}) AS changed "
        "WHERE source IS NOT NULL ORDER BY source "
        f"ON CONFLICT (source) DO UPDATE SET stamp = feedstamp.stamp + 1{once}"
    )


def _events(table: str) -> tuple[str, ...]:
    # A condition on the new row cannot be asked of one that is gone.
    return tuple(each for each in _ROWS if table not in _ONLY or "NEW" in _ROWS[each])


def _said(event: str, table: str) -> str:
    return f"{event} OF {_COLUMN[table]}" if event == "UPDATE" and table in _COLUMN else event


def _when(table: str) -> str:
    return f" WHEN ({_ONLY[table]})" if table in _ONLY else ""


def _name(table: str, event: str = "") -> str:
    return f"feed_stamp_{table}_{event.lower()}".rstrip("_")
