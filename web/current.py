"""What is known about the request that is being served: the time, the person, the municipality."""

from __future__ import annotations

from datetime import date, datetime

from flask import abort, g, request

from scheduler.domain.civil_time import today_of
from scheduler.usecases.access.access import Access, AccessMunicipality
from scheduler.usecases.access.access_of import access_of
from scheduler.usecases.access.web_session import KnownSession, find_session, is_stale, mark_seen
from web.parts import current_parts

__all__ = [
    "SESSION_COOKIE",
    "absolute_url",
    "current_access",
    "current_municipality",
    "current_now",
    "current_session",
    "current_today",
    "forget_person",
    "session_cookie_name",
    "shown_municipality",
]

SESSION_COOKIE = "aarshjul"


def current_now() -> datetime:
    """Return the instant of this request, the same throughout it."""
    if "now" not in g:
        g.now = current_parts().clock()
    now: datetime = g.now
    return now


def current_today() -> date:
    """Return the day of this request in Norway."""
    return today_of(current_now())


def current_session() -> KnownSession | None:
    """Return the log-in that this request came with, if it is good."""
    _load_person()
    known: KnownSession | None = g.known_session
    return known


def current_access() -> Access | None:
    """Return what the person who is logged in may enter, or None for a stranger."""
    _load_person()
    access: Access | None = g.access
    return access


def current_municipality() -> AccessMunicipality | None:
    """Return the municipality of this page: the address's, or the only one the person has.

    An address with a municipality where the person has no business is "not found", as is one
    that does not exist.
    """
    found = shown_municipality()
    if found is None and _municipality_in_address() is not None:
        abort(404)
    return found


def shown_municipality() -> AccessMunicipality | None:
    """Return the same for the frame of the page, which the page "not found" has too."""
    access = current_access()
    if access is None:
        return None
    slug = _municipality_in_address()
    if slug is not None:
        return access.municipality(slug)
    return access.municipalities[0] if len(access.municipalities) == 1 else None


def absolute_url(path: str) -> str:
    """Return the whole address of a path here, for mails and calendars.

    The configured address is the only source: a request's own Host header is never believed.
    """
    return current_parts().settings.needed_base_url() + path


def session_cookie_name() -> str:
    """Return the log-in cookie's name; over HTTPS the browser itself binds it to this host."""
    over_https = current_parts().settings.over_https
    return f"__Host-{SESSION_COOKIE}" if over_https else SESSION_COOKIE


def forget_person() -> None:
    """Read the person anew at the next question, after a log-in or a change to the person."""
    g.pop("known_session", None)
    g.pop("access", None)


def _municipality_in_address() -> str | None:
    return (request.view_args or {}).get("municipality")


def _load_person() -> None:
    if "access" in g:
        return
    g.known_session = g.access = None
    secret = request.cookies.get(session_cookie_name())
    if not secret:
        return
    database, now = current_parts().database, current_now()
    with database.read() as session:
        known = find_session(session, secret, now=now)
        access = (
            None if known is None else access_of(session, known.person_id, today=current_today())
        )
    if known is None or access is None:
        return
    g.known_session, g.access = known, access
    if is_stale(known, now=now):
        with database.write() as session:
            mark_seen(session, known, now=now)
