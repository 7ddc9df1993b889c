"""Runs the migrations on the connection that the program hands over."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel

import scheduler.store.tables  # noqa: F401 - importing it registers every table.
from scheduler.store.feed_stamps import place_triggers, remove_triggers


def _migrate() -> None:
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        transaction_per_migration=False,
        render_item=_render,
        include_object=context.config.attributes.get("include_object"),
    )
    with context.begin_transaction():
        # SQLite drops a table's triggers when it is made anew, and PostgreSQL changes no table
        # that one still waits to run for: so they are set aside, and placed again every time.
        remove_triggers(connection)
        context.run_migrations()
        _refuse_loose_ends(connection)
        place_triggers(connection)


def _refuse_loose_ends(connection: sa.Connection) -> None:
    """Raise where a row points at one that is not there; SQLite does not look while it migrates."""
    if connection.dialect.name == "sqlite":
        loose = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if loose:
            raise LookupError(f"rows that point nowhere after the migration: {loose[:5]}")


def _render(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write plain column types, so that a migration stays true when the code moves on."""
    if kind != "type":
        return False
    if isinstance(item, sa.Enum):
        return "sa.String(length=40)"
    if isinstance(item, sa.types.TypeDecorator) and isinstance(item.impl, sa.DateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(item, sa.String) or type(item).__name__ == "AutoString":
        return "sa.String()"
    return False


_migrate()
