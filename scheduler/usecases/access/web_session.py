"""Log-ins that live in the database: begun, found, listed and ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from scheduler.store.guarded import guarded_update
from scheduler.store.tables import WebSession
from scheduler.usecases.access.login_link import spend_link
from scheduler.usecases.access.token import hash_of, new_token

__all__ = [
    "KnownSession",
    "end_other_sessions",
    "end_session",
    "find_session",
    "is_stale",
    "log_in",
    "mark_seen",
    "sessions_of",
]

_LIFETIME = timedelta(days=30)
_IDLE = timedelta(days=14)
# A page that is only read should not write to the database each time.
_SEEN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSession:
    """A log-in that is good now; `id` is the hash of its secret, which opens nothing."""

    id: str
    person_id: int
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def log_in(session: Session, token: str, *, now: datetime) -> str:
    """Spend a log-in link and return the secret of a new session.

    Raises:
        LoginLinkSpentError: the link opens nothing any more.
    """
    person_id = spend_link(session, token, now=now)
    secret = new_token()
    session.add(
        WebSession(
            token_hash=hash_of(secret),
            person_id=person_id,
            created_at=now,
            seen_at=now,
            expires_at=now + _LIFETIME,
        )
    )
    session.flush()
    return secret


def find_session(session: Session, secret: str, *, now: datetime) -> KnownSession | None:
    """Return the log-in that a cookie's secret opens, if it is still good."""
    row = session.exec(
        select(WebSession).where(WebSession.token_hash == hash_of(secret), *_is_good(now))
    ).one_or_none()
    return None if row is None else _known(row)


def mark_seen(session: Session, known: KnownSession, *, now: datetime) -> None:
    """Note that the log-in is in use."""
    guarded_update(session, WebSession, col(WebSession.token_hash) == known.id, seen_at=now)


def is_stale(known: KnownSession, *, now: datetime) -> bool:
    """Tell whether it is time to note again that the log-in is in use."""
    return now - known.seen_at >= _SEEN_EVERY


def sessions_of(session: Session, person_id: int, *, now: datetime) -> tuple[KnownSession, ...]:
    """Return a person's log-ins that are good now, the last used first."""
    rows = session.exec(
        select(WebSession)
        .where(WebSession.person_id == person_id, *_is_good(now))
        .order_by(col(WebSession.seen_at).desc(), col(WebSession.token_hash))
    )
    return tuple(_known(row) for row in rows)


def end_session(session: Session, person_id: int, session_id: str, *, now: datetime) -> bool:
    """End one of a person's log-ins; tell whether there was such a one."""
    return guarded_update(
        session,
        WebSession,
        col(WebSession.token_hash) == session_id,
        col(WebSession.person_id) == person_id,
        col(WebSession.revoked_at).is_(None),
        revoked_at=now,
    )


def end_other_sessions(session: Session, person_id: int, kept_id: str, *, now: datetime) -> None:
    """End every log-in of a person but one, as when a machine is lost."""
    session.connection().execute(
        update(WebSession)
        .where(
            col(WebSession.person_id) == person_id,
            col(WebSession.token_hash) != kept_id,
            col(WebSession.revoked_at).is_(None),
        )
        .values(revoked_at=now)
    )


def _is_good(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(WebSession.revoked_at).is_(None),
        col(WebSession.expires_at) > now,
        col(WebSession.seen_at) > now - _IDLE,
    )


def _known(row: WebSession) -> KnownSession:
    return KnownSession(
        id=row.token_hash,
        person_id=row.person_id,
        created_at=row.created_at,
        seen_at=row.seen_at,
        expires_at=row.expires_at,
    )
