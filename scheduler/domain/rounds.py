"""When a duty that returns is due: each round of a yearly review, a report or a revision."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from scheduler.domain.cadence import Cadence, CadenceKind, CadenceUnit
from scheduler.domain.periods import Period

__all__ = ["RoundDates", "round_dates"]

_MONTHS = {
    CadenceUnit.MONTH: 1,
    CadenceUnit.QUARTER: 3,
    CadenceUnit.TERTIAL: 4,
    CadenceUnit.HALF_YEAR: 6,
    CadenceUnit.SEMESTER: 6,
    CadenceUnit.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class RoundDates:
    """The due dates in a period; none also when they hang on a date nobody has given."""

    dates: tuple[date, ...] = ()


def round_dates(
    cadence: Cadence, period: Period, *, due_on: tuple[int, int], last_done_on: date | None
) -> RoundDates:
    """Return when the rounds of a duty are due in a period.

    `due_on` is the month and day on which a yearly round is due. What is done every second year
    or more seldom is counted from `last_done_on`; when that day has passed, the round is overdue
    and keeps its date. Several rounds a year are due at the ends of equal parts of the year.
    """
    if cadence.kind is CadenceKind.DEADLINE and cadence.month:
        day = cadence.day or monthrange(2027, cadence.month)[1]
        return RoundDates(_in_period(period, [(cadence.month, day)]))
    if cadence.kind is not CadenceKind.RECURRENCE or cadence.unit not in _MONTHS:
        return RoundDates()
    interval = cadence.interval or 1
    if cadence.unit is CadenceUnit.YEAR and interval > 1:
        return _every_few_years(cadence, interval, period, due_on, last_done_on)
    rounds = max(1, (cadence.count_min or cadence.count_max or 1))
    rounds_a_year = max(1, 12 * rounds // (_MONTHS[cadence.unit] * interval))
    if rounds_a_year == 1:
        return RoundDates(_in_period(period, [due_on]))
    ends = [round(12 * part / rounds_a_year) for part in range(1, rounds_a_year + 1)]
    return RoundDates(
        _in_period(period, [(month, monthrange(2027, month)[1]) for month in ends if month])
    )


def _every_few_years(
    cadence: Cadence,
    interval: int,
    period: Period,
    due_on: tuple[int, int],
    last_done_on: date | None,
) -> RoundDates:
    if last_done_on is not None:
        year = last_done_on.year + interval
    elif cadence.next_year is not None:
        year = cadence.next_year
    elif cadence.last_year is not None:
        year = cadence.last_year + interval
    else:
        return RoundDates()
    due = _date(year, due_on)
    return RoundDates((due,) if due <= period.ends_on else ())


def _in_period(period: Period, days: list[tuple[int, int]]) -> tuple[date, ...]:
    found = {_date(year, day) for year in period.years for day in days}
    return tuple(sorted(day for day in found if period.starts_on <= day <= period.ends_on))


def _date(year: int, day: tuple[int, int]) -> date:
    month, number = day
    return date(year, month, min(number, monthrange(year, month)[1]))
