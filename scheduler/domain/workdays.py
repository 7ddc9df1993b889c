"""Working days of a Norwegian municipality, and which of them a deadline counts."""

from __future__ import annotations

from collections.abc import Callable, Container
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.errors import AarshjulError

__all__ = ["DateSpan", "NoWorkingDayError", "WorkingDays", "easter_sunday"]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_JULY = 7
_DECEMBER = 12


class NoWorkingDayError(AarshjulError):
    """The closed spans reach the end of the calendar; `day` is where the search began."""

    def __init__(self, day: date) -> None:
        """Keep where the search began."""
        super().__init__(day)
        self.day = day


@dataclass(frozen=True, slots=True)
class DateSpan:
    """Days from `first_on` to `last_on`, both included."""

    first_on: date
    last_on: date

    def __contains__(self, day: date) -> bool:
        """Tell whether the day is in the span."""
        return self.first_on <= day <= self.last_on


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The calendar of one municipality.

    A *working* day is Monday to Friday but for public holidays, 24 and 31 December and the
    municipality's own days off. A deadline *counts* a working day unless it rests: in the joint
    leave (the municipality's own span of that year, else July), on 27-30 December, and from Monday
    to Wednesday before Easter.
    """

    public_holidays: Container[date]
    days_off: tuple[DateSpan, ...] = ()
    joint_leave: tuple[DateSpan, ...] = ()

    def is_working(self, day: date) -> bool:
        """Tell whether people are at work."""
        return (
            day.weekday() < _SATURDAY
            and day not in self.public_holidays
            and not (day.month == _DECEMBER and day.day in (24, 31))
            and not any(day in span for span in self.days_off)
        )

    def counts(self, day: date) -> bool:
        """Tell whether a deadline counts the day."""
        return self.is_working(day) and not self._rests(day)

    def add(self, day: date, count: int) -> date:
        """Return the day that is `count` counted days after `day`; 0 is the first from `day` on."""
        found = self.on_or_after(day) if count == 0 else day
        for _ in range(count):
            found = self.on_or_after(found + _ONE_DAY)
        return found

    def subtract(self, day: date, count: int) -> date:
        """Return the day that is `count` counted days before `day`; 0 is the last up to `day`."""
        found = self.on_or_before(day) if count == 0 else day
        for _ in range(count):
            found = self.on_or_before(found - _ONE_DAY)
        return found

    def between(self, first: date, last: date) -> int:
        """Return how many counted days come after `first`, up to and with `last`."""
        span = (last - first).days
        return sum(self.counts(first + timedelta(days=n)) for n in range(1, span + 1))

    def on_or_after(self, day: date) -> date:
        """Return the first counted day from `day` on.

        Raises, as all four do, `NoWorkingDayError` where the closed spans leave none.
        """
        return _search(day, _ONE_DAY, self.counts, (*self.days_off, *self.joint_leave))

    def on_or_before(self, day: date) -> date:
        """Return the last counted day up to `day`."""
        return _search(day, -_ONE_DAY, self.counts, (*self.days_off, *self.joint_leave))

    def working_on_or_after(self, day: date) -> date:
        """Return the first working day from `day` on, resting or not."""
        return _search(day, _ONE_DAY, self.is_working, self.days_off)

    def working_on_or_before(self, day: date) -> date:
        """Return the last working day up to `day`, resting or not."""
        return _search(day, -_ONE_DAY, self.is_working, self.days_off)

    def _rests(self, day: date) -> bool:
        if day.month == _DECEMBER and 27 <= day.day <= 30:
            return True
        easter = easter_sunday(day.year)
        if easter - timedelta(days=6) <= day <= easter - timedelta(days=4):
            return True
        own = [s for s in self.joint_leave if s.first_on.year <= day.year <= s.last_on.year]
        return any(day in span for span in own) if own else day.month == _JULY


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian year (the anonymous algorithm of 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    moon = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    shift = h + moon - 7 * ((a + 11 * h + 22 * moon) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def _search(
    day: date, stride: timedelta, wanted: Callable[[date], bool], closed: tuple[DateSpan, ...]
) -> date:
    """Walk to the first wanted day, over a closed span in one step however long it is."""
    found = day
    try:
        while not wanted(found):
            span = next((span for span in closed if found in span), None)
            if span is not None:
                found = span.last_on if stride > timedelta() else span.first_on
            found += stride
    except OverflowError:
        raise NoWorkingDayError(day) from None
    return found
