"""What cannot be in a phrase, as a code with its data; the text for people is made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Ambiguity", "Problem", "ProblemCode"]


class ProblemCode(StrEnum):
    """Why words that look like a rhythm are none."""

    COUNT_REVERSED = "count_reversed"
    COUNT_ZERO = "count_zero"
    COUNT_TOO_LARGE = "count_too_large"
    INTERVAL_ZERO = "interval_zero"
    INTERVAL_TOO_LARGE = "interval_too_large"
    IMPOSSIBLE_DATE = "impossible_date"
    IMPOSSIBLE_WEEK = "impossible_week"
    IMPOSSIBLE_TIME = "impossible_time"
    IMPOSSIBLE_ORDINAL = "impossible_ordinal"
    RANGE_REVERSED = "range_reversed"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Problem:
    """One impossibility with the numbers that make it one, as they stand in the text."""

    code: ProblemCode
    values: tuple[int, ...]


class Ambiguity(StrEnum):
    """What a person should be asked, because the words can mean two things."""

    INTERVAL_OR_ORDINAL = "interval_or_ordinal"
    WEEKLY_IMPLIED = "weekly_implied"
    PERIOD_IMPLIED = "period_implied"
    PERIOD_MISSING = "period_missing"
    SLOT_ONLY_IF_NEEDED = "slot_only_if_needed"
    EITHER_DAY = "either_day"
    THIS_YEAR_OR_EVERY = "this_year_or_every"
    FORTNIGHT_OR_DAYS = "fortnight_or_days"
    MONTH_IMPLIED = "month_implied"
    YEAR_IMPLIED = "year_implied"
    HOW_OFTEN_NOT_SAID = "how_often_not_said"
    COUNT_NOT_SAID = "count_not_said"
