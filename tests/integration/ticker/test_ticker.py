"""Ticking: at once, again and again, never twice at the same time, and to the end of the work."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from scheduler.ticker import start_ticking, tick_until_told


@dataclass(frozen=True)
class Job:
    """A tick."""

    run: Callable[[], object]
    name: str = "job"
    every: timedelta = timedelta(milliseconds=20)


def ignore(name: str, error: BaseException) -> None:
    del name, error


def test_a_tick_runs_at_once_and_not_first_after_its_interval() -> None:
    ran = threading.Event()
    stop = start_ticking([Job(ran.set, every=timedelta(hours=1))], on_error=ignore)
    assert ran.wait(timeout=10)
    stop()


def test_a_tick_that_fails_is_told_and_runs_again() -> None:
    told: list[tuple[str, str]] = []
    twice = threading.Event()

    def fail() -> None:
        raise LookupError("tomt")

    def tell(name: str, error: BaseException) -> None:
        told.append((name, str(error)))
        if len(told) == 2:
            twice.set()

    stop = start_ticking([Job(fail, name="send")], on_error=tell)
    assert twice.wait(timeout=10)
    stop()
    assert told[:2] == [("send", "tomt")] * 2


def test_a_slow_tick_never_runs_twice_at_once_and_is_waited_for() -> None:
    running, most, began = [0], [0], threading.Event()
    goes_on = threading.Event()

    def slow() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        began.set()
        goes_on.wait(timeout=0.3)
        running[0] -= 1

    stop = start_ticking([Job(slow)], on_error=ignore)
    assert began.wait(timeout=10)
    stop()
    assert (most, running) == ([1], [0])


def test_a_signal_finishes_what_is_in_hand_and_ends() -> None:
    before = signal.getsignal(signal.SIGTERM)
    done: list[str] = []
    asked = threading.Event()

    def work() -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        asked.wait(timeout=10)
        done.append("message")

    def finish() -> None:
        done.append("told")
        asked.set()

    tick_until_told([Job(work, every=timedelta(hours=1))], finish=finish, on_error=ignore)
    assert done == ["told", "message"]
    assert signal.getsignal(signal.SIGTERM) == before
