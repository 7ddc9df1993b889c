"""How gunicorn is started: the command, and what the C library is told about memory."""

from __future__ import annotations

import sys
from collections.abc import Mapping

__all__ = ["web_server_command", "web_server_environment"]


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
