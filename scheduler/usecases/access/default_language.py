"""Which written form somebody meets before the program knows who it is."""

from __future__ import annotations

from sqlmodel import Session, col, select

from scheduler.domain.language import Language
from scheduler.store.tables import Municipality

__all__ = ["default_language"]


def default_language(session: Session) -> Language | None:
    """Return the written form that all municipalities here share, or None where they differ."""
    found = session.exec(select(col(Municipality.language)).distinct().limit(2)).all()
    return found[0] if len(found) == 1 else None
