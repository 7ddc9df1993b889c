"""Fault 1: a worker that dies at any point loses nothing and sends at most one copy too many."""

from __future__ import annotations

import os
import signal
import time
from datetime import date, timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from sqlmodel import select

from scheduler.domain.enums import DutyKind
from scheduler.store.database import Database
from scheduler.store.tables import Outbox
from scheduler.usecases.outbox import StopPoint
from tests.factories.office import Office, oslo_winter
from tests.fakes.smtp_server import ScriptedServer, running
from tests.fakes.storm import storm
from tests.fakes.worker_process import start_worker

MORNING = oslo_winter("2027-02-05", "08:00")
LATER = MORNING + timedelta(minutes=20)
LAST = MORNING + timedelta(minutes=40)
HOURS = timedelta(hours=6)


@pytest.mark.parametrize(
    ("point", "left", "copies"),
    [
        (StopPoint.BEFORE_CLAIM_COMMIT, "scheduled", 1),
        (StopPoint.AFTER_CLAIM, "leased", 1),
        (StopPoint.AFTER_SENDING, "sending", 1),
        (StopPoint.AFTER_DOT, "sending", 2),
        (StopPoint.AFTER_250, "sending", 2),
        (StopPoint.BEFORE_SENT, "sending", 2),
    ],
)
def test_a_notice_arrives_and_never_more_than_twice(
    database: Database, point: StopPoint, left: str, copies: int
) -> None:
    assert outcome(database, DutyKind.NOTICE, point) == (left, copies, "sent")


@pytest.mark.parametrize(
    ("point", "left", "copies", "state"),
    [
        (StopPoint.BEFORE_CLAIM_COMMIT, "scheduled", 1, "sent"),
        (StopPoint.AFTER_CLAIM, "leased", 1, "sent"),
        (StopPoint.AFTER_SENDING, "sending", 0, "uncertain"),
        (StopPoint.AFTER_DOT, "sending", 1, "uncertain"),
        (StopPoint.AFTER_250, "sending", 1, "uncertain"),
        (StopPoint.BEFORE_SENT, "sending", 1, "uncertain"),
    ],
)
def test_a_nag_is_never_doubled_and_what_is_not_known_is_shown(
    database: Database, point: StopPoint, left: str, copies: int, state: str
) -> None:
    assert outcome(database, DutyKind.MINUTES, point) == (left, copies, state)


def test_a_short_storm_of_kills_loses_nothing_and_doubles_only_what_may_be(
    database: Database, tmp_path: Path
) -> None:
    figures = storm(database, tmp_path, mails={"once": 30, "hold": 30}, kills=5)
    assert (figures.lost, figures.strangers, figures.held_doubled) == (0, 0, 0)
    assert figures.most_copies <= 2
    assert figures.doubled <= figures.kills == 5
    assert figures.arrived + figures.held >= figures.mails == 60


@pytest.mark.parametrize("point", [StopPoint.AFTER_CLAIM, StopPoint.AFTER_SENDING])
def test_a_stopped_process_that_goes_on_after_its_lease_sends_nothing_more(
    database: Database, point: StopPoint
) -> None:
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting(date(2027, 2, 18))
        office.duty(kind=DutyKind.NOTICE, due_on=date(2027, 2, 9), meeting=meeting)
    url = database.engine.url.render_as_string(hide_password=False)
    with running(ScriptedServer()) as server:
        smtp = f"smtp://127.0.0.1:{server.port}"
        # A second is ten minutes to the sleeper, who may need several of them to begin.
        sleeper = start_worker(url, MORNING, smtp=smtp, sleep_at=point, speed=600)
        wait_until_stopped(sleeper)
        stopped = time.monotonic()
        for at in (LATER + HOURS, LAST + HOURS):
            assert ended(start_worker(url, at, smtp=smtp)) == 0
        time.sleep(max(0, stopped + 2 - time.monotonic()))
        os.kill(sleeper.pid or 0, signal.SIGCONT)
        assert ended(sleeper) == 0
        assert len(server.taken) == 1
    assert state_of(database) == "sent"


def outcome(database: Database, kind: DutyKind, point: StopPoint) -> tuple[str, int, str]:
    """Return the state that a crash leaves, how many copies arrived, and the state in the end."""
    with database.write() as session:
        office = Office(session)
        meeting = office.meeting(date(2027, 2, 18))
        office.duty(kind=kind, due_on=date(2027, 2, 9), meeting=meeting)
    url = database.engine.url.render_as_string(hide_password=False)
    with running(ScriptedServer()) as server:
        smtp = f"smtp://127.0.0.1:{server.port}"
        assert ended(start_worker(url, MORNING, smtp=smtp, stop_at=point)) == -signal.SIGKILL
        left = state_of(database)
        for at in (LATER, LAST):
            assert ended(start_worker(url, at, smtp=smtp)) == 0
        taken = list(server.taken)
    assert len(set(taken)) <= 1
    return left, len(taken), state_of(database)


def wait_until_stopped(process: BaseProcess) -> None:
    stat = Path(f"/proc/{process.pid}/stat")
    until = time.monotonic() + 60
    while stat.read_text().rpartition(")")[2].split()[0] != "T":
        assert time.monotonic() < until
        time.sleep(0.01)


def ended(process: BaseProcess) -> int | None:
    process.join(timeout=60)
    return process.exitcode


def state_of(database: Database) -> str:
    with database.read() as session:
        return session.exec(select(Outbox.state).where(Outbox.step == "before")).one()
