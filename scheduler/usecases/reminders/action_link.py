"""The links in mails: good for one duty, one action and one position, for thirty days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.errors import AarshjulError
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import ActionLink, Person
from scheduler.usecases.access.token import hash_of, new_token
from scheduler.usecases.reminders.duty_states import duty_done
from scheduler.usecases.reminders.holders import readers_of

__all__ = [
    "Action",
    "LinkSpentError",
    "MailedAction",
    "action_of_link",
    "new_action_link",
    "use_action_link",
]

_LIFETIME = timedelta(days=30)
_MONDAY = 0


class Action(StrEnum):
    """What a link in a mail can do, after a POST."""

    DONE = "done"
    WEEKLY_ONLY = "weekly_only"


class LinkSpentError(AarshjulError):
    """The link is unknown, too old, or has been used."""


@dataclass(frozen=True, slots=True)
class MailedAction:
    """What a link is for. `person_id` is None where the mail went to several."""

    duty_id: int
    action: Action
    position_id: int | None
    person_id: int | None


def new_action_link(
    session: Session,
    *,
    duty_id: int,
    action: Action,
    position_id: int | None,
    person_id: int | None,
    now: datetime,
) -> str:
    """Make a link and return its secret, of which only the hash is kept."""
    token = new_token()
    session.add(
        ActionLink(
            token_hash=hash_of(token),
            duty_id=duty_id,
            action=action.value,
            position_id=position_id,
            person_id=person_id,
            created_at=now,
            expires_at=now + _LIFETIME,
        )
    )
    return token


def action_of_link(session: Session, token: str, *, now: datetime) -> MailedAction:
    """Return what a link is for, without using it: programs that scan mail follow links.

    Raises:
        LinkSpentError: it opens nothing any more.
    """
    link = session.exec(
        select(ActionLink).where(
            ActionLink.token_hash == hash_of(token),
            col(ActionLink.expires_at) > now,
            col(ActionLink.used_at).is_(None),
        )
    ).one_or_none()
    if link is None or not _still_answers(session, link, now):
        raise LinkSpentError
    return MailedAction(link.duty_id, Action(link.action), link.position_id, link.person_id)


def use_action_link(
    session: Session, token: str, *, now: datetime, link: str | None = None
) -> MailedAction:
    """Do what the link is for, once; `link` is the address of the paper in the archive.

    Raises:
        LinkSpentError: it opens nothing any more.
        DutyStateError: the duty was cancelled meanwhile.
    """
    mailed = action_of_link(session, token, now=now)
    if not guarded_update(
        session,
        ActionLink,
        col(ActionLink.token_hash) == hash_of(token),
        col(ActionLink.used_at).is_(None),
        used_at=now,
    ):
        raise LinkSpentError
    if mailed.action is Action.DONE:
        duty_done(session, mailed.duty_id, by=mailed.person_id, now=now, link=link, through="mail")
    elif mailed.person_id is not None:
        guarded_update(
            session,
            Person,
            col(Person.id) == mailed.person_id,
            col(Person.digest_weekday).is_(None),
            digest_weekday=_MONDAY,
        )
    return mailed


def _still_answers(session: Session, link: ActionLink, now: datetime) -> bool:
    """Tell whether the person it was sent to still answers for the position."""
    if link.position_id is None or link.person_id is None:
        return True
    readers = readers_of(session, [link.position_id], today_of(now))[link.position_id]
    return link.person_id in {reader.person_id for reader in readers}
