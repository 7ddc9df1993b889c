"""What a cadence asks of one period: spans with a count, dates of its own, or nothing.

Which days and periods the words name, and whose turn it is, are the rules of
`scheduler.domain.cadence.dates`; here they become what a planner may choose among.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.dates.named import allows, day_in_month, is_spared, nth_weekdays
from scheduler.domain.cadence.dates.spans import Span
from scheduler.domain.cadence.dates.turns import is_turn, overlapping, period_index
from scheduler.domain.cadence.dates.windows import named_spans
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit, Season, Weekday
from scheduler.planning.inputs import FixedWhy, ForumInput, YearInput
from scheduler.planning.periods import autumn_of, blocks, days_of, parts, period_of
from scheduler.planning.reasons import Reason, ReasonCode

__all__ = ["Demand", "Grid", "NoDates", "Window", "demand_of", "may_fall_on", "stated_weekdays"]


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
    weekdays = {day.iso for day in stated_weekdays(forum)} or {1, 2, 3, 4, 5}
    if not _narrows(cadence):
        return lambda day: day.isoweekday() in weekdays
    autumn = autumn_of(year)
    return lambda day: day.isoweekday() in weekdays and allows(cadence, day, autumn_starts=autumn)


def _narrows(cadence: Cadence) -> bool:
    return bool(
        cadence.months
        or cadence.between
        or cadence.seasons
        or cadence.weeks
        or cadence.week_parity
        or cadence.except_months
        or cadence.except_weeks
    )


def _recurrence(year: YearInput, forum: ForumInput) -> Demand:
    cadence = forum.cadence
    least, most = _counts(cadence)
    if cadence.season_counts:
        return tuple(
            Window(span.starts_on, span.ends_on, count, count)
            for span in parts(year, CadenceUnit.SEMESTER)
            for season, count in cadence.season_counts
            if season is _season_of(span)
        )
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
    autumn = autumn_of(year)
    return tuple(
        Window(span.starts_on, span.ends_on, least, most)
        for span in _turns(year, forum, cadence.unit)
        if (cadence.interval or 1) > 1 or is_spared(cadence, span.middle, autumn)
    )


def _season_of(span: Span) -> Season:
    return Season.SPRING if span.starts_on.month <= 6 else Season.AUTUMN


def _turns(year: YearInput, forum: ForumInput, unit: CadenceUnit) -> Iterable[Span]:
    """Return the periods whose turn it is; where nothing says when it began, blocks of several."""
    cadence = forum.cadence
    anchor = _anchor(year, forum)
    if not cadence.needs_anchor:
        return parts(year, unit)
    if anchor is None:
        return blocks(year, unit, cadence.interval or 1)
    autumn = autumn_of(year)
    return [span for span in parts(year, unit) if is_turn(cadence, span, anchor, autumn)]


def _anchor(year: YearInput, forum: ForumInput) -> date | None:
    return forum.anchor_on or next(iter(_known_dates(year, forum)), None)


def _counts(cadence: Cadence) -> tuple[int, int]:
    low, high = cadence.count_min, cadence.count_max
    least = low if low is not None else 1
    return least, high if high is not None else least


def _yearly(year: YearInput, forum: ForumInput, least: int, most: int) -> Demand:
    cadence = forum.cadence
    interval = cadence.interval or 1
    if interval > 1:
        due = _due(forum)
        if due is None:
            return NoDates(Reason(ReasonCode.UNKNOWN_ANCHOR, count=interval), chooses=True)
        if not is_turn(cadence, period_of(year), due, autumn_of(year)):
            return NoDates(Reason(ReasonCode.NOT_THIS_PERIOD), chooses=False)
        return (Window(year.starts_on, year.ends_on, least, most),)
    each = len(cadence.months) > 1 and most in (1, len(cadence.months))
    if each and not cadence.between:
        return tuple(
            Window(span.starts_on, span.ends_on, 1, 1)
            for span in parts(year, CadenceUnit.MONTH)
            if span.starts_on.month in cadence.months
        )
    return (Window(year.starts_on, year.ends_on, least, most),)


def _due(forum: ForumInput) -> date | None:
    """Return a day in a year in which it was, or is to be, done."""
    if forum.anchor_on is not None:
        return forum.anchor_on
    cadence = forum.cadence
    named = cadence.next_year or cadence.last_year or cadence.year
    return date(named, 12, 31) if named is not None else None


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
    cadence, wanted, autumn = forum.cadence, set(weekdays), autumn_of(year)
    for day in days_of((year.starts_on, year.ends_on)):
        if (
            day.isoweekday() in wanted
            and (cadence.week_parity is not None or _week_number(day) % interval == phase)
            and allows(cadence, day, autumn_starts=autumn)
        ):
            yield day


def _week_number(day: date) -> int:
    """Number weeks through all years, so that a rhythm runs on across New Year."""
    return period_index(CadenceUnit.WEEK, day, (8, 15))


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
    given = tuple(day.iso for day in stated_weekdays(forum))
    if given:
        return (given,)
    known = _known_dates(year, forum)
    if count == 1 and known:
        return ((_most_common([day.isoweekday() for day in known]),),)
    spread = {1: ((2,), (3,), (4,), (1,), (5,)), 2: ((2, 4), (1, 3)), 3: ((1, 3, 5),)}
    return spread.get(count, (tuple(range(1, min(count, 5) + 1)),))


def stated_weekdays(forum: ForumInput) -> tuple[Weekday, ...]:
    """Return the weekdays of the plan's words, else the one chosen for the forum."""
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
    unit = CadenceUnit.MONTH if cadence.months else cadence.unit or CadenceUnit.MONTH
    whole, autumn = period_of(year), autumn_of(year)
    # Whole periods, since one that is cut would count its weekdays from the wrong day.
    spans = [
        span
        for span in overlapping(unit, whole, autumn)
        if not cadence.months or span.starts_on.month in cadence.months
    ]
    if not cadence.months and cadence.needs_anchor:
        anchor = _anchor(year, forum)
        spans = (
            [span for span in spans if is_turn(cadence, span, anchor, autumn)]
            if anchor is not None
            else spans[:: cadence.interval]
        )
    options = []
    for weekdays in _weekday_options(year, forum, 1):
        named = tuple(day for day in Weekday if day.iso in weekdays)
        ordinals = cadence.ordinal if cadence.ordinal is not None else 1
        said = replace(cadence, weekdays=named, ordinal=ordinals)
        dates = {day for span in spans for day in nth_weekdays(said, span) if whole.holds(day)}
        options.append(tuple(sorted(dates)))
    return Grid(tuple(options))


def _single(year: YearInput, cadence: Cadence) -> Demand:
    least, most = _counts(cadence)
    if cadence.year is not None and not year.starts_on.year <= cadence.year <= year.ends_on.year:
        return NoDates(Reason(ReasonCode.NOT_THIS_PERIOD), chooses=False)
    if cadence.month is None:
        return tuple(_named_windows(year, cadence, least, most))
    for number in range(year.starts_on.year, year.ends_on.year + 1):
        due = day_in_month(number, cadence.month, cadence.day or 31)
        if not year.starts_on <= due <= year.ends_on:
            continue
        if cadence.kind is CadenceKind.STATUS_DATE:
            return (Window(due, min(year.ends_on, due + timedelta(days=30)), least, most),)
        return (Window(max(year.starts_on, due - timedelta(days=30)), due, least, most),)
    return NoDates(Reason(ReasonCode.NOT_THIS_PERIOD), chooses=False)


def _named_windows(year: YearInput, cadence: Cadence, least: int, most: int) -> Iterator[Window]:
    """Give the runs of weeks, months or seasons that the words name; each has its own meetings."""
    whole, autumn = period_of(year), autumn_of(year)
    # A run that crosses New Year ("uke 51-2") may have begun the year before.
    years = range(year.starts_on.year - 1, year.ends_on.year + 1)
    if cadence.year is not None:
        years = range(cadence.year, (cadence.last_year or cadence.year) + 1)
    for number in years:
        spans = named_spans(cadence, number, autumn_starts=autumn)
        if not spans and cadence.year is not None:
            spans = [Span(date(number, 1, 1), date(number, 12, 31))]
        for span in spans:
            if span.starts_on <= whole.ends_on and span.ends_on >= whole.starts_on:
                cut = span.clipped(whole)
                yield Window(cut.starts_on, cut.ends_on, least, most)
