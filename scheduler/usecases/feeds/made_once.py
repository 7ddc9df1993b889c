"""Whether a form that is sent again has made its subscription already."""

from __future__ import annotations

from sqlmodel import Session, select

from scheduler.store.tables import Person
from scheduler.usecases.feeds.subscriptions import Subscription, find_subscription

__all__ = ["made_with"]


def made_with(session: Session, secret: str, *, actor_id: int) -> Subscription | None:
    """Return what was made with the secret of a form, ended or not, or None.

    The same person's next form waits here until this transaction is over, so that of two that are
    sent at once the second finds what the first made.
    """
    session.exec(select(Person.id).where(Person.id == actor_id).with_for_update()).one()
    return find_subscription(session, secret)
