"""Faults 1 and 2 at length: storms of kills, and four workers on ten thousand mails."""

from __future__ import annotations

import os
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from scheduler.store.database import Database
from tests.fakes.counting_server import counting
from tests.fakes.storm import MORNING, fill, states, storm
from tests.fakes.worker_process import start_worker

KILLS = int(os.environ.get("AARSHJUL_TORTURE_KILLS", "300"))
MAILS = int(os.environ.get("AARSHJUL_TORTURE_MAILS", "20000"))
TOGETHER = int(os.environ.get("AARSHJUL_TORTURE_TOGETHER", "10000"))


@pytest.mark.parametrize("resend", ["once", "hold"])
def test_a_storm_of_kills_loses_nothing_and_sends_at_most_one_copy_too_many_for_each(
    database: Database, tmp_path: Path, resend: str
) -> None:
    figures = storm(database, tmp_path, mails={resend: MAILS}, kills=KILLS)
    print(f"\n{database.engine.dialect.name}, {resend}: {figures}")  # noqa: T201
    assert (figures.lost, figures.strangers) == (0, 0)
    assert figures.most_copies <= 2
    if resend == "once":
        assert figures.arrived + figures.held >= MAILS
        assert figures.doubled <= KILLS
        # Only a mail that was cut off twice is left to a person.
        assert figures.held <= KILLS // 50
    else:
        assert figures.doubled == 0
        assert figures.held <= KILLS


def test_four_workers_send_ten_thousand_mails_once_each(database: Database, tmp_path: Path) -> None:
    fill(database, {"once": TOGETHER})
    url = database.engine.url.render_as_string(hide_password=False)
    with counting(tmp_path) as server:
        began = time.perf_counter()
        workers = [
            start_worker(url, MORNING + timedelta(seconds=1), smtp=server.url) for _ in range(4)
        ]
        for worker in workers:
            worker.join()
        took = time.perf_counter() - began
        copies = server.copies()
    print(  # noqa: T201
        f"\n{database.engine.dialect.name}: {len(copies)} mails in {took:.0f} s, "
        f"{len(copies) / took:.0f} a second"
    )
    assert [worker.exitcode for worker in workers] == [0] * 4
    assert (len(copies), set(copies.values())) == (TOGETHER, {1})
    assert states(database) == Counter(sent=TOGETHER)
