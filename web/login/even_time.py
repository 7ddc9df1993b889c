"""Makes an answer take as long for somebody unknown as for somebody known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["at_least"]


@contextmanager
def at_least(
    seconds: float,
    *,
    elapsed: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """Stay in the block for `seconds`, however soon its work is done."""
    began = elapsed()
    try:
        yield
    finally:
        left = seconds - (elapsed() - began)
        if left > 0:
            sleep(left)
