"""An instant in the reader's words."""

from __future__ import annotations

from datetime import datetime

from scheduler.domain.civil_time import NORWAY
from scheduler.domain.language import say_day
from web.language import current_language

__all__ = ["said_instant"]


def said_instant(at: datetime) -> str:
    """Return the day and the clock in Norway: "tirsdag 9. mars 09:14"."""
    local = at.astimezone(NORWAY)
    return f"{say_day(local.date(), current_language())} {local:%H:%M}"
