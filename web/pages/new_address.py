"""A new calendar address: made once however often its form is sent, and shown for a short while.

The address is kept nowhere, and stands in no address of a page. Its secret is made anew, for the
page that shows it, from a mark in the reader's visit (a signed cookie) with the key of this
installation: neither of them is enough, and the database has the hash of the secret alone.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from flask import request
from flask import session as visit
from sqlmodel import Session

from scheduler.usecases.access.token import new_token
from scheduler.usecases.feeds.made_once import made_with
from scheduler.usecases.feeds.subscriptions import Subscription, find_subscription
from web.current import current_now
from web.login.required import the_access
from web.parts import current_parts

__all__ = ["forget_address", "form_mark", "make_once", "shown_address"]

_KEY: Final = "new_address"
_SHOWN_FOR: Final = timedelta(minutes=10)
_MARK: Final = re.compile(r"[\w-]{43}", re.ASCII)


def form_mark() -> str:
    """Return what tells one form that is shown from every other, for its field `once`."""
    return new_token()


def make_once(
    session: Session, asked: tuple[str, ...], make: Callable[[str], Subscription]
) -> Subscription:
    """Make a subscription with the secret that `make` is given; the next page may show it.

    A form that is sent twice, as by a double click, makes one: `asked` is everything that it asks
    for. What was made by it is told of as long as it is shown, and after that another is made.
    """
    now = current_now()
    mark = _mark(asked)
    made = made_with(session, _secret(mark), actor_id=the_access().person.id)
    if made is not None and (made.revoked_at is not None or _is_over(made, now)):
        mark, made = new_token(), None
    if made is None:
        made = make(_secret(mark))
    visit[_KEY] = {"id": made.id, "mark": mark}
    return made


def shown_address(session: Session, subscription_id: int) -> tuple[Subscription, str] | None:
    """Return the subscription that this visit has made a moment ago, with its secret."""
    kept: dict[str, Any] = visit.get(_KEY, {})
    if kept.get("id") != subscription_id:
        return None
    secret = _secret(str(kept.get("mark")))
    made = find_subscription(session, secret)
    if made is None or made.revoked_at is not None or _is_over(made, current_now()):
        return None
    return made, secret


def forget_address() -> None:
    """Show it no more: the reader has gone on."""
    visit.pop(_KEY, None)


def _mark(asked: tuple[str, ...]) -> str:
    form = request.form.get("once", "")
    if not _MARK.fullmatch(form):
        return new_token()
    return _text(sha256("\n".join((form, *asked)).encode()).digest())


def _secret(mark: str) -> str:
    """Return 256 bits that can stand in an address; another person's are others."""
    said = f"calendar address\n{the_access().person.id}\n{mark}"
    key = current_parts().secret_key.encode()
    return _text(hmac.new(key, said.encode(), sha256).digest())


def _is_over(made: Subscription, now: datetime) -> bool:
    return now - made.created_at > _SHOWN_FOR


def _text(digest: bytes) -> str:
    return urlsafe_b64encode(digest).decode().rstrip("=")
