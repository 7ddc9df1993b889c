"""Which meetings those who attend once a month are at: one in each month, the first they can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from scheduler.planning.busy import mask_of
from scheduler.planning.greedy import Placement
from scheduler.planning.meeting_shape import guest_resources
from scheduler.planning.problem import Problem, Series
from scheduler.planning.proposal import Note
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.taken import Taken

__all__ = ["guest_days", "month_of", "months_without"]


def guest_days(
    problem: Problem, placement: Placement, taken: Mapping[int, Sequence[Taken]]
) -> dict[int, frozenset[int]]:
    """Return, by series, the days on which its monthly guests attend.

    A series that meets at most once a month has kept them free on every day. One that meets
    more often takes them to the first meeting of the month at which they are not elsewhere.
    """
    promised: dict[int, list[Taken]] = {}
    result: dict[int, frozenset[int]] = {}
    for index in sorted(placement.series):
        series, found = problem.series[index], placement.series[index]
        guests = guest_resources(series.forum)
        if not guests:
            continue
        months = {month_of(day) for day in series.guest_days}
        days = set()
        for day, start in zip(found.days, found.starts, strict=True):
            here = (*taken.get(day, ()), *promised.get(day, ()))
            if month_of(day) in months or not _are_free(series, guests, start, here):
                continue
            months.add(month_of(day))
            days.add(day)
            asked = (day, start, series.length, frozenset(guests), series.forum.slug)
            promised.setdefault(day, []).append(asked)
        result[index] = frozenset(days)
    return result


def months_without(
    slug: str, unit: str | None, days: Iterable[int], with_guests: Iterable[int]
) -> tuple[Note, ...]:
    """Note each month with meetings of which the guests can attend none."""
    reached = {month_of(day) for day in with_guests}
    missed = sorted({month_of(day) for day in days} - reached)
    return tuple(
        Note(slug, unit, (Reason(ReasonCode.NO_GUESTS, on=date(year, month, 1)),))
        for year, month in missed
    )


def month_of(day: int) -> tuple[int, int]:
    """Return the year and month of a date's ordinal."""
    found = date.fromordinal(day)
    return (found.year, found.month)


def _are_free(series: Series, guests: Iterable[str], start: int, meetings: Iterable[Taken]) -> bool:
    mask, people = mask_of(start, series.length), {*guests}
    own = (start, series.length, frozenset(series.resources), series.forum.slug)
    return not any(
        other[1:] != own and people & other[3] and mask & mask_of(other[1], other[2])
        for other in meetings
    )
