"""Windows: one for each meeting that a period is expected to hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.dates.planned import Window
from scheduler.domain.cadence.dates.spans import (
    DAY,
    MonthDay,
    Span,
    between_span,
    month_span,
    season_span,
    week_span,
)
from scheduler.domain.cadence.kinds import Season

__all__ = ["named_spans", "windows_in"]


def windows_in(
    periods: Sequence[Span], *, low: int | None, high: int | None, within: Span
) -> Iterator[Window]:
    """Share the meetings of one period out over its parts, cut to the days asked for.

    A closed maximum gives as many windows as the most; those beyond the minimum have
    `count_min` 0. An open maximum gives the minimum.
    """
    most = high if high is not None else (low or 1)
    least = low if low is not None else min(1, most)
    slices = _slices(periods, most)
    optional = _spread(most, most - least)
    for number, part in enumerate(slices, start=1):
        if part.ends_on < within.starts_on or part.starts_on > within.ends_on:
            continue
        cut = part.clipped(within)
        yield Window(
            starts_on=cut.starts_on,
            ends_on=cut.ends_on,
            count_min=0 if number in optional else 1,
            count_max=1,
            number=number,
            of=most,
        )


def named_spans(cadence: Cadence, year: int, *, autumn_starts: MonthDay) -> list[Span]:
    """The runs of weeks, months or seasons that the words name, in one year."""
    if cadence.between:
        return [between_span(cadence.between, year)]
    if cadence.weeks:
        found = [week_span(year + _next_year(cadence.weeks, week), week) for week in cadence.weeks]
        return _runs([span for span in found if span is not None], cadence)
    if cadence.months:
        spans = [
            month_span(year + _next_year(cadence.months, month), month) for month in cadence.months
        ]
        return _runs(spans, cadence)
    return sorted(season_span(year, s, autumn_starts=autumn_starts) for s in _seasons(cadence))


def _seasons(cadence: Cadence) -> tuple[Season, ...]:
    return cadence.seasons


def _next_year(numbers: tuple[int, ...], number: int) -> int:
    """1 for what stands after New Year in a span that runs across it ("august-mai")."""
    return 1 if _crosses(numbers) and number < numbers[0] else 0


def _crosses(numbers: tuple[int, ...]) -> bool:
    return any(first > second for first, second in pairwise(numbers))


def _runs(spans: list[Span], cadence: Cadence) -> list[Span]:
    """Join what stands side by side, unless each is to have a meeting of its own."""
    spans = sorted(spans)
    if cadence.count_max is not None and cadence.count_max >= len(spans) > 1:
        return spans
    runs: list[Span] = []
    for span in spans:
        # "uke 51-2" is one run also in a year with a week 53 between.
        over_new_year = timedelta(weeks=1) if cadence.weeks and _crosses(cadence.weeks) else DAY * 0
        if runs and span.starts_on <= runs[-1].ends_on + DAY + over_new_year:
            runs[-1] = Span(runs[-1].starts_on, span.ends_on)
        else:
            runs.append(span)
    return runs


def _slices(periods: Sequence[Span], count: int) -> list[Span]:
    """Cut the periods' days into `count` parts of as equal length as whole days allow."""
    if len(periods) == count:
        return list(periods)
    days = [
        period.starts_on + timedelta(days=offset)
        for period in periods
        for offset in range(period.days)
    ]
    count = min(count, len(days))
    edges = [len(days) * i // count for i in range(count + 1)]
    return [Span(days[edges[i]], days[edges[i + 1] - 1]) for i in range(count)]


def _spread(count: int, optional: int) -> set[int]:
    """Which of 1..count are only held if they fit, spread evenly and never the first."""
    if optional <= 0:
        return set()
    return {count - (count * i) // optional for i in range(optional)}
