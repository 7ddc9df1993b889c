"""What a subscriber chooses about a feed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.enums import FeedDetail
from scheduler.domain.language import Language

__all__ = ["FeedAlarm", "FeedOptions"]


class FeedAlarm(StrEnum):
    """When the calendar itself rings; off unless the subscriber asked for it."""

    NONE = "none"
    QUARTER_HOUR = "15m"
    HOUR = "1h"
    DAY = "1d"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedOptions:
    """How a feed is written, and which of its entries are left out."""

    language: Language
    detail: FeedDetail = FeedDetail.FULL
    alarm: FeedAlarm = FeedAlarm.NONE
    with_duties: bool = True
    with_cancelled: bool = True
