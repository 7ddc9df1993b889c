"""A good plan in milliseconds: one series at a time, each as well as the others allow."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from scheduler.domain.enums import LinkKind
from scheduler.planning.busy import Busy, mask_of
from scheduler.planning.links import LinkView, view_of
from scheduler.planning.problem import Problem, Series, Slot

__all__ = [
    "Placement",
    "SeriesDays",
    "bound_alone",
    "day_cost",
    "fits_alone",
    "place_all",
    "place_one",
]

_ROUNDS = 6
_POLISHING = 3


@dataclass(frozen=True, slots=True)
class SeriesDays:
    """The days and clock times of one series, in order."""

    counts: tuple[int, ...]
    days: tuple[int, ...]
    starts: tuple[int, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Placement:
    """What was placed, by series index; `failed` are the series that found no room."""

    series: dict[int, SeriesDays]
    failed: frozenset[int]

    @property
    def cost(self) -> int:
        """Return the cost of all dates and times."""
        return sum(found.cost for found in self.series.values())


def place_all(problem: Problem) -> Placement:
    """Place every series; a series without room is placed earlier in the next round.

    The same problem gives the same placement. Failing is no proof that no plan exists.
    """
    order = _first_order(problem)
    best = placement = _in_order(problem, order)
    for _ in range(_ROUNDS):
        if not placement.failed:
            break
        before, order = order, _failed_first(order, placement.failed)
        if order == before:
            break
        placement = _in_order(problem, order)
        if _rank(placement) < _rank(best):
            best = placement
    return _polished(problem, best)


def place_one(
    problem: Problem, series: Series, busy: Busy, placed: dict[int, SeriesDays]
) -> SeriesDays | None:
    """Place one series as well as the others allow, or return None.

    The most meetings are tried first, then fewer, never fewer than the least.
    """
    view = view_of(problem, series, {index: found.days for index, found in placed.items()})
    for counts in _counts_to_try(series):
        found = _best_days(problem, series, counts, busy, view)
        if found is not None:
            return found
    return None


def fits_alone(problem: Problem, series: Series) -> bool:
    """Tell whether the series would find room, were it alone in the year and linked to nobody.

    If not, no plan has room for it: the search over one series is exact.
    """
    return place_one(replace(problem, links=(), deadlines=()), series, problem.busy, {}) is not None


def bound_alone(
    problem: Problem, series: Series, counts: tuple[int, ...], *, reached: int | None = None
) -> int:
    """Return what the dates of a series cost at least, were it alone in the year.

    `reached` is what its dates cost now, which often shows at once that nothing is cheaper.
    """
    slots = series.slots(counts, day_cost=problem.year.weights.day)
    least = sum(min(slot.costs) for slot in slots if slot.costs)
    if reached is not None and reached <= least:
        return least
    days = {day: (0, 0) for slot in slots for day in slot.days}
    # Which meeting heeds a deadline is tried and not proven, so a bound must leave it out.
    view = view_of(replace(problem, deadlines=()), series, {})
    found = _cheapest(slots, days, series, view)
    return found[1] if found is not None else 0


def day_cost(problem: Problem, series: Series, found: SeriesDays) -> int:
    """Return what the dates of a placed series cost, clock times left out."""
    slots = series.slots(found.counts, day_cost=problem.year.weights.day)
    return sum(
        slot.costs[slot.days.index(day)] for slot, day in zip(slots, found.days, strict=True)
    )


def _counts_to_try(series: Series) -> list[tuple[int, ...]]:
    counts = [window.most for window in series.windows]
    tries = [tuple(counts)]
    while True:
        spare = [
            (len(window.days) / max(1, counts[at]), at)
            for at, window in enumerate(series.windows)
            if any(count < counts[at] for count, _ in window.ideals_by_count)
        ]
        if not spare:
            return tries
        at = min(spare)[1]
        counts[at] = max(c for c, _ in series.windows[at].ideals_by_count if c < counts[at])
        tries.append(tuple(counts))


def _best_days(
    problem: Problem, series: Series, counts: tuple[int, ...], busy: Busy, view: LinkView
) -> SeriesDays | None:
    slots = series.slots(counts, day_cost=problem.year.weights.day)
    starts = _starts_by_day(series, slots, busy)
    found = _cheapest(slots, starts, series, view)
    if found is None:
        return None
    days, cost = found
    return SeriesDays(counts, days, tuple(starts[day][0] for day in days), cost)


def _cheapest(
    slots: tuple[Slot, ...],
    starts: dict[int, tuple[int, int]],
    series: Series,
    view: LinkView,
) -> tuple[tuple[int, ...], int] | None:
    """Find the cheapest days in order, by dynamic programming over one meeting after another."""
    if not slots:
        return (), 0
    prices = {day: starts[day][1] for day in view.allowed(starts)}
    tried = (_within(slots, prices, series, spans) for spans in view.spans(slots))
    return next((found for found in tried if found is not None), None)


def _within(
    slots: tuple[Slot, ...],
    prices: dict[int, int],
    series: Series,
    spans: tuple[tuple[int, int], ...],
) -> tuple[tuple[int, ...], int] | None:
    layers: list[list[tuple[int, int, int]]] = []  # day, cost so far, index in the layer before
    for at, slot in enumerate(slots):
        low, high = spans[at]
        options = [
            (day, cost + prices[day])
            for day, cost in zip(slot.days, slot.costs, strict=True)
            if day in prices and low <= day <= high
        ]
        layer = _next_layer(layers[-1] if at else None, options, series)
        if not layer:
            return None
        layers.append(layer)
    at = min(range(len(layers[-1])), key=lambda i: (layers[-1][i][1], layers[-1][i][0]))
    cost = layers[-1][at][1]
    days: list[int] = []
    for layer in reversed(layers):
        day, _, before = layer[at]
        days.append(day)
        at = before
    return tuple(reversed(days)), cost


def _starts_by_day(
    series: Series, slots: tuple[Slot, ...], busy: Busy
) -> dict[int, tuple[int, int]]:
    masks = [(mask_of(start, series.length), start, cost) for start, cost in series.starts]
    result: dict[int, tuple[int, int]] = {}
    for day in {day for slot in slots for day in slot.days}:
        taken = busy.taken(day, series.resources)
        for mask, start, cost in masks:
            if not mask & taken:
                result[day] = (start, cost)
                break
    return result


def _next_layer(
    before: list[tuple[int, int, int]] | None, options: list[tuple[int, int]], series: Series
) -> list[tuple[int, int, int]]:
    if before is None:
        return [(day, cost, -1) for day, cost in options]
    if series.max_gap is not None:
        return _within_reach(before, options, series.min_gap, series.max_gap)
    layer = []
    gap, count = series.min_gap, len(before)
    reached, best, best_at = 0, -1, -1
    for day, cost in options:
        while reached < count and before[reached][0] <= day - gap:
            earlier = before[reached][1]
            if best_at < 0 or earlier < best:
                best, best_at = earlier, reached
            reached += 1
        if best_at >= 0:
            layer.append((day, best + cost, best_at))
    return layer


def _within_reach(
    before: list[tuple[int, int, int]], options: list[tuple[int, int]], least: int, most: int
) -> list[tuple[int, int, int]]:
    layer = []
    # The cheapest of those within reach comes first; what is dearer and earlier is forgotten.
    near: deque[int] = deque()
    reached = 0
    for day, cost in options:
        while reached < len(before) and before[reached][0] <= day - least:
            while near and before[near[-1]][1] > before[reached][1]:
                near.pop()
            near.append(reached)
            reached += 1
        while near and before[near[0]][0] < day - most:
            near.popleft()
        if near:
            layer.append((day, before[near[0]][1] + cost, near[0]))
    return layer


def _in_order(problem: Problem, order: list[int]) -> Placement:
    busy = problem.busy.copy()
    placed: dict[int, SeriesDays] = {}
    failed = set()
    for index in order:
        series = problem.series[index]
        found = place_one(problem, series, busy, placed)
        if found is None:
            failed.add(index)
            continue
        placed[index] = found
        _take(busy, series, found)
    return Placement(placed, frozenset(failed))


def _polished(problem: Problem, placement: Placement) -> Placement:
    """Take each series out and place it anew until nothing is won."""
    placed = dict(placement.series)
    busy = problem.busy.copy()
    for index, found in placed.items():
        _take(busy, problem.series[index], found)
    for _ in range(_POLISHING):
        won = False
        for index in sorted(placed, key=lambda i: (-placed[i].cost, i)):
            if _is_best(problem, problem.series[index], placed[index]):
                continue
            series, before = problem.series[index], placed.pop(index)
            _give_back(busy, series, before)
            after = place_one(problem, series, busy, placed)
            if after is None or (sum(after.counts), -after.cost) <= (
                sum(before.counts),
                -before.cost,
            ):
                after = before
            else:
                won = True
            placed[index] = after
            _take(busy, series, after)
        if not won:
            break
    return Placement(placed, placement.failed)


def _is_best(problem: Problem, series: Series, found: SeriesDays) -> bool:
    """Tell whether nothing can be won: as many meetings as asked for, each on its best day."""
    if found.counts != series.most:
        return False
    slots = series.slots(found.counts, day_cost=problem.year.weights.day)
    return found.cost <= sum(min(slot.costs) for slot in slots)


def _take(busy: Busy, series: Series, found: SeriesDays) -> None:
    for day, start in zip(found.days, found.starts, strict=True):
        busy.add(day, series.resources, mask_of(start, series.length))


def _give_back(busy: Busy, series: Series, found: SeriesDays) -> None:
    for day, start in zip(found.days, found.starts, strict=True):
        busy.remove(day, series.resources, mask_of(start, series.length))


def _rank(placement: Placement) -> tuple[int, int]:
    return (len(placement.failed), placement.cost)


def _first_order(problem: Problem) -> list[int]:
    """Order by links (a source before its targets), then the series with the least choice."""
    depth = {series.index: 0 for series in problem.series}
    links = [link for link in problem.links if link.kind is not LinkKind.AGENDA_ITEM]
    for _ in range(len(links)):
        for link in links:
            for source in link.sources:
                for target in link.targets:
                    depth[target] = max(depth[target], min(depth[source] + 1, len(depth)))

    def choice(series: Series) -> float:
        wanted = max(1, sum(series.most))
        days = len({day for window in series.windows for day in window.days})
        return days * len(series.starts) / wanted

    return [s.index for s in sorted(problem.series, key=lambda s: (depth[s.index], choice(s)))]


def _failed_first(order: list[int], failed: frozenset[int]) -> list[int]:
    return [i for i in order if i in failed] + [i for i in order if i not in failed]
