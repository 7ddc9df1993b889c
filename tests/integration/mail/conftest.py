"""A real IMAP server for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.imap_server import ImapServer, imap_server


@pytest.fixture(scope="session")
def started() -> Iterator[ImapServer]:
    """One server for all of them."""
    with imap_server() as server:
        yield server


@pytest.fixture
def server(started: ImapServer) -> ImapServer:
    """A server whose mailbox is empty."""
    started.empty()
    return started
