"""Serves the demo: pages and worker in one process, on this machine alone."""

from __future__ import annotations

import errno
import logging
import signal
import socket
from types import FrameType

from werkzeug.serving import make_server

from scheduler.clock import Clock
from scheduler.store.database import Database
from web.cli.errors import PortTakenError
from web.demo.mailbox import mailbox_pages
from web.factory import create_app
from web.settings import Settings
from web.wiring import demo_transport, parts_of, start_demo_worker

__all__ = ["reserve_port", "serve_demo"]

_HOST = "127.0.0.1"


def reserve_port(port: int) -> socket.socket:
    """Return a listening socket on this machine's own address.

    Raises:
        PortTakenError: another program has the port.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
    except OSError as error:
        listening.close()
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise PortTakenError(port) from error
        raise
    listening.listen(128)
    return listening


def serve_demo(
    settings: Settings, database: Database, listening: socket.socket, clock: Clock
) -> None:
    """Serve until interrupted."""
    folder = settings.home_folder / "mailbox"
    parts = parts_of(settings, database, clock, extra=(mailbox_pages(folder),), demo=True)
    server = make_server(
        _HOST,
        listening.getsockname()[1],
        create_app(parts),
        threaded=True,
        fd=listening.fileno(),
    )
    # Its log of requests would show the log-in links.
    logging.getLogger("werkzeug").setLevel(logging.WARNING)
    signal.signal(signal.SIGTERM, _interrupt)
    stop_worker = start_demo_worker(settings, database, demo_transport(folder))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        stop_worker()
        server.server_close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """End as Ctrl+C does, so that the mail in hand is finished."""
    raise KeyboardInterrupt
