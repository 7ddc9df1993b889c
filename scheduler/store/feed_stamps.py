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
# While an invitation waits, its cause has raised the stamps; whatever becomes of it then, tried or
# taken back, is for them to know.
_ONLY: Final[Mapping[str, str]] = {
    "outbox": "NEW.kind = 'invitation' AND NEW.state IN ('sending', 'sent', 'uncertain', 'failed', "
    "'bounced', 'skipped', 'cancelled', 'handed_on')"
}
# And of what is changed in it only this: that an old mail's bytes are wiped concerns no feed.
_COLUMN: Final[Mapping[str, str]] = {"outbox": "state"}
# What a transaction of PostgreSQL has to raise, with a blank around each; forgotten with it.
_NOTED: Final = "aarshjul.feed_sources"


def municipality_source(municipality_id: int) -> str:
    """Return the source that a municipality's rows belong to."""
    return f"m:{municipality_id}"


def person_source(person_id: int) -> str:
    """Return the source that a person and their holdings belong to."""
    return f"p:{person_id}"


def place_triggers(connection: Connection) -> None:
    """Make the triggers of every table that is there; they must not be there yet.

    On PostgreSQL a transaction notes its sources, and raises all of them in one order at its very
    end: the stamps are then the last locks that are taken, and two writers never wait for each
    other in a ring, however many people each of them concerns.
    """
    present = set(inspect(connection).get_table_names())
    if "feedstamp" not in present:
        return
    on_sqlite = connection.dialect.name == "sqlite"
    if not on_sqlite:
        connection.exec_driver_sql(_RAISE_NOTED)
    place = _place_sqlite if on_sqlite else _place_postgresql
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
            for name in (_name(table), _name(table, "raised")):
                connection.exec_driver_sql(f'DROP TRIGGER IF EXISTS {name} ON "{table}"')
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {_name(table)}()")
    if not on_sqlite:
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS feed_stamp_raise()")


def _place_sqlite(connection: Connection, table: str) -> None:
    for event in _events(table):
        # Every part of it is a constant of this file.
        rise = (
            "INSERT INTO feedstamp (source, stamp) "  # noqa: S608
            f"SELECT source, 1 FROM {_changed(table, event)} WHERE source IS NOT NULL "
            "ON CONFLICT (source) DO UPDATE SET stamp = feedstamp.stamp + 1"
        )
        connection.exec_driver_sql(
            f'CREATE TRIGGER {_name(table, event)} AFTER {_said(event, table)} ON "{table}" '
            f"FOR EACH ROW{_when(table)} BEGIN {rise}; END"
        )


def _place_postgresql(connection: Connection, table: str) -> None:
    # Every part of it is a constant of this file.
    branches = " ".join(
        f"IF TG_OP = '{event}' THEN SELECT string_agg(source, ' ') INTO found "  # noqa: S608
        f"FROM {_changed(table, event)} WHERE strpos(noted, ' ' || source || ' ') = 0; END IF;"
        for event in _events(table)
    )
    connection.exec_driver_sql(
        f"CREATE FUNCTION {_name(table)}() RETURNS trigger LANGUAGE plpgsql AS $$ DECLARE "
        f"found text; noted text := coalesce(nullif(current_setting('{_NOTED}', true), ''), ' '); "
        f"BEGIN {branches} IF found IS NOT NULL THEN "
        f"PERFORM set_config('{_NOTED}', noted || found || ' ', true); END IF; RETURN NULL; END $$"
    )
    events = " OR ".join(_said(event, table) for event in _events(table))
    on = f'AFTER {events} ON "{table}"'
    connection.exec_driver_sql(
        f"CREATE TRIGGER {_name(table)} {on} "
        f"FOR EACH ROW{_when(table)} EXECUTE FUNCTION {_name(table)}()"
    )
    connection.exec_driver_sql(
        f"CREATE CONSTRAINT TRIGGER {_name(table, 'raised')} {on} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW{_when(table)} EXECUTE FUNCTION feed_stamp_raise()"
    )


# The first that runs raises what all have noted. Every part of it is a constant of this file.
_RAISE_NOTED: Final = f"""
CREATE FUNCTION feed_stamp_raise() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE noted text := trim(current_setting('{_NOTED}', true));
BEGIN
    IF noted <> '' THEN
        PERFORM set_config('{_NOTED}', '', true);
        INSERT INTO feedstamp (source, stamp)
            SELECT source, 1 FROM unnest(string_to_array(noted, ' ')) AS each (source)
            ORDER BY source
            ON CONFLICT (source) DO UPDATE SET stamp = feedstamp.stamp + 1;
    END IF;
    RETURN NULL;
END $$
"""  # noqa: S608


def _changed(table: str, event: str) -> str:
    queries = [query.format(row=row) for row in _ROWS[event] for query in _SOURCES[table]]
    return f"({' UNION '.join(queries)}) AS changed"


def _events(table: str) -> tuple[str, ...]:
    # A condition on the new row cannot be asked of one that is gone.
    return tuple(each for each in _ROWS if table not in _ONLY or "NEW" in _ROWS[each])


def _said(event: str, table: str) -> str:
    return f"{event} OF {_COLUMN[table]}" if event == "UPDATE" and table in _COLUMN else event


def _when(table: str) -> str:
    return f" WHEN ({_ONLY[table]})" if table in _ONLY else ""


def _name(table: str, event: str = "") -> str:
    return f"feed_stamp_{table}_{event.lower()}".rstrip("_")
