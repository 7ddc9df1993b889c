"""A worker that sends an invitation while its meeting is cancelled, on a server of many writers."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import text, update
from sqlmodel import col

from scheduler.domain.reminders import OutboxState
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Invitation, Meeting, Outbox
from tests.integration.invitations.changes import KARI, LATER, NOW, an_office, cancel, keys

pytestmark = pytest.mark.postgresql


@pytest.fixture
def shared(empty_postgresql_url: str) -> Iterator[Database]:
    opened = Database(empty_postgresql_url)
    yield opened
    opened.close()


def test_a_request_that_goes_while_its_meeting_is_cancelled_is_followed_by_a_cancel(
    shared: Database,
) -> None:
    with shared.write() as session:
        office, meeting = an_office(session)
        kari = id_of(office.person(KARI))

    def call_off() -> None:
        with shared.write() as session:
            cancel(session, session.get_one(Meeting, meeting.id))

    with shared.write() as worker:
        # As `freeze` does it: the row is on its way, and the record is written with it.
        row_id = worker.connection().scalar(
            update(Outbox)
            .where(col(Outbox.kind) == "invitation")
            .values(state=OutboxState.SENDING.value)
            .returning(col(Outbox.id))
        )
        worker.add(
            Invitation(
                outbox_id=row_id or 0,
                meeting_id=id_of(meeting),
                person_id=kari,
                method="REQUEST",
                sequence=0,
                meeting_sequence=0,
                held_on=meeting.held_on,
                starts=LATER.starts,
                ends=LATER.ends,
                made_at=NOW,
            )
        )
        worker.flush()
        other = Thread(target=call_off)
        other.start()
        _wait_until_somebody_waits(shared)
    other.join(10)

    assert not other.is_alive()
    assert keys(shared) == [(KARI, "CANCEL", 1)]


def _wait_until_somebody_waits(shared: Database) -> None:
    """Return when another transaction stands still at a lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    for _attempt in range(1000):
        with shared.read() as session:
            if session.connection().scalar(waiting):
                return
        sleep(0.01)
    pytest.fail("nobody came to the row that is on its way")
