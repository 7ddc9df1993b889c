"""A worker in a process of its own, for tests that end it without warning."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import datetime, timedelta
from multiprocessing.process import BaseProcess
from typing import Any

from scheduler.mail import SmtpTimeouts, SmtpTransport
from scheduler.mail.transport import PointReached
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.usecases.outbox import StopPoint, Worker, WorkerSettings, kill_at
from tests.fakes.processes import start

__all__ = ["start_worker"]


def start_worker(database_url: str, at: datetime, **said: Any) -> BaseProcess:
    """Start a worker that does what is due and ends; its clock begins at `at` and runs on.

    `smtp` is the mail server's URL. `stop_at` names the point at which it kills itself, `sleep_at`
    the one at which it is stopped until somebody lets it go on. With `goes_on` it works until
    SIGTERM, at any hour.
    Its clock is `speed` times as fast as ours, and began when the steady clock said `began`.
    """
    return start(_work, {"database": database_url, "at": at, **said})


def _work(told: dict[str, Any]) -> None:
    began_at: datetime
    began_at, began = told["at"], told.get("began", time.monotonic())
    speed, goes_on = told.get("speed", 1), told.get("goes_on", False)
    stop = _pass
    if "stop_at" in told:
        stop = kill_at(StopPoint(told["stop_at"]))
    elif "sleep_at" in told:
        stop = _sleep_at(StopPoint(told["sleep_at"]))
    transport = SmtpTransport(told["smtp"], timeouts=SmtpTimeouts(5, 5), at_point=stop)
    database = Database(told["database"])
    worker = Worker(
        database,
        transport,
        now=lambda: began_at + timedelta(seconds=(time.monotonic() - began) * speed),
        settings=WorkerSettings(
            worker=f"process-{os.getpid()}",
            sender="Årshjulet <arshjul@sor-fron.example>",
            base_url="https://arshjul.sor-fron.example",
            at_any_hour=goes_on,
        ),
        holidays_of=public_holidays,
        at_point=stop,
    )
    if goes_on:
        over = threading.Event()
        signal.signal(signal.SIGTERM, lambda _number, _frame: (over.set(), worker.stop()))
        while not over.is_set():
            worker.run_once()
            over.wait(0.05)
    else:
        worker.run_once()
    transport.close()
    database.close()


def _sleep_at(point: StopPoint) -> PointReached:
    slept: list[str] = []

    def passed(name: str) -> None:
        if name == point and not slept:
            slept.append(name)
            os.kill(os.getpid(), signal.SIGSTOP)

    return passed


def _pass(point: str) -> None:
    del point
