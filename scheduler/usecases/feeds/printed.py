"""Calendar addresses that an administrator prints for somebody who does not log in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import FeedScope, ForumLevel
from scheduler.domain.language import Language
from scheduler.store.in_force import in_use
from scheduler.store.tables import Forum, Position, Seat
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.feeds.subscriptions import (
    Subscription,
    UnknownSubscriptionError,
    create_subscription,
    revoke_subscription,
    subscriptions_of_municipality,
)
from scheduler.usecases.feeds.target import FeedTarget

__all__ = ["Printable", "end_printed", "print_address", "printable", "printed_addresses"]


@dataclass(frozen=True, slots=True)
class Printable:
    """What an address can be printed for, with the name of the position or forum."""

    target: FeedTarget
    name: str


def printable(session: Session, municipality_id: int, *, today: date) -> tuple[Printable, ...]:
    """Return what may be printed: the open calendars, by scope and then by name.

    Whoever prints an address can read it. So a case-level forum is not among them, nor is a
    position with a seat in one: its holder makes the subscription themselves (privacy rule 4).
    """
    of_cases = (
        select(Seat.position_id)
        .join(Forum, col(Forum.id) == Seat.forum_id)
        .where(col(Forum.level) != ForumLevel.SYSTEM)
    )
    forums = session.exec(
        select(col(Forum.id), col(Forum.name))
        .where(
            Forum.municipality_id == municipality_id,
            col(Forum.level) == ForumLevel.SYSTEM,
            in_use(Forum.retired_on, today),
        )
        .order_by(col(Forum.name), col(Forum.id))
    )
    positions = session.exec(
        select(col(Position.id), col(Position.title))
        .where(
            Position.municipality_id == municipality_id,
            in_use(Position.retired_on, today),
            col(Position.id).not_in(of_cases),
        )
        .order_by(col(Position.title), col(Position.id))
    )
    own = municipality_id
    return (
        Printable(FeedTarget(scope=FeedScope.MUNICIPALITY, municipality_id=own), ""),
        Printable(FeedTarget(scope=FeedScope.LEADERS, municipality_id=own), ""),
        *(
            Printable(
                FeedTarget(scope=FeedScope.POSITION, municipality_id=own, position_id=number), title
            )
            for number, title in positions
        ),
        *(
            Printable(FeedTarget(scope=FeedScope.FORUM, municipality_id=own, forum_id=number), name)
            for number, name in forums
        ),
    )


def print_address(
    session: Session, acting: Acting, target: FeedTarget, *, label: str, language: Language
) -> tuple[Subscription, str]:
    """Make a subscription that nobody owns; return it with its secret, shown this once.

    Raises:
        UnknownSubscriptionError: no address may be printed for that.
    """
    may = printable(session, acting.municipality_id, today=acting.today)
    if target not in {one.target for one in may}:
        raise UnknownSubscriptionError
    return create_subscription(
        session,
        target,
        owner_id=None,
        actor_id=acting.person_id,
        label=label,
        language=language,
        now=acting.now,
    )


def printed_addresses(session: Session, municipality_id: int) -> tuple[Subscription, ...]:
    """Return the live ones that nobody owns, the newest first."""
    found = subscriptions_of_municipality(session, municipality_id)
    return tuple(one for one in found if one.owner_id is None)


def end_printed(session: Session, acting: Acting, subscription_id: int) -> Subscription:
    """End a printed address; return what it was.

    Raises:
        UnknownSubscriptionError: it is somebody's own, another municipality's, or ended already.
    """
    for one in printed_addresses(session, acting.municipality_id):
        if one.id == subscription_id:
            revoke_subscription(session, one.id, actor_id=acting.person_id, now=acting.now)
            return one
    raise UnknownSubscriptionError
