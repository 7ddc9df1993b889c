"""The rhythm of a forum, a report or a revision as a frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from scheduler.domain.cadence.kinds import (
    CadenceKind,
    CadenceUnit,
    Modality,
    Season,
    Weekday,
    WeekParity,
)

__all__ = ["UNKNOWN", "VAGUE", "Cadence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """What the words say about time, and nothing that they do not say.

    Counts are per `interval` units ("2-3 ganger pr år" is 2 to 3 each year); `None` as one end
    is open ("minst to" has no maximum), `None` as both is not said. `ordinal` is 1 to 5, or -1
    for the last; `more_ordinals` holds all of them when there are several. Offsets are days
    from the anchor, negative before it. `between` is the first and the last (month, day) of a
    span of days, whose months are in `months`. Times are civil times; `duration` is in whole
    minutes.
    """

    kind: CadenceKind
    unit: CadenceUnit | None = None
    interval: int | None = None
    interval_max: int | None = None
    count_min: int | None = None
    count_max: int | None = None
    approx: bool = False
    modality: Modality | None = None
    weekdays: tuple[Weekday, ...] = ()
    ordinal: int | None = None
    more_ordinals: tuple[int, ...] = ()
    ordinal_of_week: bool = False
    week_parity: WeekParity | None = None
    weeks: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    seasons: tuple[Season, ...] = ()
    season_counts: tuple[tuple[Season, int], ...] = ()
    month_part: str | None = None
    school_year: bool = False
    school_holidays: bool = False
    time_ranges: tuple[tuple[time, time], ...] = ()
    time_start: time | None = None
    time_end: time | None = None
    part_of_day: str | None = None
    duration: int | None = None
    total_occurrences: int | None = None
    on_demand: bool = False
    on_demand_extra: bool = False
    month: int | None = None
    day: int | None = None
    more_dates: tuple[tuple[int, int], ...] = ()
    between: tuple[tuple[int, int], ...] = ()
    year: int | None = None
    last_year: int | None = None
    next_year: int | None = None
    every: CadenceUnit | None = None
    anchor: str | None = None
    after: str | None = None
    starts_after: str | None = None
    offset_days: int | None = None
    offset_months: int | None = None
    offset_hours: int | None = None
    working_days: bool = False
    within_days: tuple[int, ...] = ()
    within_months: int | None = None
    except_months: tuple[int, ...] = ()
    except_weeks: tuple[int, ...] = ()
    except_holidays: bool = False
    task: str | None = None
    per: str | None = None
    ref: str | None = None
    what: str | None = None
    level: str | None = None
    activity: str | None = None
    fixed: bool = False
    implied: bool = False
    adjustable: bool = False

    @property
    def gives_dates(self) -> bool:
        """Tell whether dates or windows can follow from this, given an anchor where one is due."""
        match self.kind:
            case CadenceKind.RECURRENCE:
                return self.unit is not None
            case CadenceKind.WINDOW:
                return bool(self.weeks or self.months or self.seasons or self.year)
            case CadenceKind.DEADLINE | CadenceKind.STATUS_DATE | CadenceKind.ONE_OFF:
                return bool(self.month or self.weeks or self.months or self.seasons or self.year)
            case _:
                return False

    @property
    def has_open_count(self) -> bool:
        """Tell whether the number of meetings per period is a range or lacks an end."""
        return self.count_min != self.count_max

    @property
    def needs_anchor(self) -> bool:
        """Tell whether the dates depend on when it was last done ("annenhver", "tredje år")."""
        return (
            self.kind is CadenceKind.RECURRENCE
            and (self.interval or 1) >= 2
            and self.week_parity is None
        )


VAGUE = Cadence(kind=CadenceKind.VAGUE)
UNKNOWN = Cadence(kind=CadenceKind.UNKNOWN)
