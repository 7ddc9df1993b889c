"""What was done in a simulated stretch, written down as it happened, for the checker to read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

__all__ = ["Story"]


@dataclass
class Story:
    """When the year was published, and what became of each duty and meeting since."""

    published_at: datetime
    ended_at: datetime
    reviewed: dict[int, datetime] = field(default_factory=dict)
    finished: dict[int, datetime] = field(default_factory=dict)
    moved: dict[int, tuple[datetime, date]] = field(default_factory=dict)
    cancelled: dict[int, datetime] = field(default_factory=dict)
    named: dict[int, list[tuple[datetime, int]]] = field(default_factory=lambda: defaultdict(list))
    began: list[tuple[str, date]] = field(default_factory=list)
