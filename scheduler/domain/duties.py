"""When the papers of a meeting are due."""

from __future__ import annotations

from datetime import date

from scheduler.domain.workdays import WorkingDays

__all__ = ["minutes_due_on", "notice_due_on"]


def notice_due_on(held_on: date, notice_days: int, days: WorkingDays) -> date:
    """Return the last day to send the notice: `notice_days` counted days before the meeting."""
    return days.subtract(held_on, notice_days)


def minutes_due_on(held_on: date, minutes_days: int, days: WorkingDays) -> date:
    """Return the last day to deliver the minutes: `minutes_days` counted days after the meeting."""
    return days.add(held_on, minutes_days)
