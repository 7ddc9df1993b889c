"""What the worker does again and again, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.store.database import Database
from scheduler.usecases.feeds.sweep import sweep_kept
from scheduler.usecases.outbox.auditor import Complaint, audit
from scheduler.usecases.outbox.heartbeat import beat
from scheduler.usecases.outbox.settings import WorkerSettings
from scheduler.usecases.outbox.watch import queue_complaints
from scheduler.usecases.outbox.wipe import wipe_old
from scheduler.usecases.outbox.worker import Worker

__all__ = ["Job", "jobs_of", "wipe_all_old"]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do, and how long from one start to the next."""

    name: str
    every: timedelta
    run: Callable[[], object]


def jobs_of(
    worker: Worker,
    database: Database,
    settings: WorkerSettings,
    *,
    now: Callable[[], datetime],
    version: str,
    complain: Callable[[tuple[Complaint, ...]], object],
) -> tuple[Job, ...]:
    """Return the worker's jobs: send, say that it is alive, look after itself, wipe.

    What an audit finds is mailed to the administrators once a day. `complain` is called after every
    audit, also with nothing, so that a mended fault is noticed.
    """

    def live() -> None:
        with database.write() as session:
            beat(session, settings.worker, version=version, now=now())

    def look() -> None:
        # The jobs begin together: whoever looks first must not miss the worker that it is part of.
        live()
        at = now()
        with database.read() as session:
            found = audit(session, now=at)
        if found:
            with database.write() as session:
                queue_complaints(session, found, now=at)
        complain(found)

    def wipe() -> None:
        wipe_all_old(database, settings, now=now())
        sweep_kept(database, now=now())

    return (
        Job("live", timedelta(seconds=30), live),
        Job("send", timedelta(seconds=5), worker.run_once),
        Job("audit", timedelta(minutes=5), look),
        Job("wipe", timedelta(hours=6), wipe),
    )


def wipe_all_old(database: Database, settings: WorkerSettings, *, now: datetime) -> int:
    """Wipe every mail that went long enough ago, some at a time; return how many there were."""
    wiped = 0
    while True:
        with database.write() as session:
            some = wipe_old(session, settings, now=now)
        wiped += some
        if some == 0:
            return wiped
