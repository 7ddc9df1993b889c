"""What the pages are put together from; `web.wiring` is the only one that makes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, cast

from flask import Blueprint, Flask, current_app
from sqlmodel import Session

from scheduler.store.database import Database
from scheduler.usecases.feeds.held import HeldFeeds
from scheduler.usecases.year.closed_days import HolidaysOf
from web.settings import Settings

__all__ = ["LoginMail", "Parts", "current_parts", "install_parts"]

_KEY = "aarshjul"


class LoginMail(Protocol):
    """Puts a log-in mail in line, in the transaction of `session`."""

    def __call__(
        self, session: Session, *, person_id: int, url: str, expires_at: datetime, now: datetime
    ) -> None:
        """Put the mail with `url` to the person in line; it is of no use after `expires_at`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Everything concrete that the pages need.

    `blueprints` are registered as they are; those that outside programs post to, without a page
    of ours before, are in `without_csrf`. `is_ready` answers `/readyz`.
    """

    settings: Settings
    secret_key: str
    database: Database
    clock: Callable[[], datetime]
    send_login_mail: LoginMail
    is_ready: Callable[[], bool]
    holidays_of: HolidaysOf
    blueprints: tuple[Blueprint, ...] = ()
    without_csrf: tuple[Blueprint, ...] = ()
    demo: bool = False
    held_feeds: HeldFeeds = field(default_factory=HeldFeeds)


def current_parts() -> Parts:
    """Return the parts of the application that serves this request."""
    return cast(Parts, current_app.extensions[_KEY])


def install_parts(app: Flask, parts: Parts) -> None:
    """Give the application its parts."""
    app.extensions[_KEY] = parts
