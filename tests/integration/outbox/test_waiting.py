"""What a worker says as it starts: how much is in line, and from when."""

from __future__ import annotations

from datetime import datetime, timedelta

from scheduler.store.database import Database
from scheduler.usecases.outbox.waiting import Waiting, read_waiting
from tests.factories.office import Office
from tests.factories.queue_of import add_mails, add_people


def test_what_went_is_not_in_line(database: Database, now: datetime) -> None:
    later = now + timedelta(hours=3)
    with database.write() as session:
        office = Office(session)
        to = add_people(session, office, 1)
        add_mails(session, office, to, count=2, mail_class="nag", due_at=now, state="sent")
        add_mails(session, office, to, count=3, mail_class="nag", due_at=later, first=2)
        after = later + timedelta(hours=1)
        add_mails(session, office, to, count=1, mail_class="nag", due_at=after, first=5)
    with database.read() as session:
        assert read_waiting(session) == Waiting(4, later)


def test_an_empty_queue_has_no_next_mail(sqlite_database: Database) -> None:
    with sqlite_database.read() as session:
        assert read_waiting(session) == Waiting(0, None)
