"""What a feed is made of, by the names that the database's stamps go by."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from scheduler.domain.enums import FeedScope
from scheduler.store.feed_stamps import ALL, municipality_source, person_source
from scheduler.store.tables import Holder, Position
from scheduler.usecases.feeds.target import FeedTarget

__all__ = ["sources_of"]


def sources_of(
    session: Session,
    target: FeedTarget,
    *,
    owner_id: int | None,
    municipality_ids: Iterable[int] = (),
) -> frozenset[str]:
    """Return the sources of a feed, also of one that is empty or gone just now.

    `municipality_ids` are those whose rows are in it. Every municipality that its person has ever
    worked in counts too: a change there may open it again.
    """
    person_id = target.person_id if target.scope is FeedScope.PERSON else owner_id
    municipalities = set(municipality_ids)
    if target.municipality_id is not None:
        municipalities.add(target.municipality_id)
    sources = {ALL}
    if person_id is not None:
        sources.add(person_source(person_id))
        municipalities.update(
            session.exec(
                select(Position.municipality_id)
                .join(Holder, col(Holder.position_id) == Position.id)
                .where(Holder.person_id == person_id)
                .distinct()
            )
        )
    return frozenset(sources.union(map(municipality_source, municipalities)))
