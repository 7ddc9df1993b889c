"""The plain rules of recurrence (RFC 5545 section 3.3.10) as dates, with a bounded effort."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from icalendar import vDDDTypes

from calendars.errors import CalendarReadError, ReadFault

_WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_READ: Final = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "WKST",
}  # fmt: skip
_SINGLE: Final = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST")
# Every weekday of a month by its number takes 200 characters, and nobody names so much.
_LONGEST_RULE: Final = 1000


class Frequency(StrEnum):
    """The length of the period that a rule repeats in."""

    DAILY = "DAILY"
    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"
    YEARLY = "YEARLY"


_LONGEST_PERIOD: Final = {
    Frequency.DAILY: 1,
    Frequency.WEEKLY: 7,
    Frequency.MONTHLY: 31,
    Frequency.YEARLY: 366,
}


class UnsupportedRuleError(Exception):
    """A part of a rule that is valid but not read here, such as every hour; never leaves us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule as plain values; `weekdays` are pairs of ordinal (0 for each) and weekday (0-6).

    `weekday_numbers` are those of `weekdays` without ordinals. Sets, so that what is asked of a day
    costs the same however much a rule names.
    """

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: date | datetime | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()
    weekday_numbers: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0


class Effort:
    """What is left of the days that may be tried in one file."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._spent = 0

    def spend(self, days: int) -> None:
        """Raise CalendarReadError when the file asks for too much."""
        self._spent += days
        if self._spent > self._limit:
            raise CalendarReadError(ReadFault.TOO_MANY_OCCURRENCES, limit=self._limit)


def parse_rule(text: str) -> Rule:
    """Read the value of an RRULE.

    Raises UnsupportedRuleError for parts that are left to calendar programs, and ValueError for
    what is no rule.
    """
    if len(text) > _LONGEST_RULE:
        raise ValueError(text[:_LONGEST_RULE])
    parts = _parts(text)
    frequency = parts.get("FREQ", [""])[0].upper()
    if parts.keys() - _READ or frequency in {"HOURLY", "MINUTELY", "SECONDLY"}:
        raise UnsupportedRuleError(text)
    interval = int(parts.get("INTERVAL", [1])[0])
    count = int(parts["COUNT"][0]) if "COUNT" in parts else None
    if interval < 1 or (count is not None and count < 1):
        raise ValueError(text)
    weekdays = frozenset(_weekday(day) for day in parts.get("BYDAY", []))
    return Rule(
        frequency=Frequency(frequency),
        interval=interval,
        count=count,
        until=_until(parts["UNTIL"][0]) if "UNTIL" in parts else None,
        months=frozenset(_number(month, 1, 12) for month in parts.get("BYMONTH", [])),
        month_days=frozenset(_number(day, -31, 31) for day in parts.get("BYMONTHDAY", [])),
        weekdays=weekdays,
        weekday_numbers=frozenset(weekday for _, weekday in weekdays),
        positions=frozenset(_number(place, -366, 366) for place in parts.get("BYSETPOS", [])),
        week_start=_weekday(parts.get("WKST", ["MO"])[0])[1],
    )


def occurrences(
    rule: Rule,
    starts: datetime,
    *,
    zone: tzinfo,
    after: datetime,
    until: datetime,
    effort: Effort,
) -> Iterator[datetime]:
    """Yield the starts from `after` to `until`, in the naive civil time of the entry's own zone.

    The entry's own start is always the first, also where the rule would not give it. `zone` is
    that of the entry, for a rule that ends at an instant.
    """
    last = min(until, _last(rule, zone))
    # A rule without a number can begin near the window, whatever year the entry is from.
    index = 0 if rule.count else _periods_before(rule, starts.date(), after.date())
    found = 1
    if after <= starts <= until:
        yield starts
    while rule.count is None or found < rule.count:
        try:
            effort.spend(_LONGEST_PERIOD[rule.frequency])
            first_day, days = _period(rule, starts.date(), index)
        except (OverflowError, ValueError):
            return  # Past the year 9999.
        if first_day > last.date():
            return
        for day in days:
            start = datetime.combine(day, starts.time())
            if start <= starts:
                continue
            found += 1
            if start > last or (rule.count is not None and found > rule.count):
                return
            if start >= after:
                yield start
        index += 1


def _parts(text: str) -> dict[str, list[str]]:
    """Return the values of each part; what is no part, as a semicolon too many, is passed over."""
    pairs = (part.split("=") for part in text.split(";"))
    found = {pair[0].strip().upper(): pair[1].split(",") for pair in pairs if len(pair) == 2}
    if any(len(found.get(name, [""])) > 1 for name in _SINGLE):
        raise ValueError(text)
    return found


def _until(text: str) -> date | datetime:
    # icalendar gives this function no types; it also reads a time of day, a length and a period.
    found: object = vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]
    if not isinstance(found, date):
        raise ValueError(text)
    return found


def _number(value: str, least: int, most: int) -> int:
    number = int(value)
    if number == 0 or not least <= number <= most:
        raise ValueError(value)
    return number


def _weekday(text: str) -> tuple[int, int]:
    ordinal = text[:-2]
    return _number(ordinal, -53, 53) if ordinal else 0, _WEEKDAYS.index(text[-2:].upper())


def _last(rule: Rule, zone: tzinfo) -> datetime:
    match rule.until:
        case None:
            return datetime.combine(date.max, time.max)
        case datetime(tzinfo=None) as moment:
            return moment
        case datetime() as moment:
            return moment.astimezone(zone).replace(tzinfo=None)
        case day:
            return datetime.combine(day, time.max)


def _periods_before(rule: Rule, start: date, after: date) -> int:
    days = max(0, (after - start).days)
    return max(0, days // (_LONGEST_PERIOD[rule.frequency] * rule.interval) - 1)


def _period(rule: Rule, start: date, index: int) -> tuple[date, list[date]]:
    """Return the first day of a period, and the days in it that the rule names."""
    match rule.frequency:
        case Frequency.DAILY:
            first = start + timedelta(days=rule.interval * index)
            days = [first] if _fits(rule, first) else []
        case Frequency.WEEKLY:
            back = (start.weekday() - rule.week_start) % 7
            first = start - timedelta(days=back) + timedelta(weeks=rule.interval * index)
            week = [first + timedelta(days=number) for number in range(7)]
            wanted = rule.weekday_numbers or {start.weekday()}
            days = [day for day in week if day.weekday() in wanted and _in_month(rule, day)]
        case Frequency.MONTHLY:
            years, month = divmod(start.month - 1 + rule.interval * index, 12)
            first = date(start.year + years, month + 1, 1)
            days = _days_of_month(rule, first, start) if _in_month(rule, first) else []
        case Frequency.YEARLY:
            first = date(start.year + rule.interval * index, 1, 1)
            days = _days_of_year(rule, first, start)
    if rule.positions:
        days = [
            day
            for place, day in enumerate(days, start=1)
            if place in rule.positions or place - len(days) - 1 in rule.positions
        ]
    return first, days


def _days_of_year(rule: Rule, first: date, start: date) -> list[date]:
    if rule.weekdays and not rule.months:
        length = (date(first.year, 12, 31) - first).days + 1
        year = [first + timedelta(days=number) for number in range(length)]
        return [day for day in year if _on_month_day(rule, day) and _on_weekday(rule, day, year)]
    months = sorted(rule.months) or (range(1, 13) if rule.month_days else [start.month])
    return [
        day for month in months for day in _days_of_month(rule, first.replace(month=month), start)
    ]


def _days_of_month(rule: Rule, first: date, start: date) -> list[date]:
    length = monthrange(first.year, first.month)[1]
    month = [first.replace(day=number) for number in range(1, length + 1)]
    if not rule.month_days and not rule.weekdays:
        return [day for day in month if day.day == start.day]
    days = [day for day in month if _on_month_day(rule, day)]
    return [day for day in days if _on_weekday(rule, day, month)]


def _fits(rule: Rule, day: date) -> bool:
    return (
        _in_month(rule, day)
        and _on_month_day(rule, day)
        and (not rule.weekdays or day.weekday() in rule.weekday_numbers)
    )


def _in_month(rule: Rule, day: date) -> bool:
    return not rule.months or day.month in rule.months


def _on_month_day(rule: Rule, day: date) -> bool:
    if not rule.month_days:
        return True
    from_end = day.day - monthrange(day.year, day.month)[1] - 1
    return day.day in rule.month_days or from_end in rule.month_days


def _on_weekday(rule: Rule, day: date, span: list[date]) -> bool:
    if not rule.weekdays:
        return True
    place = (day - span[0]).days
    from_start = place // 7 + 1
    from_end = -((len(span) - 1 - place) // 7 + 1)
    return any((ordinal, day.weekday()) in rule.weekdays for ordinal in (0, from_start, from_end))
