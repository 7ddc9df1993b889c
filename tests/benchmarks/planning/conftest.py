"""One warm solver for all measurements."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from scheduler.planning import DaySolver


@pytest.fixture(scope="session")
def solver() -> Iterator[DaySolver]:
    with DaySolver() as process:
        process.warm()
        yield process
