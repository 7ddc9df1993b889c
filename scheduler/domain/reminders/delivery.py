"""At which instant a mail may reach a person: working days, 07 to 17 local time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from scheduler.domain.workdays import WorkingDays

__all__ = ["Delivery"]

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The delivery hours of a municipality in its own zone."""

    days: WorkingDays
    zone: ZoneInfo
    morning: time = time(8)
    opens: time = time(7)
    closes: time = time(17)

    def instant(self, day: date, at: time) -> datetime:
        """Return the local wall time as an instant in UTC."""
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)

    def local_date(self, at: datetime) -> date:
        """Return the local date of an instant."""
        return at.astimezone(self.zone).date()

    def morning_of(self, day: date) -> datetime:
        """Return the morning of a day on which mail is known to be delivered."""
        return self.instant(day, self.morning)

    def notice_morning(self, day: date) -> datetime:
        """Return the morning for a notice: the working day itself, else the one before."""
        return self.morning_of(self.days.working_on_or_before(day))

    def nag_morning(self, day: date) -> datetime:
        """Return the morning for a nag: the counted day itself, else the one after."""
        return self.morning_of(self.days.on_or_after(day))

    def end_of(self, day: date) -> datetime:
        """Return the end of delivery on a day."""
        return self.instant(day, self.closes)

    def is_open(self, at: datetime) -> bool:
        """Tell whether mail that keeps hours may go at this instant."""
        local = at.astimezone(self.zone)
        return self.days.is_working(local.date()) and self.opens <= local.time() < self.closes

    def next_open(self, at: datetime) -> datetime:
        """Return `at` itself where delivery is open, else the next opening."""
        if self.is_open(at):
            return at
        local = at.astimezone(self.zone)
        early = self.days.is_working(local.date()) and local.time() < self.opens
        day = local.date() if early else local.date() + _ONE_DAY
        return self.instant(self.days.working_on_or_after(day), self.opens)

    def next_morning(self, at: datetime) -> datetime:
        """Return the morning of the first working day after the local date of `at`."""
        day = self.local_date(at) + _ONE_DAY
        return self.morning_of(self.days.working_on_or_after(day))

    def next_weekday(self, at: datetime, weekday: int) -> datetime:
        """Return the first morning on or after `at` that is on `weekday` (Monday is 0).

        Where that day is not a counted day, the next counted day stands in.
        """
        day = self.local_date(at)
        if self.morning_of(day) < at:
            day += _ONE_DAY
        return self.nag_morning(day + timedelta(days=(weekday - day.weekday()) % 7))
