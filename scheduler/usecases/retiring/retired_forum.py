"""A forum that is out of use already, for who asks for it a second time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from scheduler.domain.enums import ForumLevel
from scheduler.store.tables import Forum

__all__ = ["RetiredForum", "retired_forum"]


@dataclass(frozen=True, slots=True)
class RetiredForum:
    """What says who may know that the forum is out of use, and what it was called."""

    name: str
    municipality_id: int
    level: ForumLevel


def retired_forum(session: Session, municipality_id: int, slug: str) -> RetiredForum | None:
    """Return the municipality's forum of that slug where it is out of use.

    Whether the reader may know of it is for the caller to say (privacy rule 4).
    """
    found = session.exec(
        select(Forum).where(
            Forum.municipality_id == municipality_id,
            Forum.slug == slug,
            col(Forum.retired_on).is_not(None),
        )
    ).first()
    return None if found is None else RetiredForum(found.name, municipality_id, found.level)
