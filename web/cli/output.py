"""How commands print what other programs read, and times for people."""

from __future__ import annotations

import json
from datetime import datetime

from scheduler.domain.civil_time import NORWAY
from scheduler.domain.language import Language, say_date, say_time

__all__ = ["as_json", "say_instant"]


def as_json(value: object) -> str:
    """Return the value as the JSON that commands print."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def say_instant(at: datetime) -> str:
    """Return an aware instant as the clock shows it in Norway, on every machine."""
    there = at.astimezone(NORWAY)
    day, clock = there.date(), there.time()
    return f"{say_date(day, Language.BOKMAL)} kl. {say_time(clock, Language.BOKMAL)}"
