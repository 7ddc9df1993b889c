"""Processes that have imported everything already, so that starting one costs little."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from multiprocessing.process import BaseProcess
from typing import Any

__all__ = ["context", "start"]

_PRELOADED = (
    "tests.fakes.worker_process",
    "tests.fakes.counting_server",
    "tests.fakes.command_process",
    # Imported by a command when it is called.
    "web.cli.calendars",
    "web.cli.database",
    "web.cli.demo",
    "web.cli.people",
    "web.cli.plan_files",
    "web.cli.problems",
    "web.cli.read_plan",
    "web.cli.rhythms",
    "web.cli.running",
    "web.cli.tracking",
    "web.cli.year",
    "tests.fakes.warmed",
)


def context() -> ForkServerContext:
    """Return what processes are made from; its server imports once, before the first."""
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(list(_PRELOADED))
    return made


def start(work: Callable[..., None], *args: Any) -> BaseProcess:
    """Start a process, which ends with ours at the latest."""
    process = context().Process(target=work, args=args, daemon=True)
    process.start()
    return process
