"""`/feeds/<token>.ics`: the calendar of one subscription, or a plain error, never an empty one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Final

from flask import Blueprint, Response, request
from sqlalchemy.exc import OperationalError
from sqlmodel import Session
from werkzeug.datastructures import Headers
from werkzeug.exceptions import InternalServerError

from calendars.conditional import already_has
from calendars.text import one_line
from scheduler.usecases.feeds.look_up import FoundFeed, look_up
from scheduler.usecases.feeds.subscriptions import note_fetch
from web.addresses import page_address
from web.feeds.making import Making, keep, make_feed
from web.feeds.program import program_name
from web.parts import Parts, current_parts

__all__ = ["blueprint"]

blueprint = Blueprint("feeds", __name__)

_LOG = logging.getLogger("web.errors")

_NOTED_AT_MOST_EVERY: Final = timedelta(hours=1)
# A client that is made up has no more to say about itself than a real one.
_LONGEST_TOKEN: Final = 128
_LONGEST_NAME: Final = 100


@blueprint.get("/feeds/<token>.ics")
def feed(token: str) -> Response:
    """Answer 200 with the calendar, 304, 404 for an unknown token or 410 for one that is over.

    What is kept is found by one look-up, whatever the answer; the bytes are read only where they
    are sent.
    """
    parts = current_parts()
    now = parts.clock()
    program = program_name(parts.settings.base_url)
    has = request.environ.get("HTTP_IF_NONE_MATCH")
    found = look_up(
        parts.database,
        token[:_LONGEST_TOKEN],
        known=_one_tag(has),
        program=program,
        held=parts.held_feeds,
        now=now,
    )
    if found is None:
        return _refusal(404)
    if found.is_over:
        return _refusal(410)
    if found.etag is not None:
        if already_has(has, found.etag):
            return _noting(parts, _unchanged(found.etag), found, None, now)
        if found.body is not None:
            return _noting(parts, _calendar(found.body, found.etag), found, None, now)
    made = make_feed(
        parts.database,
        token,
        program=program,
        address_of=page_address(parts.settings.base_url),
        now=now,
    )
    if made is None:
        return _refusal(404)
    if made.feed.etag is None:
        return _noting(parts, _refusal(410), found, made, now)
    if already_has(has, made.feed.etag):
        return _noting(parts, _unchanged(made.feed.etag), found, made, now)
    return _noting(parts, _calendar(made.feed.body, made.feed.etag), found, made, now)


@blueprint.errorhandler(OperationalError)
def _busy(error: OperationalError) -> Response:
    """Ask to come back: a page in words would empty the calendar of some programs."""
    _LOG.error("the database at a feed: %s", error.orig)
    return _refusal(503, **{"Retry-After": "300"})


@blueprint.errorhandler(InternalServerError)
def _fault(_error: InternalServerError) -> Response:
    return _refusal(500)


def _one_tag(if_none_match: str | None) -> str | None:
    """Return the tag that nearly every program sends alone; of several, each is compared later."""
    tag = if_none_match.strip().removeprefix("W/") if if_none_match else ""
    # What cannot be a tag of ours is not put before a database, which may refuse the very text.
    return tag if len(tag) < _LONGEST_TOKEN and tag.isascii() and tag.isprintable() else None


def _unchanged(tag: str) -> Response:
    # Nothing is said of a type, since there is no content.
    return Response(status="304 NOT MODIFIED", headers=_tagged(tag))


def _calendar(body: bytes, tag: str) -> Response:
    headers = _tagged(tag)
    headers.add("Content-Type", "text/calendar; charset=utf-8")
    # Else a program that saves it would name the file after the address: by the secret itself.
    headers.add("Content-Disposition", 'inline; filename="aarshjul.ics"')
    return Response(body, headers=headers)


def _tagged(tag: str) -> Headers:
    return Headers([("ETag", tag), ("Cache-Control", "private, max-age=300")])


def _refusal(status: int, **headers: str) -> Response:
    return Response(
        f"{HTTPStatus(status).phrase.capitalize()}\n",
        status=status,
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "no-store", **headers},
    )


def _noting(
    parts: Parts, response: Response, found: FoundFeed, made: Making | None, now: datetime
) -> Response:
    """Write down, once the reader has the answer, what was made and that it was fetched.

    The fetch is noted for its owner at most once an hour. A busy database goes without either, at
    once: the next reader makes the same bytes again, and the thread is free for others.
    """
    steps: list[Callable[[Session], None]] = []
    if found.fetched_at is None or now - found.fetched_at >= _NOTED_AT_MOST_EVERY:
        client = one_line(request.user_agent.string, _LONGEST_NAME)
        steps.append(
            lambda session: note_fetch(session, found.subscription_id, client=client, now=now)
        )
    if made is not None:
        steps.append(lambda session: keep(session, made))
    if steps:
        response.call_on_close(lambda: _write(parts, steps))
    return response


def _write(parts: Parts, steps: list[Callable[[Session], None]]) -> None:
    try:
        with parts.database.write_at_once() as session:
            for step in steps:
                step(session)
    except OperationalError:
        return
