"""What gunicorn's first process does around its web processes; `serve` names it as settings."""

from __future__ import annotations

import atexit
import os
import shutil
from tempfile import mkdtemp
from typing import Any

from web.metrics_folder import SHARED_FOLDER
from web.unsaid import Unsaid

__all__ = ["control_socket_disable", "on_starting"]

# Newer gunicorns otherwise listen in the home folder for commands that nobody here gives.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Keep secrets out of the log, and make the folder that the web processes count in.

    The folder is removed when this process ends, also when the port turns out to be taken; only a
    `kill -9` leaves it behind.
    """
    server.log.error_log.addFilter(Unsaid())
    folder = mkdtemp(prefix="aarshjul-metrics-")
    # Set before any web process begins, and before the library that reads it is imported.
    os.environ[SHARED_FOLDER] = folder
    atexit.register(_remove, folder, os.getpid())


def _remove(folder: str, first_process: int) -> None:
    # The web processes are copies of the first one and come by here too.
    if os.getpid() == first_process:
        shutil.rmtree(folder, ignore_errors=True)
