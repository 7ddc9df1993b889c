"""The one way to take a step that must still be allowed when it is taken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, SQLModel

__all__ = ["guarded_update"]


def guarded_update(
    session: Session,
    table: type[SQLModel],
    *where: ColumnElement[bool] | bool,
    **values: Any,
) -> bool:
    """Update the one row that still meets every condition; tell whether it was there.

    The conditions name the old state (and the lease), so two processes cannot both take a step.
    Rows already loaded in the session are not refreshed.

    Raises:
        ValueError: the conditions met more than one row; nothing may be guarded by them.
    """
    result = session.connection().execute(
        update(table).where(*where).values(**values)  # type: ignore[arg-type]
    )
    if result.rowcount > 1:
        raise ValueError(f"a guarded update of {table.__name__} met {result.rowcount} rows")
    return result.rowcount == 1
