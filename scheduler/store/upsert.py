"""An INSERT that can say ON CONFLICT, which each database has its own words for."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session, SQLModel

__all__ = ["insert_into"]


def insert_into(session: Session, table: type[SQLModel]) -> Any:
    """Return an INSERT into the table with `on_conflict_do_update` and `on_conflict_do_nothing`.

    Each takes `index_elements`; the words are the same in SQLite and PostgreSQL.
    """
    # Imported here: what knows PostgreSQL takes two megabytes, and is not needed on SQLite.
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        return insert(table)
    from sqlalchemy.dialects.sqlite import insert as insert_on_sqlite

    return insert_on_sqlite(table)
