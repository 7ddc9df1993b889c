"""What every stored row has."""

from __future__ import annotations

from typing import Protocol

__all__ = ["id_of"]


class _Row(Protocol):
    id: int | None


def id_of(row: _Row) -> int:
    """Return the id of a row that is in the database.

    Raises:
        ValueError: the row has not been stored yet.
    """
    if row.id is None:
        raise ValueError(f"{type(row).__name__} is not stored yet")
    return row.id
