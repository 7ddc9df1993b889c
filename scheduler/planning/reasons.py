"""Why a date was chosen, a meeting left out or a forum unmet: codes with values, no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

__all__ = ["Reason", "ReasonCode"]


class ReasonCode(StrEnum):
    """What a reason says; `words.py` has the sentence in each written form."""

    # Where a date comes from.
    SPREAD = "spread"
    RHYTHM = "rhythm"
    ONLY_ONE = "only_one"
    KEPT_HAND = "kept_hand"
    KEPT_PUBLISHED = "kept_published"
    KEPT_HELD = "kept_held"
    KEPT_CANCELLED = "kept_cancelled"
    KEPT_OTHERS = "kept_others"
    # What pushed it from a better day.
    WAS_CLOSED = "was_closed"
    WAS_BUSY = "was_busy"
    WAS_UNFIT = "was_unfit"
    MOVED_CLOSED = "moved_closed"
    AFTER = "after"
    RECEIVES_MINUTES = "receives_minutes"
    BEFORE_DEADLINE = "before_deadline"
    LOST_DATE = "lost_date"
    MOVED_UNFIT = "moved_unfit"
    MADE_ROOM = "made_room"
    # What was left out, and why.
    SKIPPED_CLOSED = "skipped_closed"
    PERIOD_CLOSED = "period_closed"
    FEWER = "fewer"
    CLOSE = "close"
    TOO_LATE = "too_late"
    NOT_THIS_PERIOD = "not_this_period"
    ON_DEMAND = "on_demand"
    NO_SOURCE = "no_source"
    LINK_NOT_KEPT = "link_not_kept"
    DEADLINE_NOT_KEPT = "deadline_not_kept"
    NO_GUESTS = "no_guests"
    # Why a forum is unmet.
    NO_RHYTHM = "no_rhythm"
    UNKNOWN_ANCHOR = "unknown_anchor"
    NO_ROOM = "no_room"
    CLASH = "clash"
    LOST_BY_HAND = "lost_by_hand"
    NO_OTHER_DATE = "no_other_date"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason. Which of the values are set follows from the code.

    `forum` and `forum_name` name another forum; `hidden` is set when that forum may only be
    seen by its members, so that words say "opptatt" to everyone else.
    """

    code: ReasonCode
    on: date | None = None
    until: date | None = None
    name: str = ""
    forum: str | None = None
    forum_name: str = ""
    hidden: bool = False
    days: int = 0
    count: int = 0
    wanted: int = 0
