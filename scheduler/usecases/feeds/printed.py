"""Calendar addresses that an administrator prints for somebody who does not log in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.enums import FeedScope, ForumLevel
from scheduler.domain.language import Language
from scheduler.store.in_force import in_use
from scheduler.store.tables import AuditEvent, Forum, Position, Seat
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.feeds.subscriptions import (
    Subscription,
    UnknownSubscriptionError,
    create_subscription,
    revoke_subscription,
    subscriptions_of_municipality,
)
from scheduler.usecases.feeds.target import FeedTarget

__all__ = [
    "Printable",
    "end_closed_addresses",
    "end_printed",
    "print_address",
    "printable",
    "printed_addresses",
]


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
            col(Position.id).not_in(_POSITIONS_OF_CASES),
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
    session: Session,
    acting: Acting,
    target: FeedTarget,
    *,
    label: str,
    language: Language,
    secret: str | None = None,
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
        secret=secret,
    )


def printed_addresses(session: Session, municipality_id: int) -> tuple[Subscription, ...]:
    """Return the live ones that nobody owns, the newest first.

    One that was made on the command line for a case-level forum, or a seat in one, is not told of.
    """
    found = subscriptions_of_municipality(session, municipality_id)
    closed = _closed_to_print(session, [one.target for one in found])
    return tuple(one for one in found if one.owner_id is None and one.target not in closed)


def end_closed_addresses(session: Session, municipality_id: int, *, now: datetime) -> int:
    """End what was printed for a forum or a position that has come to case level since.

    To be called where seats and levels change. What was made on the command line stays.
    """
    printed = set(
        session.exec(
            select(AuditEvent.entity_id).where(
                AuditEvent.municipality_id == municipality_id,
                AuditEvent.action == "create_subscription",
                col(AuditEvent.person_id).is_not(None),
            )
        )
    )
    live = [
        one
        for one in subscriptions_of_municipality(session, municipality_id)
        if one.owner_id is None and one.id in printed
    ]
    closed = _closed_to_print(session, [one.target for one in live])
    ended = [one for one in live if one.target in closed]
    for one in ended:
        revoke_subscription(session, one.id, actor_id=None, now=now)
    return len(ended)


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


_POSITIONS_OF_CASES = (
    select(Seat.position_id)
    .join(Forum, col(Forum.id) == Seat.forum_id)
    .where(col(Forum.level) != ForumLevel.SYSTEM)
)


def _closed_to_print(session: Session, targets: Collection[FeedTarget]) -> set[FeedTarget]:
    forums = {one.forum_id for one in targets} - {None}
    positions = {one.position_id for one in targets} - {None}
    of_cases = set(
        session.exec(
            select(Forum.id).where(col(Forum.id).in_(forums), Forum.level != ForumLevel.SYSTEM)
        )
    )
    in_cases = set(session.exec(_POSITIONS_OF_CASES.where(col(Seat.position_id).in_(positions))))
    return {one for one in targets if one.forum_id in of_cases or one.position_id in in_cases}
