"""When the papers of a meeting are due."""

from __future__ import annotations

from datetime import date, timedelta

from scheduler.domain.enums import DutyKind
from scheduler.domain.workdays import WorkingDays

__all__ = ["minutes_due_on", "notice_due_on", "paper_due_on"]


def paper_due_on(
    kind: DutyKind, held_on: date, *, notice_days: int, minutes_days: int, days: WorkingDays
) -> date:
    """Return when a paper of a meeting is due: what is neither notice nor minutes, in the meeting.

    `notice_days` are calendar days, `minutes_days` counted ones.
    """
    if kind is DutyKind.NOTICE:
        return notice_due_on(held_on, notice_days, days)
    if kind is DutyKind.MINUTES:
        return minutes_due_on(held_on, minutes_days, days)
    return held_on


def notice_due_on(held_on: date, notice_days: int, days: WorkingDays) -> date:
    """Return the last day to send the notice: `notice_days` calendar days before the meeting.

    When that day does not count, it is the last one before it that does.
    """
    return days.on_or_before(held_on - timedelta(days=notice_days))


def minutes_due_on(held_on: date, minutes_days: int, days: WorkingDays) -> date:
    """Return the last day to deliver the minutes: `minutes_days` counted days after the meeting."""
    return days.add(held_on, minutes_days)
