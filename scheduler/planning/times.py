"""Exact clock times for the meetings of one day, once the days are chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.planning.busy import Busy, mask_of
from scheduler.planning.problem import Series

__all__ = ["DayFit", "fit_day", "too_much"]

_MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class DayFit:
    """The start of each meeting, in the order asked for, with what the times cost.

    `starts` is None when the meetings do not fit. `exact` is False when the search was cut
    short: a better fit, or any fit at all, may exist.
    """

    starts: tuple[int, ...] | None
    cost: int
    exact: bool


def fit_day(day: int, meetings: Sequence[Series], busy: Busy) -> DayFit:
    """Find the cheapest clock times at which nobody is in two meetings."""
    starts = [0] * len(meetings)
    cost, exact = 0, True
    for group in _groups(meetings):
        found = _fit_group(day, [meetings[at] for at in group], busy)
        if found.starts is None:
            return found
        for at, start in zip(group, found.starts, strict=True):
            starts[at] = start
        cost += found.cost
        exact = exact and found.exact
    return DayFit(tuple(starts), cost, exact)


def too_much(day: int, meetings: Sequence[Series], busy: Busy) -> tuple[Series, ...]:
    """Return a smallest set of the meetings that do not fit on the day together."""
    kept = list(meetings)
    for meeting in meetings:
        rest = [other for other in kept if other is not meeting]
        if rest and fit_day(day, rest, busy).starts is None:
            kept = rest
    return tuple(kept)


def _groups(meetings: Sequence[Series]) -> Iterable[list[int]]:
    """Part the meetings into groups that share nobody and no place."""
    left = list(range(len(meetings)))
    while left:
        group, resources = [left.pop(0)], set[str]()
        resources.update(meetings[group[0]].resources)
        grew = True
        while grew:
            grew = False
            for at in list(left):
                if resources & set(meetings[at].resources):
                    left.remove(at)
                    group.append(at)
                    resources.update(meetings[at].resources)
                    grew = True
        yield sorted(group)


def _fit_group(day: int, meetings: Sequence[Series], busy: Busy) -> DayFit:
    choices = []
    for series in meetings:
        taken = busy.taken(day, series.resources)
        free = [
            (cost, start, mask)
            for start, cost in series.starts
            if not (mask := mask_of(start, series.length)) & taken
        ]
        if not free:
            return DayFit(None, 0, exact=True)
        choices.append(free)
    # The meeting with the least choice goes first, so that a dead end shows early.
    order = sorted(range(len(meetings)), key=lambda at: (len(choices[at]), at))
    rest = [0] * (len(order) + 1)
    for depth in range(len(order) - 1, -1, -1):
        rest[depth] = rest[depth + 1] + choices[order[depth]][0][0]
    best: tuple[int, tuple[int, ...]] | None = None
    chosen = [0] * len(meetings)
    used: dict[str, int] = {}
    steps = 0

    def search(depth: int, cost: int) -> None:
        nonlocal best, steps
        if depth == len(order):
            best = (cost, tuple(chosen))
            return
        at = order[depth]
        resources = meetings[at].resources
        taken = 0
        for resource in resources:
            taken |= used.get(resource, 0)
        for price, start, mask in choices[at]:
            steps += 1
            if steps > _MOST_STEPS:
                return
            if best is not None and cost + price + rest[depth + 1] >= best[0]:
                return
            if mask & taken:
                continue
            chosen[at] = start
            for resource in resources:
                used[resource] = used.get(resource, 0) | mask
            search(depth + 1, cost + price)
            for resource in resources:
                used[resource] &= ~mask

    search(0, 0)
    if best is None:
        return DayFit(None, 0, steps <= _MOST_STEPS)
    return DayFit(best[1], best[0], steps <= _MOST_STEPS)
