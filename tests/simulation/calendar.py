"""Norway's working days of 2026 to 2028, written down by hand for the checker alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

__all__ = ["Days"]

_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in [
        "2026-01-01",
        "2026-04-02",
        "2026-04-03",
        "2026-04-05",
        "2026-04-06",
        "2026-05-01",
        "2026-05-14",
        "2026-05-17",
        "2026-05-24",
        "2026-05-25",
        "2026-12-25",
        "2026-12-26",
        "2027-01-01",
        "2027-03-25",
        "2027-03-26",
        "2027-03-28",
        "2027-03-29",
        "2027-05-01",
        "2027-05-06",
        "2027-05-16",
        "2027-05-17",
        "2027-12-25",
        "2027-12-26",
        "2028-01-01",
        "2028-04-13",
        "2028-04-14",
        "2028-04-16",
        "2028-04-17",
        "2028-05-01",
        "2028-05-17",
        "2028-05-25",
        "2028-06-04",
        "2028-06-05",
        "2028-12-25",
        "2028-12-26",
    ]
)
_BEFORE_EASTER = frozenset(
    date.fromisoformat(day)
    for day in [
        "2026-03-30",
        "2026-03-31",
        "2026-04-01",
        "2027-03-22",
        "2027-03-23",
        "2027-03-24",
        "2028-04-10",
        "2028-04-11",
        "2028-04-12",
    ]
)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Days:
    """A municipality's own days off and joint leave, beside what is everybody's."""

    off: frozenset[date] = frozenset()
    leave: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """Whether people are at work."""
        last_days = day.month == 12 and day.day in (24, 31)
        return not (day.isoweekday() > 5 or day in _HOLIDAYS or last_days or day in self.off)

    def counts(self, day: date) -> bool:
        """Whether a deadline counts the day."""
        romjul = day.month == 12 and 27 <= day.day <= 30
        own = {each for each in self.leave if each.year == day.year}
        leave = day in own if own else day.month == 7
        return self.works(day) and not (romjul or leave or day in _BEFORE_EASTER)

    def step(self, day: date, counted: int) -> date:
        """Go so many counted days on, or back where negative."""
        way = _DAY if counted > 0 else -_DAY
        left = abs(counted)
        while left:
            day += way
            left -= self.counts(day)
        return day

    def counted_from(self, day: date) -> date:
        """The first counted day from this on."""
        while not self.counts(day):
            day += _DAY
        return day

    def counted_until(self, day: date) -> date:
        """The last counted day until this."""
        while not self.counts(day):
            day -= _DAY
        return day

    def worked_until(self, day: date) -> date:
        """The last working day until this."""
        while not self.works(day):
            day -= _DAY
        return day

    def worked_from(self, day: date) -> date:
        """The first working day from this on."""
        while not self.works(day):
            day += _DAY
        return day


def span(first: date, last: date) -> Iterable[date]:
    """Every day of a span, both ends in it."""
    return (first + n * _DAY for n in range((last - first).days + 1))
