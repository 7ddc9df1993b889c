"""How gunicorn is started: a free port, the command, and what the C library is told of memory."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Mapping

from web.cli.errors import PortTakenError

__all__ = ["refuse_taken_port", "web_server_command", "web_server_environment"]


def refuse_taken_port(host: str, port: int) -> None:
    """Make sure that the port can be had: gunicorn would try for five seconds, with a log.

    Raises:
        PortTakenError: another program has it, or this one may not have it.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            # What else may be wrong with the address, gunicorn says itself.
            if error.errno in (errno.EADDRINUSE, errno.EACCES):
                raise PortTakenError(port) from error


def web_server_command(*, host: str, port: int, processes: int = 2) -> list[str]:
    """Return the command that serves the pages, each process of it with four threads."""
    return [
        sys.executable,
        # Tracebacks name the line, not the place in it: a megabyte less in each process.
        "-X",
        "no_debug_ranges",
        "-m",
        "gunicorn",
        # It makes, and removes, the folder in which the web processes count together.
        "--config",
        "python:web.serving",
        "--bind",
        f"{host}:{port}",
        "--workers",
        str(processes),
        "--threads",
        "4",
        "web.wsgi:make_app()",
    ]


def web_server_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment to start it in, where whoever runs it has not chosen otherwise.

    glibc gives each thread a heap of its own, so that they need not wait for each other. These
    wait for each other anyway, and the heaps would only keep what was freed from the others.
    """
    return {"MALLOC_ARENA_MAX": "1", **environment}
