"""The civil time that every municipality of Norway keeps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

__all__ = ["NORWAY", "today_of"]

NORWAY: Final = ZoneInfo("Europe/Oslo")


def today_of(now: datetime) -> date:
    """Return the day it is in Norway at an aware instant."""
    return now.astimezone(NORWAY).date()
