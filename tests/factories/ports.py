"""Ports for servers of tests."""

from __future__ import annotations

import secrets
import socket

__all__ = ["free_port"]

# Below those that the system gives to outgoing connections: nothing else takes one of these
# between the moment it is found free and the moment a server listens on it.
_FIRST, _COUNT = 20_000, 12_000


def free_port() -> int:
    """Return a port of this machine that nothing listens on."""
    while True:
        port = _FIRST + secrets.randbelow(_COUNT)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
