"""The closed sets of words that a cadence is made of, with the values of its JSON."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["CadenceKind", "CadenceUnit", "Modality", "Season", "WeekParity", "Weekday"]


class CadenceKind(StrEnum):
    """What sort of statement about time a phrase makes.

    `VAGUE` is a rhythm without dates ("jevnlig") or no words at all; `UNKNOWN` is words that
    state no rhythm, or one that cannot be (a 32nd of January).
    """

    RECURRENCE = "recurrence"
    WINDOW = "window"
    DEADLINE = "deadline"
    RELATIVE = "relative"
    ONE_OFF = "one_off"
    ON_DEMAND = "on_demand"
    CONTINUOUS = "continuous"
    VAGUE = "vague"
    TIME_ONLY = "time_only"
    PATTERN = "pattern"
    STATUS_DATE = "status_date"
    REFERENCE = "reference"
    UNKNOWN = "unknown"


class CadenceUnit(StrEnum):
    """The period that a count is for, or that an interval is counted in."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    TERTIAL = "tertial"
    HALF_YEAR = "half_year"
    SEMESTER = "semester"
    YEAR = "year"


class Weekday(StrEnum):
    """A day of the week."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"

    @property
    def iso(self) -> int:
        """The ISO number, 1 for Monday to 7 for Sunday."""
        return list(Weekday).index(self) + 1

    @classmethod
    def from_iso(cls, number: int) -> Weekday:
        """The day with an ISO number from 1 to 7."""
        return list(cls)[number - 1]


class WeekParity(StrEnum):
    """Whether the ISO week number is even ("partallsuker") or odd ("oddetallsuker")."""

    EVEN = "even"
    ODD = "odd"


class Season(StrEnum):
    """A part of the year as people name it; autumn and spring are also the two semesters."""

    WINTER = "winter"
    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"


class Modality(StrEnum):
    """How binding the words are: "bør" and "vanligvis"."""

    SHOULD = "should"
    NORMALLY = "normally"
