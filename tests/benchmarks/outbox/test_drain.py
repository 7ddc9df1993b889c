"""Ten thousand due mails drained by one worker, beside the shapes of two other engines."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import quantiles

from scheduler.mail import SmtpTransport
from scheduler.store.database import Database
from tests.benchmarks.outbox.peers import batch_engine, job_engine
from tests.factories.office import Office, worker_of
from tests.factories.queue_of import add_mails, add_people
from tests.fakes.counting_server import counting
from tests.fakes.storm import MORNING, fill
from tests.fakes.transport import FakeTransport

DUE = int(os.environ.get("AARSHJUL_BENCH_DUE", "10000"))
# The peers do the same again and again; a part of the mails tells how fast they are.
PEERS = DUE // 10
TICK_SECONDS = 5
LATE_P99_SECONDS = 10
# One worker writes each mail down twice and draws it up at the last moment; those who keep a
# finished mail and write a hundred down at once are faster, and lose or double them.
SLOWEST_SHARE = 1 / 20


def test_ten_thousand_due_mails_are_drained_by_one_worker(
    database: Database, tmp_path: Path
) -> None:
    fill(database, {"once": DUE})
    with counting(tmp_path) as server:
        worker = worker_of(database, SmtpTransport(server.url), MORNING + timedelta(seconds=1))
        began = time.perf_counter()
        done = worker.run_once()
        ours = DUE / (time.perf_counter() - began)
        copies = server.copies()
        assert (done.sent, len(copies), set(copies.values())) == (DUE, DUE, {1})
        message = b"X-Idempotency-Key: " + b"0" * 32 + b"\r\nSubject: x\r\n\r\n" + b"Hei\r\n" * 400
        batch = PEERS / batch_engine(tmp_path, server.url, [message] * PEERS)
        jobs = PEERS / job_engine(tmp_path, server.url, [message] * PEERS)
    print(  # noqa: T201
        f"\n{database.engine.dialect.name}: {DUE} drained at {ours:.0f} a second; "
        f"a batch marked after it was sent {batch:.0f}, a job for each mail {jobs:.0f}"
    )
    assert ours > batch * SLOWEST_SHARE
    assert ours > jobs * SLOWEST_SHARE


def test_mails_that_fall_due_over_ten_minutes_are_not_late(database: Database) -> None:
    """A worker that ticks every five seconds, at the speed that it was just measured to have."""
    spread = timedelta(minutes=10)
    with database.write() as session:
        office = Office(session)
        positions = add_people(session, office, 200)
        for number in range(0, DUE, 100):
            add_mails(
                session,
                office,
                positions,
                count=100,
                mail_class="notice",
                due_at=MORNING + spread * number / DUE,
                first=number,
            )
    ticks, began = 0, time.perf_counter()
    late: list[float] = []

    def now() -> datetime:
        waited = ticks * TICK_SECONDS
        return MORNING + timedelta(seconds=waited + time.perf_counter() - began)

    transport = FakeTransport()
    worker = worker_of(database, transport, now)
    while len(late) < DUE:
        before = len(transport.sent)
        worker.run_once()
        due = [MORNING + spread * (n - n % 100) / DUE for n in range(before, len(transport.sent))]
        # All of one tick are held to have gone at its end: never better than the truth.
        late += [(now() - at).total_seconds() for at in due]
        # Nobody waits here: the clock is put five seconds on, as if the worker had.
        ticks += 1
    p99 = quantiles(late, n=100)[-1]
    print(  # noqa: T201
        f"\n{database.engine.dialect.name}: {DUE} mails over ten minutes, a tick of "
        f"{TICK_SECONDS} s: median {quantiles(late, n=2)[0]:.1f} s late, p99 {p99:.1f} s"
    )
    assert p99 < LATE_P99_SECONDS
