"""A storm: four workers that are killed at random while they work, and what came of it."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

from sqlmodel import func, select

from scheduler.store.database import Database
from scheduler.store.tables import Outbox
from tests.factories.office import Office, oslo_winter
from tests.factories.queue_of import add_mails, add_people
from tests.fakes.counting_server import CountingServer, counting
from tests.fakes.worker_process import start_worker

__all__ = ["MORNING", "Figures", "fill", "states", "storm"]

MORNING = oslo_winter("2027-02-05", "07:00")
_WORKERS = 4
# A lease of sixty seconds is six, so that what a killed worker had comes back while others work.
_SPEED = 10
_OVER_AFTER = 3 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a storm came to; `lost` is every mail that neither arrived nor is shown to a person."""

    kills: int
    mails: int
    arrived: int
    doubled: int
    most_copies: int
    held: int
    held_doubled: int
    lost: int
    strangers: int
    seconds: float

    def __str__(self) -> str:
        """Return one line to print."""
        return (
            f"{self.kills} kills, {self.mails} mails: {self.lost} lost, {self.doubled} copies too "
            f"many (never more than {self.most_copies} of one), {self.held} held for a person, "
            f"{self.seconds:.0f} s"
        )


def storm(
    database: Database, folder: Path, *, mails: dict[str, int], kills: int, seed: int = 7
) -> Figures:
    """Kill one of four workers `kills` times, evenly over all the mails; then let one finish.

    `mails` says how many go by which resend policy. The kills come at random moments.
    """
    total = fill(database, mails)
    url = database.engine.url.render_as_string(hide_password=False)
    random, began = Random(seed), time.monotonic()  # noqa: S311 - the same storm on every run.

    with counting(folder) as server:

        def start() -> BaseProcess:
            return start_worker(
                url, MORNING, smtp=server.url, speed=_SPEED, began=began, goes_on=True
            )

        workers = [start() for _ in range(_WORKERS)]
        for kill in range(kills):
            _wait_for(server, total * (kill + 1) // (kills + 2), began)
            time.sleep(random.uniform(0, 0.2))
            number = random.randrange(_WORKERS)
            _kill(workers[number])
            workers[number] = start()
        _wait_until_tried(database, began)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join(timeout=60)
            # One that had only just begun has not yet learnt to end well.
            assert worker.exitcode in (0, -signal.SIGTERM)
        at = MORNING + timedelta(seconds=(time.monotonic() - began) * _SPEED)
        _finish(url, server, at)
        return _figures(
            database, server.copies(), kills=kills, mails=total, seconds=time.monotonic() - began
        )


def fill(database: Database, mails: dict[str, int]) -> int:
    """Make so many notices by each resend policy, due to two hundred people; return the sum."""
    total = 0
    with database.write() as session:
        office = Office(session)
        positions = add_people(session, office, 200)
        for resend, count in mails.items():
            add_mails(
                session,
                office,
                positions,
                count=count,
                mail_class="notice",
                due_at=MORNING,
                resend=resend,
                first=total,
            )
            total += count
    return total


def states(database: Database) -> Counter[str]:
    """Return how many mails are in each state."""
    with database.read() as session:
        found = session.exec(select(Outbox.state, func.count()).group_by(Outbox.state)).all()
    return Counter(dict(found))


def _wait_for(server: CountingServer, taken: int, began: float) -> None:
    while server.taken < taken:
        assert time.monotonic() - began < _OVER_AFTER
        time.sleep(0.01)


def _kill(worker: BaseProcess) -> None:
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    assert worker.exitcode == -signal.SIGKILL


def _wait_until_tried(database: Database, began: float) -> None:
    """Wait until the workers have come to the end of what is due."""
    while (waiting := states(database))["scheduled"] + waiting["leased"] > 0:
        assert time.monotonic() - began < _OVER_AFTER
        time.sleep(0.5)


def _finish(url: str, server: CountingServer, at: datetime) -> None:
    """Let one worker take up what the dead left behind, and resend what is resent."""
    for _ in range(3):
        at += timedelta(minutes=20)
        last = start_worker(url, at, smtp=server.url)
        last.join()
        assert last.exitcode == 0


def _figures(
    database: Database, copies: Counter[str], *, kills: int, mails: int, seconds: float
) -> Figures:
    with database.read() as session:
        rows = session.exec(select(Outbox.message_id, Outbox.state, Outbox.resend_policy)).all()
    assert len(rows) == mails
    arrived = [
        (copies.pop(sha256((message_id or "").encode()).hexdigest()[:32], 0), state, resend)
        for message_id, state, resend in rows
    ]
    return Figures(
        kills=kills,
        mails=mails,
        arrived=sum(1 for number, _, _ in arrived if number),
        doubled=sum(max(number - 1, 0) for number, _, _ in arrived),
        most_copies=max(number for number, _, _ in arrived),
        held=sum(1 for _, state, _ in arrived if state == "uncertain"),
        held_doubled=sum(max(n - 1, 0) for n, _, resend in arrived if resend == "hold"),
        # An uncertain one is shown to a person; a formal notice becomes one when it was cut off
        # twice, since a third try could be a third copy.
        lost=sum(
            1
            for number, state, _ in arrived
            if state not in ("sent", "uncertain") or (state == "sent" and number == 0)
        ),
        # What no row knows of would be a mail that was made twice.
        strangers=sum(copies.values()),
        seconds=seconds,
    )
