"""Does a thing in a transaction and takes it back: what is told beforehand is the real thing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from scheduler.store.database import Database

__all__ = ["only_look"]

_Found = TypeVar("_Found")


class _TakenBackError(Exception):
    """Ends the transaction, so that nothing of it is kept."""


def only_look(database: Database, step: Callable[[Session], _Found]) -> _Found:
    """Return what the step returns, with everything it wrote rolled back."""
    found: list[_Found] = []
    try:
        with database.write() as session:
            found.append(step(session))
            raise _TakenBackError
    except _TakenBackError:
        return found[0]
