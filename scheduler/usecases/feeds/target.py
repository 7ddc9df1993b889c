"""Whose calendar a subscription shows."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.enums import FeedScope

__all__ = ["FeedTarget"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTarget:
    """What a subscription shows: one person, position or forum, or a whole municipality.

    `municipality_id` is None for a person, whose positions may be in several, also where a row
    that an older version wrote has one.
    """

    scope: FeedScope
    municipality_id: int | None = None
    person_id: int | None = None
    position_id: int | None = None
    forum_id: int | None = None

    def __post_init__(self) -> None:
        """Let a person's calendar be the same whoever made the subscription."""
        if self.scope is FeedScope.PERSON:
            object.__setattr__(self, "municipality_id", None)
