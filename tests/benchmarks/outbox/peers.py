"""The shapes of two other engines, as small as they can be, for a fair measurement beside ours.

Neither is theirs: one is the way of django-post_office (take a batch, send it, mark it), the other
a job per mail in APScheduler's own job store.
"""

from __future__ import annotations

import threading
import time
from pathlib import Path

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, create_engine, event
from sqlalchemy.engine import Connection

from scheduler.mail import Outcome, SmtpTransport

__all__ = ["batch_engine", "job_engine"]

_SENDER, _TO = "arshjul@sor-fron.example", "kari@sor-fron.example"
_BATCH = 100
_LATE_SECONDS = 3600


def batch_engine(folder: Path, smtp: str, messages: list[bytes]) -> float:
    """Send all by taking a hundred, sending each, and marking them; return how long it took."""
    engine = create_engine(f"sqlite:///{folder / 'batch.db'}")
    # As careful with what is written as ours is.
    event.listen(engine, "connect", _full)
    table = Table(
        "email",
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("status", String, index=True),
        Column("message", LargeBinary),
    )
    table.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(
            table.insert(), [{"status": "queued", "message": each} for each in messages]
        )
    transport, began = SmtpTransport(smtp), time.perf_counter()
    while _one_batch(engine.connect(), table, transport):
        pass
    took = time.perf_counter() - began
    transport.close()
    engine.dispose()
    return took


def _one_batch(connection: Connection, table: Table, transport: SmtpTransport) -> int:
    with connection, connection.begin():
        rows = connection.execute(
            table.select().where(table.c.status == "queued").limit(_BATCH)
        ).all()
        sent = [row.id for row in rows if _send(transport, row.message)]
        connection.execute(table.update().where(table.c.id.in_(sent)).values(status="sent"))
    return len(rows)


def job_engine(folder: Path, smtp: str, messages: list[bytes]) -> float:
    """Send each as a job of its own out of APScheduler's job store; return how long it took."""
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(f"sqlite:///{folder / 'jobs.db'}")},
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"misfire_grace_time": _LATE_SECONDS},
    )
    scheduler.start(paused=True)
    _done.clear()
    for message in messages:
        scheduler.add_job(send_job, "date", args=(smtp, message))
    began = time.perf_counter()
    scheduler.resume()
    while len(_done) < len(messages):
        _sent.wait(timeout=1)
        _sent.clear()
    took = time.perf_counter() - began
    scheduler.shutdown()
    return took


_done: list[bool] = []
_sent = threading.Event()


def send_job(smtp: str, message: bytes) -> None:
    """Send one mail; a job must be found by its name."""
    transport = SmtpTransport(smtp)
    _done.append(_send(transport, message))
    transport.close()
    _sent.set()


def _send(transport: SmtpTransport, message: bytes) -> bool:
    return transport.send(_SENDER, [_TO], message).outcome is Outcome.SENT


def _full(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()
