"""What links and deadlines ask of one series when the days of the others are known."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from scheduler.domain.enums import LinkKind
from scheduler.planning.problem import Link, Problem, Series, Slot

__all__ = ["LinkView", "follows", "view_of"]

_ANY = (-(10**9), 10**9)
_TRIES = 60
"""How many ways of giving deadlines to meetings are tried; a forum has few of both."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """The links of one series, seen with the days of the others filled in.

    `needs` are spans in each of which the series must have a meeting, for the sake of meetings
    that come after it; `deadlines` are such spans for the sake of a case.
    """

    tests: tuple[tuple[Link, tuple[int, ...]], ...]
    shadows: tuple[tuple[int, int], ...]
    needs: tuple[tuple[int, int], ...]
    semesters: Mapping[int, int | None]
    deadlines: tuple[tuple[int, int], ...] = ()

    def allowed(self, days: Iterable[int]) -> set[int]:
        """Return the days on which every link allows a meeting of the series."""
        left = set(days)
        for low, high in self.shadows:
            left.difference_update(range(low, high + 1))
        for link, sources in self.tests:
            left = {day for day in left if follows(link, sources, day, self.semesters)}
        return left

    def spans(self, slots: tuple[Slot, ...]) -> Iterator[tuple[tuple[int, int], ...]]:
        """Give the spans that the slots may lie in, one for each slot, what costs least first."""
        needed = self._needed(slots)
        if needed is None:
            return
        fitting = [_fitting(slots, low, high) for low, high in self.deadlines]
        for chosen in islice(product(*fitting), _TRIES):
            spans = list(needed)
            for at, (low, high) in zip(chosen, self.deadlines, strict=True):
                spans[at] = (max(spans[at][0], low), min(spans[at][1], high))
            yield tuple(spans)

    def _needed(self, slots: tuple[Slot, ...]) -> tuple[tuple[int, int], ...] | None:
        """Return the span each slot must lie in for the needs, or None if no slot can."""
        spans = [_ANY] * len(slots)
        for low, high in self.needs:
            fitting = [
                at
                for at, slot in enumerate(slots)
                if spans[at] == _ANY and any(low <= day <= high for day in slot.days)
            ]
            if not fitting:
                if not any(low <= s[0] and s[1] <= high for s in spans):
                    return None
                continue
            # The first slot within reach comes earliest, so it is the one that can be in time.
            inside = [at for at in fitting if low <= slots[at].ideal] or fitting
            spans[inside[0]] = (low, high)
        return tuple(spans)


def follows(
    link: Link, sources: tuple[int, ...], day: int, semesters: Mapping[int, int | None]
) -> bool:
    """Tell whether a target's day is right given the sorted days of its sources."""
    last = bisect_right(sources, day - link.days)
    if link.kind is LinkKind.RECEIVES_MINUTES:
        return last > 0 and bisect_right(sources, day) == last
    semester = semesters.get(day)
    return semester is not None and any(
        semesters.get(source) == semester for source in sources[:last]
    )


def view_of(problem: Problem, series: Series, placed: Mapping[int, tuple[int, ...]]) -> LinkView:
    """See the links of a series; a link to a series that is not placed yet asks nothing."""
    tests: list[tuple[Link, tuple[int, ...]]] = []
    shadows: list[tuple[int, int]] = []
    needs: list[tuple[int, int]] = []
    for link in problem.links:
        if series.index in link.targets and all(index in placed for index in link.sources):
            tests.append((link, _days(link.source_days, link.sources, placed)))
        if series.index in link.sources:
            targets = _days(link.target_days, link.targets, placed)
            rest = tuple(index for index in link.sources if index != series.index)
            others = _days(link.source_days, rest, placed)
            if link.kind is LinkKind.RECEIVES_MINUTES:
                shadows.extend((day - link.days + 1, day) for day in targets)
                needs.extend(_minutes_needs(link, targets, others))
            else:
                needs.extend(_semester_needs(link, targets, others, problem.semesters))
    deadlines = tuple(_open_deadlines(problem, series, placed))
    return LinkView(tuple(tests), tuple(shadows), tuple(needs), problem.semesters, deadlines)


def _open_deadlines(
    problem: Problem, series: Series, placed: Mapping[int, tuple[int, ...]]
) -> Iterator[tuple[int, int]]:
    """Give the spans that none of the others has a meeting in; the last to be placed needs one."""
    for deadline in problem.deadlines:
        if series.index not in deadline.sources:
            continue
        others = [index for index in deadline.sources if index != series.index]
        days = _days((), tuple(others), placed)
        is_met = any(deadline.first <= day <= deadline.last for day in days)
        if not is_met and all(index in placed for index in others):
            yield (deadline.first, deadline.last)


def _fitting(slots: tuple[Slot, ...], low: int, high: int) -> list[int]:
    """Return the slots that can lie in a span, the one that it costs least first."""
    extra: dict[int, int] = {}
    for at, slot in enumerate(slots):
        costs = [c for day, c in zip(slot.days, slot.costs, strict=True) if low <= day <= high]
        if costs:
            extra[at] = min(costs) - min(slot.costs)
    return sorted(extra, key=lambda at: (extra[at], at))


def _days(
    fast: tuple[int, ...], indexes: tuple[int, ...], placed: Mapping[int, tuple[int, ...]]
) -> tuple[int, ...]:
    return tuple(sorted({*fast, *(day for index in indexes for day in placed.get(index, ()))}))


def _minutes_needs(
    link: Link, targets: tuple[int, ...], others: tuple[int, ...]
) -> list[tuple[int, int]]:
    first = next(iter(targets), None)
    if first is None or bisect_right(others, first - link.days) > 0:
        return []
    return [(_ANY[0], first - link.days)]


def _semester_needs(
    link: Link,
    targets: tuple[int, ...],
    others: tuple[int, ...],
    semesters: Mapping[int, int | None],
) -> list[tuple[int, int]]:
    firsts: dict[int, int] = {}
    for day in targets:
        semester = semesters.get(day)
        if semester is not None:
            firsts.setdefault(semester, day)
    needs = []
    for semester, first in firsts.items():
        if follows(link, others, first, semesters):
            continue
        days = sorted(day for day, its in semesters.items() if its == semester)
        in_time = days[: bisect_left(days, first - link.days + 1)]
        needs.append((in_time[0], in_time[-1]) if in_time else (1, 0))
    return needs
