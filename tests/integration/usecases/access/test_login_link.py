"""Log-in links and sessions, where several requests meet on both databases."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlmodel import select

from scheduler.store.database import Database
from scheduler.store.tables import RateCount, WebSession
from scheduler.usecases.access.errors import LoginLinkSpentError, TooManyLoginsError
from scheduler.usecases.access.login_link import (
    LoginLink,
    ask_for_login,
    keep_login_link,
    new_login_link,
    person_of_link,
)
from scheduler.usecases.access.rate import Limit, within_limit
from scheduler.usecases.access.web_session import (
    end_other_sessions,
    find_session,
    log_in,
    sessions_of,
)
from tests.factories.rows import add_person


def made_person(database: Database) -> int:
    """Add a person and return the id."""
    with database.write() as session:
        person = add_person(session, email="kari@sor-fron.example")
    assert person.id is not None
    return person.id


def test_two_requests_at_once_spend_a_link_once(database: Database, now: datetime) -> None:
    person_id = made_person(database)
    with database.write() as session:
        link = new_login_link(session, person_id, now=now)
    start = threading.Barrier(8)
    outcomes: list[str] = []

    def spend() -> None:
        start.wait()
        try:
            with database.write() as session:
                log_in(session, link.token, now=now)
            outcomes.append("in")
        except LoginLinkSpentError:
            outcomes.append("spent")

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.read() as session:
        begun = len(session.exec(select(WebSession)).all())
    assert sorted(outcomes) == ["in"] + ["spent"] * 7
    assert begun == 1


def test_a_reusable_link_logs_in_again_and_again_until_it_runs_out(
    database: Database, now: datetime
) -> None:
    person_id = made_person(database)
    link = LoginLink(
        person_id=person_id, token="derived-from-the-demo", expires_at=now + timedelta(days=30)
    )
    # Kept again at each start of the demo.
    for _ in range(2):
        with database.write() as session:
            keep_login_link(session, link, now=now)
        with database.write() as session:
            log_in(session, link.token, now=now)
    with database.read() as session:
        assert len(sessions_of(session, person_id, now=now)) == 2
        with pytest.raises(LoginLinkSpentError):
            person_of_link(session, link.token, now=link.expires_at)


def test_a_log_in_leaves_a_reusable_link_alone(database: Database, now: datetime) -> None:
    person_id = made_person(database)
    kept = LoginLink(person_id=person_id, token="kept", expires_at=now + timedelta(days=30))
    with database.write() as session:
        keep_login_link(session, kept, now=now)
        log_in(session, new_login_link(session, person_id, now=now).token, now=now)
    with database.read() as session:
        assert person_of_link(session, "kept", now=now).id == person_id


def test_requests_are_counted_together_and_forgotten_after_a_day(
    database: Database, now: datetime
) -> None:
    limit = Limit("test", 3, timedelta(minutes=15))
    answers = []
    for _ in range(4):
        with database.write() as session:
            answers.append(within_limit(session, limit, "kari@sor-fron.example", now=now))
    with database.write() as session:
        answers.append(within_limit(session, limit, "ola@sor-fron.example", now=now))
    assert answers == [True, True, True, False, True]
    with database.write() as session:
        within_limit(session, limit, "later", now=now + timedelta(days=1, minutes=16))
    with database.read() as session:
        assert [row.count for row in session.exec(select(RateCount))] == [1]


def test_too_many_is_counted_for_somebody_unknown_too(database: Database, now: datetime) -> None:
    kinds = []
    for _ in range(6):
        with database.write() as session:
            answer = ask_for_login(session, email="ingen@x.example", machine="10.0.0.1", now=now)
            kinds.append(type(answer))
    assert kinds == [type(None)] * 5 + [TooManyLoginsError]


def test_all_of_a_persons_other_sessions_can_be_ended(database: Database, now: datetime) -> None:
    person_id = made_person(database)
    secrets = []
    for _ in range(3):
        with database.write() as session:
            secrets.append(
                log_in(session, new_login_link(session, person_id, now=now).token, now=now)
            )
    with database.write() as session:
        kept = find_session(session, secrets[1], now=now)
        assert kept is not None
        end_other_sessions(session, person_id, kept.id, now=now)
    with database.read() as session:
        found = [find_session(session, secret, now=now) for secret in secrets]
    assert found == [None, kept, None]
