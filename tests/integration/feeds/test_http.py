"""A feed as a calendar program meets it over HTTP, and as somebody who guesses does."""

from __future__ import annotations

import logging
from http import HTTPStatus

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from scheduler.store.tables import FeedToken, KeptFeed
from scheduler.usecases.feeds.subscriptions import (
    find_subscription,
    revoke_subscription,
    rotate_subscription,
)
from tests.integration.feeds.subscriber import Subscriber

RUBBISH = (
    "", " ", ",", "*,*", '"', '"x', "W/", "W/*", '"\x00"', "\x00", '"\x1b[31m"', "æøå", '"' * 99,
    '"a", ' * 400, "W/" * 400, "'; DROP TABLE feedtoken; --", "a" * 9000,
)  # fmt: skip


def test_it_is_a_calendar_with_a_strong_tag_and_nothing_that_is_not_asked_for(
    here: Subscriber,
) -> None:
    secret = here.subscribe()
    answers = [here.fetch(secret), here.fetch(secret)]

    for answer in answers:
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer.headers["Cache-Control"] == "private, max-age=300"
        assert answer.headers["Content-Disposition"] == 'inline; filename="aarshjul.ics"'
        assert answer.headers["Content-Length"] == str(len(answer.data))
        assert answer.headers["ETag"][0] + answer.headers["ETag"][-1] == '""'
        assert {
            "Set-Cookie", "Last-Modified", "Location", "Content-Encoding", "Vary", "Expires",
        } & set(answer.headers.keys()) == set()  # fmt: skip
    assert answers[0].data == answers[1].data
    assert dict(answers[0].headers) == dict(answers[1].headers)


def test_any_accept_or_none_is_answered(here_on_sqlite: Subscriber) -> None:
    here = here_on_sqlite
    secret = here.subscribe()
    whole = here.body(secret)
    asked = ("*/*", "text/calendar", "text/html", "application/json", "rubbish;;q=x", "")

    assert [here.fetch(secret, Accept=accept).data == whole for accept in asked] == [True] * 6


def test_head_says_what_get_says_without_the_calendar(here: Subscriber) -> None:
    secret = here.subscribe()
    client = here.site.app.test_client()
    path = f"/feeds/{secret}.ics"
    whole, head = client.get(path, buffered=True), client.head(path, buffered=True)
    tag = whole.headers["ETag"]
    same = client.head(path, headers={"If-None-Match": tag}, buffered=True)

    assert (head.status_code, head.data) == (200, b"")
    assert dict(head.headers) == dict(whole.headers)
    assert (same.status_code, same.data, same.headers["ETag"]) == (304, b"", tag)


def test_what_is_unchanged_has_a_tag_and_neither_type_nor_length(here: Subscriber) -> None:
    secret = here.subscribe()
    tag = here.fetch(secret).headers["ETag"]
    answer = here.fetch(secret, If_None_Match=tag)

    assert (answer.status_code, answer.data) == (304, b"")
    assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == (
        tag,
        "private, max-age=300",
    )
    said_of_content = {"Content-Type", "Content-Length", "Content-Disposition", "Set-Cookie"}
    assert said_of_content & set(answer.headers.keys()) == set()


def test_rubbish_for_a_tag_gets_the_whole_calendar(here: Subscriber) -> None:
    secret = here.subscribe()
    body = here.body(secret)
    client = here.site.app.test_client()
    answers = [
        client.get(
            f"/feeds/{secret}.ics",
            environ_overrides={"HTTP_IF_NONE_MATCH": rubbish},
            buffered=True,
        )
        for rubbish in RUBBISH
    ]

    assert [answer.status_code for answer in answers] == [200] * len(RUBBISH)
    assert {answer.data for answer in answers} == {body}


def test_a_program_of_any_name_is_answered_and_noted(here: Subscriber) -> None:
    secret = here.subscribe()
    environ = {"HTTP_USER_AGENT": "Kalender\x00\x1b[31m/1\r\n" + "ø" * 5000}
    answer = here.site.app.test_client().get(
        f"/feeds/{secret}.ics", environ_overrides=environ, buffered=True
    )
    answer.close()

    assert answer.status_code == 200
    with here.database.read() as session:
        noted = session.exec(select(FeedToken.fetched_by)).one()
    assert noted is not None
    assert (noted[:14], len(noted), noted.isprintable()) == ("Kalender[31m/1", 100, True)


def test_only_the_whole_token_opens_and_no_answer_tells_one_closed_door_from_another(
    here: Subscriber,
) -> None:
    secret = here.subscribe()
    here.body(secret)
    wrong = [
        secret[:-1],
        secret + "A",
        secret.swapcase(),
        f" {secret}",
        f"{secret}%00",
        f"{secret}%20",
        secret[1:],
        "x" * 43,
        "x" * 10_000,
        "%ff%fe",
        "%ED%A0%80",
        "..%2f..%2fetc%2fpasswd",
        "'%20OR%201=1--",
        "*",
        "%",
        "æ",
    ]
    client = here.site.app.test_client()
    answers = [client.get(f"/feeds/{each}.ics", buffered=True) for each in wrong]

    assert {answer.status_code for answer in answers} == {404}
    ours = [answer for answer in answers if answer.mimetype == "text/plain"]
    # Only an address with a slash in its name is no feed's at all.
    assert len(ours) == len(answers) - 1
    assert {(answer.data, str(dict(answer.headers))) for answer in ours} == {
        (ours[0].data, str(dict(ours[0].headers)))
    }


def test_a_revoked_and_a_replaced_address_are_gone_with_the_same_headers_as_an_unknown_one(
    here: Subscriber,
) -> None:
    revoked, replaced = here.subscribe(), here.subscribe(label="Telefon")
    here.body(revoked), here.body(replaced)
    with here.database.write() as session:
        ids = [
            found.id
            for secret in (revoked, replaced)
            if (found := find_subscription(session, secret)) is not None
        ]
        revoke_subscription(session, ids[0], actor_id=here.town.person, now=here.site.now)
        _new, fresh = rotate_subscription(
            session, ids[1], actor_id=here.town.person, now=here.site.now
        )
    answers = [here.fetch(secret) for secret in (revoked, replaced, "x" * 43)]

    assert [answer.status_code for answer in answers] == [410, 410, 404]
    assert [answer.data for answer in answers] == [b"Gone\n", b"Gone\n", b"Not found\n"]
    assert len({tuple(answer.headers.keys()) for answer in answers}) == 1
    assert here.fetch(fresh).status_code == 200
    assert here.fetch(revoked, If_None_Match="*").status_code == 410


def test_nothing_but_reading_is_done_to_a_feed(here_on_sqlite: Subscriber) -> None:
    here = here_on_sqlite
    secret = here.subscribe()
    before = here.body(secret)
    client = here.site.app.test_client()
    answers = [
        client.open(f"/feeds/{secret}.ics", method=method)
        for method in ("POST", "PUT", "DELETE", "PATCH", "PROPFIND", "REPORT")
    ]

    assert [answer.status_code for answer in answers] == [405] * 6
    assert [secret in answer.text for answer in answers] == [False] * 6
    assert here.body(secret) == before


def test_no_token_reaches_a_log(
    here: Subscriber, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = here.subscribe()
    here.body(secret)
    here.forget()
    here.body(secret)
    here.fetch(secret, If_None_Match="*")
    here.site.app.test_client().post(f"/feeds/{secret}.ics")
    here.fetch(f"{secret}A")

    def fail(*_arguments: object, **_named: object) -> None:
        raise ArithmeticError("a fault of ours")

    monkeypatch.setattr("web.feeds.blueprint.make_feed", fail)
    here.site.app.testing = False
    here.forget()
    broken = here.fetch(secret)

    assert broken.status_code == 500
    assert secret not in broken.text
    assert "a fault of ours" in caplog.text
    assert secret not in caplog.text


def test_a_database_that_cannot_be_asked_is_told_in_a_line_that_asks_to_come_back(
    here: Subscriber,
) -> None:
    secret = here.subscribe()
    here.body(secret)
    # Of the two databases one says that it cannot be asked, the other that the question is wrong.
    expected = (503, "300") if here.database.is_sqlite else (500, None)
    with here.database.write() as session:
        session.connection().execute(text("ALTER TABLE keptfeed RENAME TO elsewhere"))
    here.site.app.testing = False

    refused = here.fetch(secret)

    assert (refused.status_code, refused.headers.get("Retry-After")) == expected
    assert refused.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert refused.text == f"{HTTPStatus(expected[0]).phrase.capitalize()}\n"


def test_what_would_be_noted_is_left_where_another_writes_and_the_reader_does_not_wait(
    here_on_sqlite: Subscriber,
) -> None:
    here = here_on_sqlite
    secret = here.subscribe()
    with here.database.write():
        first = here.body(secret)
        with pytest.raises(OperationalError), here.database.write_at_once():
            pass
    with here.database.read() as session:
        noted = session.exec(select(FeedToken.fetched_at)).one()
        kept = session.exec(select(KeptFeed)).all()

    assert (noted, kept) == (None, [])
    assert here.body(secret) == first
