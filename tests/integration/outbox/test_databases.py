"""Fault 6: a database that is busy, full, read-only or gone in mid-batch."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import select

from scheduler.domain.enums import DutyKind
from scheduler.store.database import Database
from scheduler.store.schema import upgrade_schema
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox import StopPoint
from tests.factories.office import Office, oslo_winter, worker_of
from tests.fakes.postgresql import postgresql_binaries, postgresql_server
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")


def notices(database: Database, count: int) -> None:
    with database.write() as session:
        office = Office(session)
        for _ in range(count):
            office.duty(
                kind=DutyKind.NOTICE,
                due_on=date(2027, 2, 9),
                meeting=office.meeting(date(2027, 2, 18)),
            )


def states(database: Database) -> list[str]:
    with database.read() as session:
        return sorted(session.exec(select(Outbox.state).where(Outbox.step == "before")))


@contextmanager
def refusing(database: Database) -> Iterator[list[str]]:
    """Let every write of the database fail; the statements that were tried are kept."""
    tried: list[str] = []

    @event.listens_for(database.engine, "before_cursor_execute")
    def refuse(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("UPDATE", "INSERT")):
            tried.append(statement)
            raise OperationalError(statement, None, sqlite3.OperationalError("locked"))

    try:
        yield tried
    finally:
        event.remove(database.engine, "before_cursor_execute", refuse)


def test_a_mail_that_went_is_written_down_when_the_database_is_no_longer_busy(
    database: Database,
) -> None:
    notices(database, 1)
    transport, waited = FakeTransport(), []
    holding = refusing(database)

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if sum(waited) > 30:
            holding.__exit__(None, None, None)

    def passed(point: str) -> None:
        if point == StopPoint.BEFORE_SENT:
            holding.__enter__()

    worker_of(database, transport, MORNING, wait=wait, at_point=passed).run_once()
    assert (len(transport.sent), states(database)) == (1, ["sent"])


def test_a_write_that_is_locked_out_for_long_is_an_error_and_no_loss(
    sqlite_database: Database,
) -> None:
    notices(sqlite_database, 2)
    quick = Database(sqlite_database.url)
    event.listen(
        quick.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50")
    )
    transport = FakeTransport()
    with sqlite_database.write(), pytest.raises(OperationalError, match="locked"):
        worker_of(quick, transport, MORNING).run_once()
    assert worker_of(quick, transport, MORNING).run_once().sent == 2
    quick.close()


def test_a_full_disk_is_an_error_and_no_loss(sqlite_database: Database) -> None:
    notices(sqlite_database, 20)
    full = Database(sqlite_database.url)
    event.listen(full.engine, "connect", set_full)
    transport = FakeTransport()
    with pytest.raises(OperationalError, match="full"):
        worker_of(full, transport, MORNING).run_once()
    full.close()
    assert len(transport.sent) < 20
    worker_of(sqlite_database, transport, MORNING + timedelta(minutes=20)).run_once()
    worker_of(sqlite_database, transport, MORNING + timedelta(minutes=40)).run_once()
    assert states(sqlite_database) == ["sent"] * 20
    assert len({mail.raw for mail in transport.sent}) == 20


def set_full(connection: sqlite3.Connection, _record: object) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")


def test_a_database_that_may_only_be_read_is_an_error_and_nothing_goes(
    database: Database,
) -> None:
    notices(database, 1)
    readonly = Database(database.engine.url.render_as_string(hide_password=False))
    statement = (
        "PRAGMA query_only=ON"
        if database.is_sqlite
        else "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"
    )

    @event.listens_for(readonly.engine, "connect")
    def forbid(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]
        cursor.execute(statement)
        cursor.close()
        if not database.is_sqlite:
            connection.commit()  # type: ignore[attr-defined]

    transport = FakeTransport()
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        worker_of(readonly, transport, MORNING).run_once()
    readonly.close()
    assert (transport.offered, states(database)) == ([], ["scheduled"])


@pytest.mark.parametrize("point", [StopPoint.AFTER_CLAIM, StopPoint.BEFORE_SENT])
def test_a_server_that_ends_every_connection_in_mid_batch_loses_nothing(
    empty_postgresql_url: str, point: StopPoint
) -> None:
    database = Database(empty_postgresql_url)
    notices(database, 3)
    passed: list[str] = []

    def cut(name: str) -> None:
        if name == point and not passed:
            passed.append(name)
            end_connections(empty_postgresql_url)

    transport = FakeTransport()
    worker_of(database, transport, MORNING, at_point=cut).run_once()
    assert (len(transport.sent), states(database)) == (3, ["sent"] * 3)
    database.close()


@pytest.mark.postgresql
def test_a_server_that_is_restarted_in_mid_batch_loses_and_doubles_nothing(
    request: pytest.FixtureRequest,
) -> None:
    binaries = postgresql_binaries()
    if binaries is None:
        request.getfixturevalue("postgresql_url")
        return
    with postgresql_server(binaries) as server:
        database = Database(server.url("postgres"))
        upgrade_schema(database)
        notices(database, 4)
        down = [
            (StopPoint.AFTER_CLAIM, "fast"),
            (StopPoint.BEFORE_SENT, "immediate"),
            # The next mail's: between the two of one mail the database is not asked.
            (StopPoint.AFTER_SENDING, "immediate"),
        ]
        passed: list[str] = []

        def restart(name: str) -> None:
            if down and name == down[0][0]:
                server.stop(down.pop(0)[1])
                passed.append(name)

        def wait(_seconds: float) -> None:
            # The worker has met a server that is not there; now it comes back.
            passed.append("met")
            server.start()

        transport = FakeTransport()
        worker = worker_of(database, transport, MORNING, at_point=restart, wait=wait)
        worker.run_once()
        assert passed == [
            *(StopPoint.AFTER_CLAIM, "met"),
            *(StopPoint.BEFORE_SENT, "met"),
            *(StopPoint.AFTER_SENDING, "met"),
        ]
        assert (len({mail.raw for mail in transport.sent}), len(transport.sent)) == (4, 4)
        assert states(database) == ["sent"] * 4
        database.close()


def end_connections(url: str) -> None:
    other = Database(url)
    with other.write() as session:
        session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    other.close()
