"""When a meeting begins, in the civil time of its municipality."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

__all__ = ["MeetingStart"]


@dataclass(frozen=True, slots=True)
class MeetingStart:
    """A day and a clock time."""

    held_on: date
    starts: time

    def instant(self, timezone: str) -> datetime:
        """Return the instant it is, in the zone of that name."""
        return datetime.combine(self.held_on, self.starts, tzinfo=ZoneInfo(timezone))

    def as_record(self) -> list[str]:
        """Return it as JSON can hold it."""
        return [self.held_on.isoformat(), self.starts.isoformat()]

    @classmethod
    def from_record(cls, record: list[str]) -> MeetingStart:
        """Return what `as_record` was made from."""
        held_on, starts = record
        return cls(date.fromisoformat(held_on), time.fromisoformat(starts))
