"""The worker fetches the calendars that are planned around, among its other jobs."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr
from sqlmodel import select

from scheduler.domain.enums import ClosedKind
from scheduler.store.database import Database
from scheduler.store.tables import ImportedCalendar
from tests.factories.rows import add, add_municipality
from tests.fakes.transport import FakeTransport
from web.feeds.refreshing import calendar_job
from web.settings import Settings
from web.wiring import run_worker

NOW = datetime(2027, 1, 11, 8, tzinfo=UTC)
FILE = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270222\r\n"
    b"DTEND;VALUE=DATE:20270227\r\nSUMMARY:Vinterferie\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
# Of this machine, which no fetched address may be: whoever asks for it is refused at once.
ADDRESS = "http://127.0.0.1/skole.ics"


def add_calendar(database: Database) -> None:
    with database.write() as session:
        place = add_municipality(session)
        add(
            session,
            ImportedCalendar(
                municipality_id=place.id,
                name="Skolen",
                address=ADDRESS,
                closed_kind=ClosedKind.SCHOOL_BREAK,
                created_at=NOW,
            ),
        )


def the_calendar(database: Database) -> ImportedCalendar:
    with database.read() as session:
        return session.exec(select(ImportedCalendar)).one()


def test_the_job_fetches_twice_a_day_and_lets_what_is_new_wait(sqlite_database: Database) -> None:
    add_calendar(sqlite_database)
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return FILE

    job = calendar_job(sqlite_database, now=lambda: NOW, fetch=fetch)
    job.run()
    found = the_calendar(sqlite_database)

    assert (job.every, asked) == (timedelta(hours=12), [ADDRESS])
    assert (found.fetched_at, found.applied) == (NOW, [])
    assert found.waiting == [
        {"starts_on": "2027-02-22", "ends_on": "2027-02-26", "title": "Vinterferie"}
    ]


def test_a_worker_that_runs_fetches_the_calendars_among_its_jobs(
    sqlite_database: Database,
) -> None:
    add_calendar(sqlite_database)
    settings = Settings(
        base_url="http://arshjul.example",
        mail_from="arshjul@kommune.example",
        secret_key=SecretStr("q8Zt3kLw0yXvR5nB7mHc2JpFd9sGa4Ue"),
    )
    ended = threading.Event()

    def end_when_it_was_asked_for() -> None:
        while the_calendar(sqlite_database).fault is None and not ended.wait(0.05):
            pass
        # The worker listens for the signal from when its jobs have begun.
        while not ended.wait(0.05):
            if signal.getsignal(signal.SIGTERM) is not before:
                os.kill(os.getpid(), signal.SIGTERM)
                return

    before = signal.getsignal(signal.SIGTERM)
    watcher = threading.Thread(target=end_when_it_was_asked_for)
    watcher.start()
    last = threading.Timer(20, os.kill, (os.getpid(), signal.SIGTERM))
    last.start()
    try:
        run_worker(settings, sqlite_database, FakeTransport())
    finally:
        ended.set()
        last.cancel()
        watcher.join()

    found = the_calendar(sqlite_database)
    assert (found.fault, found.waiting, found.fetched_at) == ("not_public", None, None)
