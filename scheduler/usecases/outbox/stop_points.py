"""The named points at which a test may end the worker."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from enum import StrEnum

__all__ = ["StopPoint", "kill_at"]


class StopPoint(StrEnum):
    """Where a crash is told apart from every other: before or after something became lasting."""

    BEFORE_CLAIM_COMMIT = "before_claim_commit"
    AFTER_CLAIM = "after_claim"
    AFTER_SENDING = "after_sending"
    AFTER_DOT = "after_dot"
    AFTER_250 = "after_250"
    BEFORE_SENT = "before_sent"


def kill_at(point: StopPoint) -> Callable[[str], None]:
    """Return what ends this process, without any clearing up, when the point is passed."""

    def passed(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return passed
