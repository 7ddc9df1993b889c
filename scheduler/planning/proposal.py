"""What planning gives: dated meetings with their reasons, and what could not be met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from scheduler.planning.inputs import SeriesKey
from scheduler.planning.reasons import Reason

__all__ = ["Note", "PlacedMeeting", "Proposal", "Proves", "Status", "Unmet"]


class Status(StrEnum):
    """How good a proposal is known to be.

    Infeasible is a proposal in which a series found no dates; only with the best method has
    anybody shown that there are none (`explain` says which rules are in the way).
    """

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


class Proves(StrEnum):
    """What the status speaks of: the dates are proven, times of day follow after."""

    DATES = "dates"


@dataclass(frozen=True, slots=True)
class PlacedMeeting:
    """A meeting with its date. `kept` tells that it stood before and was not moved.

    `number` counts within forum, unit and period; a kept meeting keeps the number it has.
    `cancelled` marks a kept meeting that is called off: it only holds its number. `guests`
    tells that those who attend once a month are at this one.
    """

    forum: str
    unit: str | None
    number: int
    date: date
    start: time
    end: time
    place: str | None
    reasons: tuple[Reason, ...] = ()
    kept: bool = False
    cancelled: bool = False
    guests: bool = False

    @property
    def key(self) -> SeriesKey:
        """Return what names the series of this meeting."""
        return (self.forum, self.unit)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A series whose rhythm could not be given its dates.

    `blocking` tells a plan that cannot be (the proposal is infeasible) from a forum that a
    person must choose a rhythm for.
    """

    forum: str
    unit: str | None
    reasons: tuple[Reason, ...]
    blocking: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should know of a series that is met: a skipped day, fewer meetings."""

    forum: str
    unit: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A planned period.

    `objective` and `bound` are hundredths of a day away from the evenly spread dates, and speak
    of dates alone; the gap between them is what might still be won. `seconds` is the time it
    took. `names` gives each series the name that words use.
    """

    period: str
    status: Status
    proves: Proves
    objective: int
    bound: int
    seconds: float
    meetings: tuple[PlacedMeeting, ...]
    unmet: tuple[Unmet, ...]
    notes: tuple[Note, ...] = ()
    names: tuple[tuple[str, str | None, str], ...] = ()

    @property
    def gap(self) -> float:
        """Return how far the objective may be from the best, as a share of the objective."""
        return (self.objective - self.bound) / self.objective if self.objective else 0.0
