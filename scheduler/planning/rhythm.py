"""What a cadence asks of one period: spans with a count, dates of its own, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit, Weekday, WeekParity
from scheduler.planning.inputs import FixedWhy, ForumInput, YearInput
from scheduler.planning.periods import Span, days_of, parts, season_spans
from scheduler.planning.reasons import Reason, ReasonCode

__all__ = ["Demand", "Grid", "NoDates", "Window", "demand_of", "may_fall_on"]


@dataclass(frozen=True, slots=True)
class Window:
    """A span in which at least `least` and preferably `most` meetings are held."""

    starts_on: date
    ends_on: date
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Dates of its own ("annenhver fredag"). One of the options is kept for the whole period.

    There are several only when neither words, anchor nor last year settle the weekday or the
    parity of weeks; the first is what to take when nothing else speaks against it.
    """

    options: tuple[tuple[date, ...], ...]


@dataclass(frozen=True, slots=True)
class NoDates:
    """No date follows from the words. `chooses` tells that a person must choose a rhythm."""

    reason: Reason
    chooses: bool


Demand = tuple[Window, ...] | Grid | NoDates


def demand_of(year: YearInput, forum: ForumInput) -> Demand:
    """Read what a forum's cadence asks of the period.

    "3-4" is 4 if they fit, else 3; an open maximum is its minimum. "Hvert tredje år" without
    a known year gives no date.
    """
    cadence = forum.cadence
    if cadence.kind is CadenceKind.ON_DEMAND:
        return NoDates(Reason(ReasonCode.ON_DEMAND), chooses=False)
    if cadence.kind is CadenceKind.RECURRENCE:
        return _recurrence(year, forum)
    if cadence.gives_dates and not cadence.school_holidays:
        return _single(year, cadence)
    return NoDates(Reason(ReasonCode.NO_RHYTHM), chooses=True)


def may_fall_on(year: YearInput, forum: ForumInput) -> Callable[[date], bool]:
    """Return the test that weekday, months, weeks and seasons put to a day of this forum.

    Without a weekday of its own a forum meets Monday to Friday. Closed days are another matter.
    """
    cadence = forum.cadence
    weekdays = {day.iso for day in _weekdays(forum)} or {1, 2, 3, 4, 5}
    in_season = _season_test(year, cadence)
    narrowed = cadence.months or cadence.except_months or cadence.seasons
    by_week = cadence.weeks or cadence.except_weeks or cadence.week_parity

    def test(day: date) -> bool:
        if day.isoweekday() not in weekdays:
            return False
        if narrowed and not (
            (not cadence.months or day.month in cadence.months)
            and day.month not in cadence.except_months
            and in_season(day)
        ):
            return False
        if not by_week:
            return True
        week = day.isocalendar().week
        return (
            (not cadence.weeks or week in cadence.weeks)
            and week not in cadence.except_weeks
            and _fits_parity(week, cadence.week_parity)
        )

    return test


def _recurrence(year: YearInput, forum: ForumInput) -> Demand:
    cadence = forum.cadence
    least, most = _counts(cadence)
    if cadence.season_counts:
        windows = (
            Window(first, last, count, count)
            for season, count in cadence.season_counts
            for first, last in season_spans(year, season)
        )
        return tuple(sorted(windows, key=lambda window: window.starts_on))
    if cadence.unit is None:
        if cadence.total_occurrences is None:
            return NoDates(Reason(ReasonCode.NO_RHYTHM), chooses=True)
        total = cadence.total_occurrences
        return (Window(year.starts_on, year.ends_on, total, total),)
    if cadence.unit is CadenceUnit.DAY:
        return _daily(year, forum)
    if cadence.unit is CadenceUnit.WEEK:
        return _weekly(year, forum, most)
    whole_year = cadence.unit is CadenceUnit.YEAR and not cadence.months
    if cadence.ordinal is not None and not cadence.ordinal_of_week and not whole_year:
        return _by_ordinal(year, forum)
    if cadence.unit is CadenceUnit.YEAR:
        return _yearly(year, forum, least, most)
    spans = parts(year, cadence.unit, interval=cadence.interval or 1)
    return tuple(Window(first, last, least, most) for first, last in spans)


def _counts(cadence: Cadence) -> tuple[int, int]:
    low, high = cadence.count_min, cadence.count_max
    least = low if low is not None else 1
    return least, high if high is not None else least


def _yearly(year: YearInput, forum: ForumInput, least: int, most: int) -> Demand:
    cadence = forum.cadence
    interval = cadence.interval or 1
    if interval > 1:
        due = _year_it_is_due(forum)
        if due is None:
            return NoDates(Reason(ReasonCode.UNKNOWN_ANCHOR, count=interval), chooses=True)
        years = range(year.starts_on.year, year.ends_on.year + 1)
        hits = [number for number in years if (number - due) % interval == 0]
        if not hits:
            return NoDates(Reason(ReasonCode.NOT_THIS_PERIOD), chooses=False)
        first = max(year.starts_on, date(hits[0], 1, 1))
        return (Window(first, min(year.ends_on, date(hits[0], 12, 31)), least, most),)
    if len(cadence.months) > 1 and most in (1, len(cadence.months)):
        return tuple(
            Window(first, last, 1, 1)
            for first, last in parts(year, CadenceUnit.MONTH)
            if first.month in cadence.months
        )
    return (Window(year.starts_on, year.ends_on, least, most),)


def _year_it_is_due(forum: ForumInput) -> int | None:
    cadence = forum.cadence
    if forum.anchor_on is not None:
        return forum.anchor_on.year
    return cadence.next_year or cadence.last_year or cadence.year


def _daily(year: YearInput, forum: ForumInput) -> Grid:
    test = may_fall_on(year, forum)
    return Grid((tuple(day for day in days_of((year.starts_on, year.ends_on)) if test(day)),))


def _weekly(year: YearInput, forum: ForumInput, count: int) -> Grid:
    cadence = forum.cadence
    interval = cadence.interval or 1
    if count > 1 and interval > 1:
        interval, count = max(1, interval // count), 1
    return Grid(
        tuple(
            dates
            for weekdays in _weekday_options(year, forum, count)
            for phase in _phases(year, forum, interval)
            if (dates := tuple(_on_weeks(year, forum, weekdays, interval, phase)))
        )
    )


def _on_weeks(
    year: YearInput, forum: ForumInput, weekdays: Iterable[int], interval: int, phase: int
) -> Iterable[date]:
    cadence, wanted = forum.cadence, set(weekdays)
    in_season = _season_test(year, cadence)
    for day in days_of((year.starts_on, year.ends_on)):
        week = day.isocalendar().week
        if (
            day.isoweekday() in wanted
            and (cadence.week_parity is not None or _week_number(day) % interval == phase)
            and _fits_parity(week, cadence.week_parity)
            and (not cadence.months or day.month in cadence.months)
            and (not cadence.weeks or week in cadence.weeks)
            and day.month not in cadence.except_months
            and week not in cadence.except_weeks
            and in_season(day)
        ):
            yield day


def _week_number(day: date) -> int:
    """Number weeks through all years, so that a rhythm runs on across New Year."""
    return (day.toordinal() - 1) // 7


def _phases(year: YearInput, forum: ForumInput, interval: int) -> tuple[int, ...]:
    if interval == 1 or forum.cadence.week_parity is not None:
        return (0,)
    if forum.anchor_on is not None:
        return (_week_number(forum.anchor_on) % interval,)
    known = _known_dates(year, forum)
    if known:
        return (_most_common([_week_number(day) % interval for day in known]),)
    first = _week_number(year.starts_on + timedelta(days=7))
    return tuple((first + shift) % interval for shift in range(interval))


def _weekday_options(year: YearInput, forum: ForumInput, count: int) -> tuple[tuple[int, ...], ...]:
    given = tuple(day.iso for day in _weekdays(forum))
    if given:
        return (given,)
    known = _known_dates(year, forum)
    if count == 1 and known:
        return ((_most_common([day.isoweekday() for day in known]),),)
    spread = {1: ((2,), (3,), (4,), (1,), (5,)), 2: ((2, 4), (1, 3)), 3: ((1, 3, 5),)}
    return spread.get(count, (tuple(range(1, min(count, 5) + 1)),))


def _weekdays(forum: ForumInput) -> tuple[Weekday, ...]:
    if forum.cadence.weekdays:
        return forum.cadence.weekdays
    return (forum.weekday,) if forum.weekday is not None else ()


def _known_dates(year: YearInput, forum: ForumInput) -> list[date]:
    """Return the dates of the rhythm so far: this year's own, else last year's, latest first.

    A date set by hand may lie outside the rhythm, so it says nothing of it.
    """
    own = [
        meeting.date
        for meeting in year.fixed
        if (meeting.forum, meeting.unit) == forum.key
        and meeting.why in (FixedWhy.PUBLISHED, FixedWhy.HELD, FixedWhy.CANCELLED)
    ]
    past = [last.date for last in year.last_year if (last.forum, last.unit) == forum.key]
    return sorted(own or past, reverse=True)


def _most_common(numbers: Sequence[int]) -> int:
    """Return what most dates agree on, so that a meeting that was moved changes no habit."""
    return max(numbers, key=numbers.count)


def _by_ordinal(year: YearInput, forum: ForumInput) -> Grid:
    cadence = forum.cadence
    ordinals = cadence.more_ordinals or (cadence.ordinal or 1,)
    unit = CadenceUnit.MONTH if cadence.months else cadence.unit or CadenceUnit.MONTH
    spans = [
        span for span in parts(year, unit) if not cadence.months or span[0].month in cadence.months
    ][:: (cadence.interval or 1) if not cadence.months else 1]
    options = []
    for weekdays in _weekday_options(year, forum, 1):
        dates = {
            found
            for span in spans
            for weekday in weekdays
            for ordinal in ordinals
            if (found := _nth(span, weekday, ordinal)) is not None
        }
        options.append(tuple(sorted(dates)))
    return Grid(tuple(options))


def _nth(span: Span, weekday: int, ordinal: int) -> date | None:
    # A clipped first month would count from the wrong day.
    start = span[0].replace(day=1)
    days = [day for day in days_of((start, span[1])) if day.isoweekday() == weekday]
    at = ordinal - 1 if ordinal > 0 else ordinal
    if not -len(days) <= at < len(days):
        return None
    return days[at] if days[at] >= span[0] else None


def _single(year: YearInput, cadence: Cadence) -> Demand:
    least, most = _counts(cadence)
    if cadence.year is not None and not year.starts_on.year <= cadence.year <= year.ends_on.year:
        return NoDates(Reason(ReasonCode.NOT_THIS_PERIOD), chooses=False)
    if cadence.month is None:
        return tuple(Window(first, last, least, most) for first, last in _runs(year, cadence))
    for number in range(year.starts_on.year, year.ends_on.year + 1):
        due = _due_date(number, cadence.month, cadence.day)
        if not year.starts_on <= due <= year.ends_on:
            continue
        if cadence.kind is CadenceKind.STATUS_DATE:
            return (Window(due, min(year.ends_on, due + timedelta(days=30)), least, most),)
        return (Window(max(year.starts_on, due - timedelta(days=30)), due, least, most),)
    return NoDates(Reason(ReasonCode.NOT_THIS_PERIOD), chooses=False)


def _runs(year: YearInput, cadence: Cadence) -> Iterator[Span]:
    """Part named weeks or months where they are not neighbours: "mars og oktober" is two spans."""
    test = _named_days(cadence)
    first: date | None = None
    for day in days_of((year.starts_on, year.ends_on)):
        if test(day) and first is None:
            first = day
        elif not test(day) and first is not None:
            yield (first, day - timedelta(days=1))
            first = None
    if first is not None:
        yield (first, year.ends_on)


def _named_days(cadence: Cadence) -> Callable[[date], bool]:
    return lambda day: (
        (not cadence.months or day.month in cadence.months)
        and (not cadence.weeks or day.isocalendar().week in cadence.weeks)
    )


def _due_date(year: int, month: int, day: int | None) -> date:
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day or last, last))


def _season_test(year: YearInput, cadence: Cadence) -> Callable[[date], bool]:
    if not cadence.seasons:
        return lambda day: True
    spans = [span for season in cadence.seasons for span in season_spans(year, season)]
    return lambda day: any(first <= day <= last for first, last in spans)


def _fits_parity(week: int, parity: WeekParity | None) -> bool:
    return parity is None or (week % 2 == 0) is (parity is WeekParity.EVEN)
