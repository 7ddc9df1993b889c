"""Fault 6 in full: a database that another keeps locked for half a minute in mid-batch."""

from __future__ import annotations

import threading
import time

from sqlalchemy import text

from scheduler.store.database import Database
from scheduler.usecases.outbox import StopPoint
from tests.factories.office import worker_of
from tests.fakes.transport import FakeTransport
from tests.integration.outbox.test_databases import MORNING, notices, states

BUSY_SECONDS = 30


def test_a_database_that_is_locked_for_half_a_minute_in_mid_batch_loses_and_doubles_nothing(
    database: Database,
) -> None:
    notices(database, 20)
    other = Database(database.url)
    held = threading.Event()
    seconds: list[float] = []

    def hold() -> None:
        began = time.monotonic()
        with other.write() as session:
            if not other.is_sqlite:
                session.connection().execute(text("LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE"))
            held.set()
            time.sleep(BUSY_SECONDS)
        seconds.append(time.monotonic() - began)

    holder = threading.Thread(target=hold)
    passed: list[str] = []

    def at_point(point: str) -> None:
        passed.append(point)
        if point == StopPoint.BEFORE_SENT and passed.count(point) == 5:
            holder.start()
            assert held.wait(timeout=10)

    transport = FakeTransport()
    worker_of(database, transport, MORNING, wait=time.sleep, at_point=at_point).run_once()
    holder.join()
    other.close()
    assert seconds[0] >= BUSY_SECONDS
    assert states(database) == ["sent"] * 20
    assert len(transport.sent) == len({mail.raw for mail in transport.sent}) == 20
