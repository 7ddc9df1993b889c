"""The period that a year plan covers: a calendar year or a school year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.enums import PeriodKind
from scheduler.domain.errors import AarshjulError

__all__ = ["Period", "PeriodError", "month_after", "period_of", "read_period"]

_LABEL = re.compile(r"(?P<first>20\d\d)(?:/(?P<last>\d\d))?")


class PeriodError(AarshjulError):
    """A period that is neither "2027" nor "2027/28"; `text` is what was written."""

    def __init__(self, text: str) -> None:
        """Keep what was written."""
        super().__init__(text)
        self.text = text


@dataclass(frozen=True, slots=True)
class Period:
    """A planned year with its label, its first and its last day."""

    label: str
    starts_on: date
    ends_on: date

    @property
    def kind(self) -> PeriodKind:
        """Return whether this is a calendar year or a school year."""
        return PeriodKind.SCHOOL_YEAR if "/" in self.label else PeriodKind.CALENDAR_YEAR

    @property
    def years(self) -> tuple[int, ...]:
        """Return the calendar years the period touches."""
        return tuple(range(self.starts_on.year, self.ends_on.year + 1))

    def moved(self, years: int) -> Period:
        """Return the period that many years later (earlier when negative)."""
        return _from_first(self.starts_on.year + years, self.kind)


def read_period(text: str) -> Period:
    """Read "2027" (January to December) or "2027/28" (1 August to 31 July).

    Raises:
        PeriodError: the text is neither, or the second year does not follow the first.
    """
    match = _LABEL.fullmatch(text.strip())
    if match is None:
        raise PeriodError(text)
    first = int(match["first"])
    if match["last"] is None:
        return _from_first(first, PeriodKind.CALENDAR_YEAR)
    if int(match["last"]) != (first + 1) % 100:
        raise PeriodError(text)
    return _from_first(first, PeriodKind.SCHOOL_YEAR)


def period_of(day: date, kind: PeriodKind) -> Period:
    """Return the period of that kind which the day falls in."""
    if kind is PeriodKind.SCHOOL_YEAR and day.month < 8:
        return _from_first(day.year - 1, kind)
    return _from_first(day.year, kind)


def month_after(day: date) -> date:
    """Return the first day of the month after the day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _from_first(year: int, kind: PeriodKind) -> Period:
    if kind is PeriodKind.CALENDAR_YEAR:
        return Period(str(year), date(year, 1, 1), date(year, 12, 31))
    label = f"{year}/{(year + 1) % 100:02}"
    return Period(label, date(year, 8, 1), date(year + 1, 7, 31))
