"""The whole application for tests: over a given database, at a fixed time, with a mailbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from sqlmodel import Session
from werkzeug.test import TestResponse

from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.usecases.access.login_link import new_login_link
from scheduler.usecases.access.web_session import log_in
from tests.factories.kept_work import KeptRule
from web.factory import create_app
from web.parts import Parts
from web.settings import Settings

__all__ = ["BASE_URL", "LoginMailbox", "Site", "make_site"]

BASE_URL = "http://arshjul.example"
_SECRET_KEY = "q8Zt3kLw0yXvR5nB7mHc2JpFd9sGa4Ue"
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class LoginMailbox:
    """Keeps what would have been mailed: person and address, in the order they were sent."""

    sent: list[tuple[int, str]] = field(default_factory=list)

    def __call__(
        self, session: Session, *, person_id: int, url: str, expires_at: datetime, now: datetime
    ) -> None:
        """Keep the mail."""
        del session, expires_at, now
        self.sent.append((person_id, url))

    @property
    def last_path(self) -> str:
        """The path of the last link."""
        return self.sent[-1][1].removeprefix(BASE_URL)


@dataclass
class Site:
    """The application with its database, its mailbox and its clock, which a test may move."""

    app: Flask
    database: Database
    mailbox: LoginMailbox
    now: datetime
    ready: bool = True

    def visitor(self) -> Visitor:
        """Return a browser that nobody is logged in with."""
        return Visitor(self.app.test_client())

    def visitor_as(self, person_id: int) -> Visitor:
        """Return a browser that the person is logged in with."""
        visitor = self.visitor()
        visitor.client.set_cookie("aarshjul", self.session_secret(person_id))
        return visitor

    def session_secret(self, person_id: int) -> str:
        """Log the person in and return the secret of the log-in cookie."""
        with self.database.write() as session:
            link = new_login_link(session, person_id, now=self.now)
            return log_in(session, link.token, now=self.now)


@dataclass
class Visitor:
    """A browser without windows that fills in the form token of the page it last saw."""

    client: FlaskClient
    token: str = ""

    def get(self, path: str, **options: Any) -> TestResponse:
        """Open a page."""
        return self._seen(self.client.get(path, buffered=True, **options))

    def post(self, path: str, values: dict[str, str] | None = None, **options: Any) -> TestResponse:
        """Send a form from the page last seen."""
        return self._seen(
            self.client.post(path, data={"csrf_token": self.token, **(values or {})}, **options)
        )

    def _seen(self, response: TestResponse) -> TestResponse:
        if response.mimetype == "text/html" and (found := _TOKEN.search(response.text)):
            self.token = found.group(1)
        return response


class _CompiledTemplates(BytecodeCache):
    """Keeps compiled templates from one application to the next, by their text."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if (kept := self._kept.get(bucket.key + bucket.checksum)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


_COMPILED = _CompiledTemplates()
# Each test makes an application, and all of them have the same addresses.
Flask.url_rule_class = KeptRule


def make_site(
    database: Database,
    now: datetime,
    *,
    settings: Settings | None = None,
    blueprints: tuple[Blueprint, ...] = (),
    without_csrf: tuple[Blueprint, ...] = (),
    change: Callable[[Parts], Parts] = lambda parts: parts,
) -> Site:
    """Return the application over the database, at `now`; `change` may replace any of its parts."""
    mailbox = LoginMailbox()
    holder: list[Site] = []
    parts = Parts(
        holidays_of=public_holidays,
        settings=settings or Settings(base_url=BASE_URL),
        secret_key=_SECRET_KEY,
        database=database,
        clock=lambda: holder[0].now,
        send_login_mail=mailbox,
        is_ready=lambda: holder[0].ready,
        blueprints=blueprints,
        without_csrf=without_csrf,
    )
    app = create_app(change(parts))
    app.jinja_env.bytecode_cache = _COMPILED
    app.testing = True
    holder.append(Site(app=app, database=database, mailbox=mailbox, now=now))
    return holder[0]
