"""What a mail about duties says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from scheduler.domain.reminders import Tone
from scheduler.domain.snapshots import DutySnapshot

__all__ = ["DutyItem", "DutyMail"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyItem:
    """One duty in a mail; `due_on` is the deadline that the mail speaks of.

    `vacant` says that the reader stands in, `several` that others have the position too; `take_url`
    is where one of them says that they take it.
    `leader_in_days` counts the days that are left before the leader hears on `leader_on`.
    `late_from` is the day on which the mail should have gone, where it is late. `hidden` says that
    the reader has no seat in the case-level forum it is about, and may not know of it (privacy rule
    4): then neither forum, date nor kind is told.
    """

    duty: DutySnapshot
    tone: Tone
    due_on: date
    vacant: bool = False
    several: bool = False
    leader_on: date | None = None
    leader_in_days: int = 0
    late_from: date | None = None
    action_url: str | None = None
    take_url: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyMail:
    """One or several duties of one reader; `content_free` says only that something waits."""

    template: ClassVar[str] = "duty.j2"
    municipality: str
    today: date
    items: tuple[DutyItem, ...]
    positions: tuple[str, ...]
    home_url: str
    preferences_url: str
    content_free: bool = False
