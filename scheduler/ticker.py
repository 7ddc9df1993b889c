"""The only importer of APScheduler: a few jobs at fixed intervals, and nothing else.

It holds no work of its own: a tick that is missed, late or doubled loses nothing, since what is due
stands in the database.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import UTC, timedelta
from queue import Empty, SimpleQueue
from types import FrameType
from typing import Final, Protocol

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler

__all__ = ["Tick", "start_ticking", "tick_until_told"]

_LOOK_EVERY: Final = 0.2  # seconds
_DEFAULTS = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Tick(Protocol):
    """Something to run again and again, never twice at once."""

    @property
    def name(self) -> str:
        """What the log calls it."""
        ...

    @property
    def every(self) -> timedelta:
        """How long from one start to the next."""
        ...

    @property
    def run(self) -> Callable[[], object]:
        """Run it once; may raise, which is told and changes nothing else."""
        ...


def start_ticking(
    ticks: Iterable[Tick], *, on_error: Callable[[str, BaseException], None]
) -> Callable[[], None]:
    """Run each tick at once and then at its interval, in threads of this process.

    Returns what stops it: it waits for the ticks that are running.
    """
    wanted = tuple(ticks)
    # A tick that is still running when the next is due is skipped; that is no news.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    scheduler = BackgroundScheduler(
        jobstores={"default": MemoryJobStore()},
        executors={"default": ThreadPoolExecutor(max(1, len(wanted)))},
        job_defaults=_DEFAULTS,
        timezone=UTC,
    )

    def tell(event: JobExecutionEvent) -> None:
        on_error(str(event.job_id), event.exception)

    scheduler.add_listener(tell, EVENT_JOB_ERROR)
    scheduler.start()
    for tick in wanted:
        job = scheduler.add_job(
            tick.run, "interval", seconds=tick.every.total_seconds(), id=tick.name
        )
        # The scheduler would wait one interval before the first run.
        job.modify(next_run_time=job.next_run_time - tick.every)
    return lambda: scheduler.shutdown(wait=True)


def tick_until_told(
    ticks: Iterable[Tick],
    *,
    finish: Callable[[], None],
    on_error: Callable[[str, BaseException], None],
    told: threading.Event | None = None,
) -> None:
    """Tick until SIGTERM, SIGINT or `told`; then `finish` is called and the ticks are waited for.

    `told` may be set from any thread, also by `on_error`.
    """
    told = told or threading.Event()
    # An event could not be set by what interrupts the wait for it, which may hold its lock.
    signals: SimpleQueue[int] = SimpleQueue()

    def stop(number: int, _frame: FrameType | None) -> None:
        signals.put(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    end = start_ticking(ticks, on_error=on_error)
    try:
        # A signal that comes just before the wait begins does not end it, so each wait is short.
        while not told.is_set():
            with suppress(Empty):
                signals.get(timeout=_LOOK_EVERY)
                break
    finally:
        finish()
        end()
        for number, handler in before.items():
            signal.signal(number, handler)
