"""Ten thousand due mails drained by one worker, beside the shapes of two other engines."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

from scheduler.mail import SmtpTransport
from scheduler.store.database import Database
from tests.benchmarks.outbox.peers import batch_engine, job_engine
from tests.factories.office import worker_of
from tests.fakes.counting_server import counting
from tests.fakes.storm import MORNING, fill

DUE = int(os.environ.get("AARSHJUL_BENCH_DUE", "10000"))
# The peers do the same again and again; a part of the mails tells how fast they are.
PEERS = DUE // 10
# One worker writes each mail down twice and draws it up at the last moment; those who keep a
# finished mail and write a hundred down at once are faster, and lose or double them.
SLOWEST_SHARE = 1 / 20


def test_ten_thousand_due_mails_are_drained_by_one_worker(
    database: Database, tmp_path: Path
) -> None:
    fill(database, {"once": DUE})
    with counting(tmp_path) as server:
        worker = worker_of(database, SmtpTransport(server.url), MORNING + timedelta(seconds=1))
        began, began_cpu = time.perf_counter(), time.process_time()
        done = worker.run_once()
        ours = DUE / (time.perf_counter() - began)
        cpu = (time.process_time() - began_cpu) / DUE * 1000
        copies = server.copies()
        assert (done.sent, len(copies), set(copies.values())) == (DUE, DUE, {1})
        message = b"X-Idempotency-Key: " + b"0" * 32 + b"\r\nSubject: x\r\n\r\n" + b"Hei\r\n" * 400
        batch = PEERS / batch_engine(tmp_path, server.url, [message] * PEERS)
        jobs = PEERS / job_engine(tmp_path, server.url, [message] * PEERS)
    print(  # noqa: T201
        f"\n{database.engine.dialect.name}: {DUE} drained at {ours:.0f} a second, {cpu:.1f} ms "
        f"CPU each, load {os.getloadavg()[0]:.0f}; "
        f"a batch marked after it was sent {batch:.0f}, a job for each mail {jobs:.0f}"
    )
    assert ours > batch * SLOWEST_SHARE
    assert ours > jobs * SLOWEST_SHARE
