"""What a watcher from outside is answered: whether the reminders go, and the numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from prometheus_client.parser import text_string_to_metric_families

from scheduler.store.database import Database
from scheduler.usecases.outbox import beat
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.site import Site, make_site
from tests.fakes.transport import FakeTransport
from web.settings import Settings

MORNING = oslo_winter("2027-02-05", "08:00")
TOKEN = "et-langt-og-hemmelig-ord"


def site_of(database: Database, **settings: str) -> Site:
    return make_site(database, MORNING, settings=Settings(base_url="http://x.example", **settings))


def alive(database: Database, at: datetime) -> None:
    with database.write() as session:
        beat(session, "test", version="1", now=at)


def numbers(text: str) -> dict[tuple[str, str], float]:
    """Return every number by its name and labels."""
    return {
        (sample.name, ",".join(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_worker_is_well_only_while_the_auditor_has_nothing_to_say(database: Database) -> None:
    with database.write() as session:
        Office(session).minutes()
    site = site_of(database)

    def answer(minutes: int) -> tuple[int, str]:
        site.now = MORNING + timedelta(minutes=minutes)
        response = site.visitor().get("/healthz/worker")
        return response.status_code, response.text

    assert answer(0) == (503, "no_heartbeat 1\n")
    alive(database, MORNING + timedelta(minutes=9))
    assert answer(10) == (200, "ok\n")
    assert answer(11) == (503, "overdue 1\n")
    worker_of(database, FakeTransport(), MORNING).run_once()
    assert answer(11) == (200, "ok\n")


@pytest.mark.parametrize(
    ("address", "headers", "said"),
    [
        ("127.0.0.1", {}, "no_heartbeat 1\n"),
        ("192.0.2.7", {}, "no_heartbeat\n"),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, "no_heartbeat\n"),
        ("192.0.2.7", {"Authorization": f"Bearer {TOKEN}"}, "no_heartbeat 1\n"),
    ],
)
def test_how_many_are_late_is_for_who_may_see_the_numbers(
    sqlite_database: Database, address: str, headers: dict[str, str], said: str
) -> None:
    with sqlite_database.write() as session:
        Office(session).minutes()
    response = (
        site_of(sqlite_database, metrics_token=TOKEN)
        .visitor()
        .get("/healthz/worker", headers=headers, environ_base={"REMOTE_ADDR": address})
    )
    assert (response.status_code, response.text) == (503, said)


def test_a_database_that_is_gone_is_a_worker_that_is_not_well(sqlite_database: Database) -> None:
    gone = Database("sqlite:////nowhere/at/all.db")
    response = site_of(gone).visitor().get("/healthz/worker")
    assert (response.status_code, response.text) == (503, "database\n")


def test_the_numbers_tell_of_the_queue_and_of_the_pages_by_their_routes(
    database: Database,
) -> None:
    with database.write() as session:
        Office(session).minutes()
    alive(database, MORNING)
    site = site_of(database)
    site.now = MORNING + timedelta(minutes=2)
    visitor = site.visitor()
    visitor.get("/healthz")
    visitor.get("/healthz")
    visitor.get("/feeds/hemmelig.ics")
    response = visitor.get("/metrics")
    found = numbers(response.text)
    assert response.headers["Content-Type"].startswith("text/plain; version=")
    assert found["aarshjul_requests_total", "health.alive,200"] == 2
    assert found["aarshjul_request_seconds_count", "health.alive"] == 2
    assert found["aarshjul_mails", "scheduled"] == 4
    assert found["aarshjul_mails", "uncertain"] == 0
    assert found["aarshjul_oldest_due_seconds", ""] == 120
    assert found["aarshjul_heartbeat_age_seconds", ""] == 120
    assert "hemmelig" not in response.text


@pytest.mark.parametrize(
    ("token", "address", "headers", "status"),
    [
        (None, "127.0.0.1", {}, 200),
        (None, "::1", {}, 200),
        (None, "192.0.2.7", {}, 404),
        # A proxy on this machine that the settings do not tell of.
        (None, "127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}, 404),
        (None, "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        (None, "127.0.0.1", {"X-Real-IP": "192.0.2.7"}, 404),
        (None, "127.0.0.1", {"X-Forwarded-Proto": "https"}, 404),
        (None, "127.0.0.1", {"Via": "1.1 forsiden"}, 404),
        (None, "192.0.2.7", {"Authorization": "Bearer "}, 404),
        (TOKEN, "192.0.2.7", {"Authorization": f"Bearer {TOKEN}"}, 200),
        (TOKEN, "192.0.2.7", {"Authorization": "Bearer feil"}, 404),
        (TOKEN, "127.0.0.1", {}, 200),
    ],
)
def test_the_numbers_are_for_this_machine_or_who_has_the_token(
    sqlite_database: Database,
    token: str | None,
    address: str,
    headers: dict[str, str],
    status: int,
) -> None:
    site = site_of(sqlite_database, **({"metrics_token": token} if token else {}))
    response = site.visitor().get(
        "/metrics", headers=headers, environ_base={"REMOTE_ADDR": address}
    )
    assert response.status_code == status
