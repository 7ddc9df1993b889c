"""`/feeds/<token>.ics`: the calendar of one subscription, or a plain error, never an empty one."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, after_this_request, request
from sqlalchemy.exc import OperationalError

from calendars.conditional import already_has
from calendars.feed import etag
from scheduler.usecases.feeds.contents import GoneError, feed_contents
from scheduler.usecases.feeds.subscriptions import Subscription, find_subscription, note_fetch
from web.addresses import page_address
from web.feeds.entries import feed_bytes
from web.parts import Parts, current_parts

__all__ = ["blueprint"]

blueprint = Blueprint("feeds", __name__)

_OSLO = ZoneInfo("Europe/Oslo")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,128}")
_NOTED_AT_MOST_EVERY = timedelta(hours=1)


@blueprint.get("/feeds/<token>.ics")
def feed(token: str) -> Response:
    """Answer 200 with the calendar, 304, 404 for an unknown token or 410 for one that is over."""
    parts = current_parts()
    now = parts.clock()
    if _TOKEN.fullmatch(token) is None:
        return _refusal(404)
    with parts.database.read() as session:
        subscription = find_subscription(session, token)
        if subscription is None:
            return _refusal(404)
        if subscription.revoked_at is not None:
            return _refusal(410)
        try:
            contents = feed_contents(
                session,
                subscription.target,
                owner_id=subscription.owner_id,
                with_duties=subscription.with_duties,
                now=now,
                today=now.astimezone(_OSLO).date(),
            )
        except GoneError:
            return _refusal(410)
    body = feed_bytes(
        contents,
        language=subscription.language,
        detail=subscription.detail,
        address_of=page_address(parts.settings.base_url),
    )
    _note_afterwards(parts, subscription, now)
    return _answer(body)


def _answer(body: bytes) -> Response:
    tag = etag(body)
    if already_has(request.headers.get("If-None-Match"), tag):
        response = Response(status=304)
        response.headers.pop("Content-Type", None)
    else:
        response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "private, max-age=300"
    return response


def _refusal(status: int) -> Response:
    text = "Not found\n" if status == 404 else "Gone\n"
    return Response(
        text,
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )


def _note_afterwards(parts: Parts, subscription: Subscription, now: datetime) -> None:
    """Note the fetch for its owner, at most once an hour; a busy database goes without."""
    fetched_at = subscription.fetched_at
    if fetched_at is not None and now - fetched_at < _NOTED_AT_MOST_EVERY:
        return
    client = request.user_agent.string

    @after_this_request
    def _note(response: Response) -> Response:
        @response.call_on_close
        def _write() -> None:
            try:
                with parts.database.write() as session:
                    note_fetch(session, subscription.id, client=client, now=now)
            except OperationalError:
                return

        return response
