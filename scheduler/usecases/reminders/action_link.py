"""The links in mails: good for one duty, one action and one position, for thirty days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from sqlalchemy import Insert, insert
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.errors import AarshjulError
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import ActionLink, Duty, Person
from scheduler.usecases.access.token import hash_of, new_token
from scheduler.usecases.reminders.duty_states import duty_done, is_case_level
from scheduler.usecases.reminders.holders import Reader, desks_of
from scheduler.usecases.reminders.named import name_holder

__all__ = [
    "Action",
    "LinkSpentError",
    "MailedAction",
    "WhoError",
    "action_of_link",
    "new_action_link",
    "use_action_link",
]

_LIFETIME = timedelta(days=30)
_MONDAY = 0


class Action(StrEnum):
    """What a link in a mail can do, after a POST."""

    DONE = "done"
    TAKE = "take"
    WEEKLY_ONLY = "weekly_only"


class LinkSpentError(AarshjulError):
    """The link is unknown, too old, or has been used."""


class WhoError(AarshjulError):
    """The mail went to several, and it was not said who of them follows its link."""


@dataclass(frozen=True, slots=True)
class MailedAction:
    """What a link is for.

    `person_id` is None where the mail went to several; `readers` are those of them who answer for
    the position today, or act on its behalf.
    """

    duty_id: int
    action: Action
    position_id: int | None
    person_id: int | None
    readers: tuple[Reader, ...] = ()


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
    session.connection().execute(
        _link(),
        {
            "token_hash": hash_of(token),
            "duty_id": duty_id,
            "action": action.value,
            "position_id": position_id,
            "person_id": person_id,
            "created_at": now,
            "expires_at": now + _LIFETIME,
        },
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
    if link is None:
        raise LinkSpentError
    readers = _readers(session, link, now)
    ids = {reader.person_id for reader in readers}
    if not ids or (link.person_id is not None and link.person_id not in ids):
        raise LinkSpentError
    action = Action(link.action)
    return MailedAction(link.duty_id, action, link.position_id, link.person_id, readers)


def use_action_link(
    session: Session,
    token: str,
    *,
    now: datetime,
    link: str | None = None,
    person_id: int | None = None,
) -> MailedAction:
    """Do what the link is for, once; `link` is the address of the paper in the archive.

    `person_id` says who of several follows it.

    Raises:
        LinkSpentError: it opens nothing any more.
        WhoError: the mail went to several, and none of those who may is named.
        DutyStateError: the duty was cancelled meanwhile.
    """
    mailed = action_of_link(session, token, now=now)
    if mailed.person_id is None:
        if person_id not in {reader.person_id for reader in mailed.readers}:
            raise WhoError
        mailed = replace(mailed, person_id=person_id)
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
    elif mailed.action is Action.TAKE:
        name_holder(session, mailed.duty_id, mailed.person_id, by=mailed.person_id, now=now)
    else:
        guarded_update(
            session,
            Person,
            col(Person.id) == mailed.person_id,
            col(Person.digest_weekday).is_(None),
            digest_weekday=_MONDAY,
        )
    return mailed


@cache
def _link() -> Insert:
    return insert(ActionLink)


def _readers(session: Session, link: ActionLink, now: datetime) -> tuple[Reader, ...]:
    """Return who answers for the link's position today, and who acts on its behalf.

    Nobody acts on behalf of a member of a case-level forum, nor is named for what others have.
    """
    if link.position_id is None:
        return ()
    desk = desks_of(session, [link.position_id], today_of(now))[link.position_id]
    if link.action == Action.TAKE or is_case_level(session, session.get_one(Duty, link.duty_id)):
        return desk.readers
    return desk.readers + desk.delegates
