"""Fault 2, in short: several workers on one database double nothing and leave nothing."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from sqlmodel import func, select

from scheduler.store.database import Database
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox import StopPoint
from tests.factories.office import Office, oslo_winter, worker_of
from tests.factories.queue_of import add_mails, add_people
from tests.fakes.transport import FakeTransport

MORNING = oslo_winter("2027-02-05", "08:00")


def run_together(database: Database, transport: FakeTransport, workers: int) -> None:
    """Run workers at the same time, each with connections of its own; pass on what they raise."""
    raised: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            raised.append(error)

    own = [
        Database(database.engine.url.render_as_string(hide_password=False)) for _ in range(workers)
    ]
    threads = [
        threading.Thread(target=run, args=(worker_of(each, transport, MORNING).run_once,))
        for each in own
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in own:
        each.close()
    assert raised == []


def states(database: Database) -> Counter[str]:
    with database.read() as session:
        found = session.exec(select(Outbox.state, func.count()).group_by(Outbox.state)).all()
    return Counter(dict(found))


def test_four_workers_send_each_notice_once(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        positions = add_people(session, office, 20)
        add_mails(session, office, positions, count=80, mail_class="notice", due_at=MORNING)
    transport = FakeTransport()
    run_together(database, transport, 4)
    assert states(database) == Counter(sent=80)
    assert len({mail.raw for mail in transport.offered}) == len(transport.offered) == 80


def test_a_row_that_another_holds_for_a_moment_is_waited_for(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        positions = add_people(session, office, 1)
        add_mails(session, office, positions, count=1, mail_class="notice", due_at=MORNING)
    held, other = (
        threading.Event(),
        Database(database.engine.url.render_as_string(hide_password=False)),
    )

    def hold() -> None:
        with other.write() as session:
            session.exec(select(Outbox).with_for_update()).one()
            held.set()
            time.sleep(0.3)

    thread = threading.Thread(target=hold)

    def passed(point: str) -> None:
        if point == StopPoint.AFTER_CLAIM:
            thread.start()
            assert held.wait(timeout=10)

    done = worker_of(database, FakeTransport(), MORNING, at_point=passed).run_once()
    thread.join()
    other.close()
    assert done.sent == 1


def test_four_workers_make_one_digest_for_each_person(database: Database) -> None:
    with database.write() as session:
        office = Office(session)
        positions = add_people(session, office, 12)
        add_mails(
            session,
            office,
            positions,
            count=60,
            mail_class="nag",
            due_at=MORNING,
            resend="hold",
        )
    transport = FakeTransport()
    run_together(database, transport, 4)
    assert Counter(mail.recipients[0] for mail in transport.offered) == Counter(
        {f"person-{n}@sor-fron.example": 1 for n in range(12)}
    )
    assert states(database) == Counter(sent=12, merged=48)
    assert {mail.subject for mail in transport.offered} == {"5 oppgaver i årshjulet"}
