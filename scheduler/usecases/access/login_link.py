"""One-time log-in links: asked for, made and looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, or_, select

from scheduler.store.guarded import guarded_update
from scheduler.store.tables import LoginToken, Person
from scheduler.usecases.access.access import AccessPerson
from scheduler.usecases.access.errors import LoginLinkSpentError, TooManyLoginsError
from scheduler.usecases.access.rate import Limit, within_limit
from scheduler.usecases.access.token import hash_of, new_token

__all__ = [
    "LINK_LIFETIME",
    "LoginLink",
    "ask_for_login",
    "keep_login_link",
    "new_login_link",
    "person_of_link",
    "spend_link",
]

LINK_LIFETIME = timedelta(minutes=15)
_WINDOW = timedelta(minutes=15)
_PER_ADDRESS = Limit("login-mail", 5, _WINDOW)
# A whole municipality may sit behind one address of the network.
_PER_MACHINE = Limit("login-machine", 60, _WINDOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginLink:
    """A link to be sent: to whom, its secret, and from when it opens nothing."""

    person_id: int
    token: str
    expires_at: datetime


def ask_for_login(
    session: Session, *, email: str, machine: str, now: datetime
) -> LoginLink | TooManyLoginsError | None:
    """Return a new link for the person with this work address, or None if there is nobody.

    Every request is counted, for the address and for the machine it came from, so the counts have
    to be committed whatever comes back: too many is returned, not raised. The caller answers the
    same to a link and to None, so that nobody can ask who is known here.
    """
    address = email.strip().lower()
    allowed = [
        within_limit(session, _PER_ADDRESS, address, now=now),
        within_limit(session, _PER_MACHINE, machine, now=now),
    ]
    if not all(allowed):
        return TooManyLoginsError(_WINDOW)
    person_id = session.exec(
        select(Person.id).where(Person.email == address, col(Person.active).is_(True))
    ).one_or_none()
    return None if person_id is None else new_login_link(session, person_id, now=now)


def new_login_link(
    session: Session, person_id: int, *, now: datetime, lifetime: timedelta = LINK_LIFETIME
) -> LoginLink:
    """Make a link that logs the person in once, until `lifetime` has passed."""
    link = LoginLink(person_id=person_id, token=new_token(), expires_at=now + lifetime)
    session.add(
        LoginToken(
            token_hash=hash_of(link.token),
            person_id=person_id,
            created_at=now,
            expires_at=link.expires_at,
        )
    )
    session.flush()
    return link


def keep_login_link(session: Session, link: LoginLink, *, now: datetime) -> None:
    """Keep a link that logs in any number of times; only the demo makes such.

    A link with the same secret is made to last as long as this one.
    """
    session.merge(
        LoginToken(
            token_hash=hash_of(link.token),
            person_id=link.person_id,
            created_at=now,
            expires_at=link.expires_at,
            reusable=True,
        )
    )
    session.flush()


def person_of_link(session: Session, token: str, *, now: datetime) -> AccessPerson:
    """Return whom the link would log in; it is not spent by being looked at.

    Raises:
        LoginLinkSpentError: it opens nothing any more.
    """
    person = session.exec(
        select(Person)
        .join(LoginToken, col(LoginToken.person_id) == col(Person.id))
        .where(*_is_good(token, now), col(Person.active).is_(True))
    ).one_or_none()
    if person is None or person.id is None:
        raise LoginLinkSpentError
    return AccessPerson(
        id=person.id, name=person.name, email=person.email, language=person.language
    )


def spend_link(session: Session, token: str, *, now: datetime) -> int:
    """Spend a link and return the id of the person it logs in.

    The person's other one-time links are spent with it, so that a mail found later opens nothing.

    Raises:
        LoginLinkSpentError: it opens nothing any more.
    """
    person_id = person_of_link(session, token, now=now).id
    # Two requests may come this far at once; only one of them takes the step.
    if not guarded_update(session, LoginToken, *_is_good(token, now), used_at=now):
        raise LoginLinkSpentError
    session.connection().execute(
        update(LoginToken)
        .where(
            col(LoginToken.person_id) == person_id,
            col(LoginToken.used_at).is_(None),
            col(LoginToken.reusable).is_(False),
        )
        .values(used_at=now)
    )
    return person_id


def _is_good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(LoginToken.token_hash) == hash_of(token),
        col(LoginToken.expires_at) > now,
        or_(col(LoginToken.used_at).is_(None), col(LoginToken.reusable).is_(True)),
    )
