"""Making, listing, changing, rotating and revoking subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from scheduler.domain.enums import FeedDetail, FeedScope
from scheduler.domain.errors import AarshjulError
from scheduler.domain.feeds import FeedAlarm, FeedOptions
from scheduler.domain.language import Language
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, FeedToken
from scheduler.usecases.access.token import hash_of, new_token
from scheduler.usecases.feeds.kept import drop_unused
from scheduler.usecases.feeds.target import FeedTarget
from scheduler.usecases.feeds.view import view_name

__all__ = [
    "FeedTarget",
    "Subscription",
    "UnknownSubscriptionError",
    "change_subscription",
    "create_subscription",
    "find_subscription",
    "note_fetch",
    "revoke_subscription",
    "rotate_subscription",
    "subscriptions_of_municipality",
    "subscriptions_of_person",
]


class UnknownSubscriptionError(AarshjulError):
    """There is no such subscription, or it is revoked, or it is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One subscription without its secret, which is shown once and kept only as a hash.

    `options_changed_at` is when its entries last came to be written another way, or None.
    """

    id: int
    view: str
    target: FeedTarget
    owner_id: int | None
    label: str
    options: FeedOptions
    options_changed_at: datetime | None
    created_at: datetime
    revoked_at: datetime | None
    fetched_at: datetime | None
    fetched_by: str | None

    @property
    def with_duties(self) -> bool:
        """Tell whether deadlines stand in it too."""
        return self.options.with_duties


def create_subscription(
    session: Session,
    target: FeedTarget,
    *,
    owner_id: int | None,
    label: str,
    language: Language,
    now: datetime,
    with_duties: bool = True,
    with_cancelled: bool = True,
    detail: FeedDetail = FeedDetail.FULL,
    alarm: FeedAlarm = FeedAlarm.NONE,
    options_changed_at: datetime | None = None,
    secret: str | None = None,
    actor_id: int | None = None,
) -> tuple[Subscription, str]:
    """Make a subscription; return it with its secret, which is never shown again.

    `owner_id` is the person who made it, or None when an administrator printed it, who then is
    `actor_id`. `options_changed_at` is that of the one it takes over from. `secret` is given where
    the same address must come back: after a restart (the demo), or on the page that shows it.
    """
    chosen = secret or new_token()
    options = FeedOptions(
        language=language,
        detail=detail,
        alarm=alarm,
        with_duties=with_duties,
        with_cancelled=with_cancelled,
    )
    row = FeedToken(
        token_hash=hash_of(chosen),
        view=view_name(target, options, owner_id=owner_id, options_changed_at=options_changed_at),
        municipality_id=target.municipality_id,
        owner_id=owner_id,
        scope=target.scope,
        person_id=target.person_id,
        position_id=target.position_id,
        forum_id=target.forum_id,
        label=label,
        language=language,
        with_duties=with_duties,
        with_cancelled=with_cancelled,
        detail=detail,
        alarm=alarm,
        options_changed_at=options_changed_at,
        created_at=now,
    )
    session.add(row)
    session.flush()
    _log(session, row, action="create_subscription", actor_id=actor_id or owner_id, now=now)
    return _snapshot(row), chosen


def find_subscription(session: Session, secret: str) -> Subscription | None:
    """Return the subscription with that secret, revoked ones too, or None."""
    row = session.exec(
        select(FeedToken).where(FeedToken.token_hash == hash_of(secret))
    ).one_or_none()
    return None if row is None else _snapshot(row)


def subscriptions_of_person(session: Session, person_id: int) -> tuple[Subscription, ...]:
    """Return a person's own live subscriptions, the newest first."""
    return _live(session, FeedToken.owner_id == person_id)


def subscriptions_of_municipality(
    session: Session, municipality_id: int
) -> tuple[Subscription, ...]:
    """Return the live subscriptions to a municipality and its positions and forums.

    Not those to a person, whose business it is, also where an older version noted a municipality.
    When and by what they were fetched is left out: only the owner sees that (privacy rule 5).
    """
    found = _live(
        session,
        and_(
            col(FeedToken.municipality_id) == municipality_id,
            col(FeedToken.scope) != FeedScope.PERSON,
        ),
    )
    return tuple(_without_fetches(subscription) for subscription in found)


def change_subscription(
    session: Session,
    subscription_id: int,
    options: FeedOptions,
    *,
    label: str,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Write a subscription another way from its next fetch on; the address stays.

    Where each entry is written otherwise, all of them were changed now (RFC 5545 section 3.8.7.3):
    a program that believes LAST-MODIFIED would else keep the old titles, agendas and alarms. Which
    entries are in it is seen without that. Nor does a new version of the program count, or another
    address of the site: its words differ in few entries, and each of everybody's would be called
    changed.

    Raises:
        UnknownSubscriptionError: there is none that is live.
    """
    row = session.get(FeedToken, subscription_id)
    if row is None or row.revoked_at is not None:
        raise UnknownSubscriptionError
    was = row.view
    if (row.language, row.detail, row.alarm) != (options.language, options.detail, options.alarm):
        row.options_changed_at = now
    row.label = label
    row.language, row.detail, row.alarm = options.language, options.detail, options.alarm
    row.with_duties, row.with_cancelled = options.with_duties, options.with_cancelled
    row.view = view_name(
        _snapshot(row).target,
        options,
        owner_id=row.owner_id,
        options_changed_at=row.options_changed_at,
    )
    session.add(row)
    session.flush()
    drop_unused(session, was)
    _log(session, row, action="change_subscription", actor_id=actor_id, now=now)


def revoke_subscription(
    session: Session, subscription_id: int, *, actor_id: int | None, now: datetime
) -> None:
    """End a subscription: its address answers 410 from now on.

    Raises:
        UnknownSubscriptionError: there is none that is live.
    """
    if not guarded_update(
        session,
        FeedToken,
        col(FeedToken.id) == subscription_id,
        col(FeedToken.revoked_at).is_(None),
        revoked_at=now,
    ):
        raise UnknownSubscriptionError
    row = session.get_one(FeedToken, subscription_id)
    session.refresh(row)
    drop_unused(session, row.view)
    _log(session, row, action="revoke_subscription", actor_id=actor_id, now=now)


def rotate_subscription(
    session: Session,
    subscription_id: int,
    *,
    actor_id: int | None,
    now: datetime,
    secret: str | None = None,
) -> tuple[Subscription, str]:
    """Give a subscription a new address: the old one answers 410 from now on.

    `secret` is that of the new address, where it is not to be drawn here.

    Raises:
        UnknownSubscriptionError: there is none that is live.
    """
    revoke_subscription(session, subscription_id, actor_id=actor_id, now=now)
    old = _snapshot(session.get_one(FeedToken, subscription_id))
    return create_subscription(
        session,
        old.target,
        owner_id=old.owner_id,
        label=old.label,
        language=old.options.language,
        now=now,
        with_duties=old.options.with_duties,
        with_cancelled=old.options.with_cancelled,
        detail=old.options.detail,
        alarm=old.options.alarm,
        options_changed_at=old.options_changed_at,
        secret=secret,
    )


def note_fetch(session: Session, subscription_id: int, *, client: str, now: datetime) -> None:
    """Note when a subscription was last fetched and by what, for its owner to see."""
    guarded_update(
        session,
        FeedToken,
        col(FeedToken.id) == subscription_id,
        fetched_at=now,
        fetched_by=client[:100],
    )


def _live(session: Session, condition: ColumnElement[bool] | bool) -> tuple[Subscription, ...]:
    rows: Sequence[FeedToken] = session.exec(
        select(FeedToken)
        .where(condition, col(FeedToken.revoked_at).is_(None))
        .order_by(col(FeedToken.created_at).desc(), col(FeedToken.id).desc())
    ).all()
    return tuple(_snapshot(row) for row in rows)


def _snapshot(row: FeedToken) -> Subscription:
    return Subscription(
        id=id_of(row),
        view=row.view,
        target=FeedTarget(
            scope=row.scope,
            municipality_id=row.municipality_id,
            person_id=row.person_id,
            position_id=row.position_id,
            forum_id=row.forum_id,
        ),
        owner_id=row.owner_id,
        label=row.label,
        options=FeedOptions(
            language=row.language,
            detail=row.detail,
            alarm=row.alarm,
            with_duties=row.with_duties,
            with_cancelled=row.with_cancelled,
        ),
        options_changed_at=row.options_changed_at,
        created_at=row.created_at,
        revoked_at=row.revoked_at,
        fetched_at=row.fetched_at,
        fetched_by=row.fetched_by,
    )


def _without_fetches(subscription: Subscription) -> Subscription:
    return replace(subscription, fetched_at=None, fetched_by=None)


def _log(
    session: Session, row: FeedToken, *, action: str, actor_id: int | None, now: datetime
) -> None:
    session.add(
        AuditEvent(
            at=now,
            municipality_id=row.municipality_id,
            person_id=actor_id,
            action=action,
            entity="subscription",
            entity_id=id_of(row),
            after={"scope": row.scope.value},
        )
    )
