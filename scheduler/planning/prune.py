"""Make the choice of days small: days that cost too much go, and what is apart is solved apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scheduler.planning.days_model import Cut, DaysModel, Gap, Need, Shadow

__all__ = ["components", "lower_bound", "part_of", "pruned"]


def lower_bound(model: DaysModel) -> int:
    """Return what the dates cost at least: each series as if it were alone."""
    return sum(_least_of(model, _marginals(model)).values())


def pruned(model: DaysModel, budget: int) -> tuple[DaysModel, int]:
    """Drop the days that no plan costing `budget` or less can use.

    Returns the smaller model and a lower bound on its cost. Each day is priced by what its
    whole series costs at least when the meeting lies there; the rest at its own least.
    """
    marginals = _marginals(model)
    least_of = _least_of(model, marginals)
    bound = sum(least_of.values())
    slack = budget - bound
    domains = [
        {
            day: cost
            for day, cost in domain.items()
            if day in marginal and marginal[day] - least_of[series] <= slack
        }
        for series, domain, marginal in zip(model.series_of, model.domains, marginals, strict=True)
    ]
    return model.restricted(domains), bound


def components(model: DaysModel) -> list[list[int]]:
    """Part the slots into groups that do not bind each other, smallest slot first."""
    parent = list(range(len(model.domains)))

    def root(slot: int) -> int:
        while parent[slot] != slot:
            parent[slot] = parent[parent[slot]]
            slot = parent[slot]
        return slot

    def join(slots: Sequence[int]) -> None:
        first = root(slots[0])
        for slot in slots[1:]:
            other = root(slot)
            if other != first:
                parent[max(first, other)] = min(first, other)
                first = min(first, other)

    for slots in _bindings(model):
        join(slots)
    for cut in model.cuts:
        if len({root(slot) for slot in cut.slots}) > 1:
            for slots in _cut_bindings(model, cut):
                join(slots)
    groups: dict[int, list[int]] = {}
    for slot in range(len(model.domains)):
        groups.setdefault(root(slot), []).append(slot)
    return [groups[key] for key in sorted(groups)]


def _least_of(model: DaysModel, marginals: list[dict[int, int]]) -> dict[int, int]:
    """Return the least cost of each series: any of its slots tells it."""
    return {
        series: min(marginal.values(), default=0)
        for series, marginal in zip(model.series_of, marginals, strict=True)
    }


def _marginals(model: DaysModel) -> list[dict[int, int]]:
    """Return, for each slot and day, the least cost of its series with the slot on that day."""
    gaps = {gap.second: gap.least for gap in model.gaps}
    result: list[dict[int, int]] = [{} for _ in model.domains]
    at = 0
    while at < len(model.domains):
        end = at + 1
        while end < len(model.domains) and model.series_of[end] == model.series_of[at]:
            end += 1
        chain = range(at, end)
        forward: list[dict[int, int]] = []
        for slot in chain:
            before = forward[-1] if forward else None
            forward.append(_step(model.domains[slot], before, gaps.get(slot, 1)))
        backward: list[dict[int, int]] = []
        for slot in reversed(chain):
            after = backward[-1] if backward else None
            backward.append(_step_back(model.domains[slot], after, gaps.get(slot + 1, 1)))
        backward.reverse()
        for slot, ahead, behind in zip(chain, forward, backward, strict=True):
            domain = model.domains[slot]
            result[slot] = {
                day: cost + behind[day] - domain[day]
                for day, cost in ahead.items()
                if day in behind
            }
        at = end
    return result


def _step(domain: dict[int, int], before: dict[int, int] | None, gap: int) -> dict[int, int]:
    if before is None:
        return dict(domain)
    result: dict[int, int] = {}
    earlier = sorted(before.items())
    reached, best = 0, -1
    for day in sorted(domain):
        while reached < len(earlier) and earlier[reached][0] <= day - gap:
            cost = earlier[reached][1]
            best = cost if best < 0 else min(best, cost)
            reached += 1
        if best >= 0:
            result[day] = domain[day] + best
    return result


def _step_back(domain: dict[int, int], after: dict[int, int] | None, gap: int) -> dict[int, int]:
    mirrored = {-day: cost for day, cost in after.items()} if after is not None else None
    stepped = _step({-day: cost for day, cost in domain.items()}, mirrored, gap)
    return {-day: cost for day, cost in stepped.items()}


def _bindings(model: DaysModel) -> Iterable[Sequence[int]]:
    domains = model.domains
    low = [min(domain, default=0) for domain in domains]
    high = [max(domain, default=0) for domain in domains]
    for gap in model.gaps:
        loose = low[gap.second] - high[gap.first] >= gap.least
        if gap.most is not None:
            loose = loose and high[gap.second] - low[gap.first] <= gap.most
        if not loose:
            yield (gap.first, gap.second)
    for shadow in model.shadows:
        below = high[shadow.source] <= low[shadow.target] - shadow.days
        above = low[shadow.source] > high[shadow.target]
        if not below and not above:
            yield (shadow.source, shadow.target)
    for a, b in model.apart:
        if low[a] <= high[b] and low[b] <= high[a] and not domains[a].keys().isdisjoint(domains[b]):
            yield (a, b)
    for need in model.needs:
        slots = (*need.sources, *(() if need.target is None else (need.target,)))
        if not is_met(model, need, low, high):
            yield slots


def is_met(model: DaysModel, need: Need, low: Sequence[int], high: Sequence[int]) -> bool:
    """Tell whether a need is met whatever is chosen, since one source always lies in time."""
    days = need.spans if need.target is None else model.domains[need.target]
    spans = [need.spans[day] for day in days if day in need.spans]
    return not spans or any(
        all(first <= low[source] and high[source] <= last for first, last in spans)
        for source in need.sources
    )


def _cut_bindings(model: DaysModel, cut: Cut) -> Iterable[Sequence[int]]:
    by_day: dict[int, list[int]] = {}
    for slot in cut.slots:
        for day in model.domains[slot]:
            if cut.days is None or day in cut.days:
                by_day.setdefault(day, []).append(slot)
    for slots in by_day.values():
        if len(slots) > cut.most:
            yield slots


def part_of(model: DaysModel, slots: Sequence[int]) -> DaysModel:
    """Return the model of one component, with the slots numbered anew in the same order."""
    new = {slot: at for at, slot in enumerate(slots)}
    low = [min(domain, default=0) for domain in model.domains]
    high = [max(domain, default=0) for domain in model.domains]
    cuts = []
    for cut in model.cuts:
        inside = tuple(new[slot] for slot in cut.slots if slot in new)
        if len(inside) > cut.most:
            cuts.append(Cut(inside, cut.most, cut.days))
    return DaysModel(
        series_of=tuple(model.series_of[slot] for slot in slots),
        domains=[model.domains[slot] for slot in slots],
        gaps=[
            Gap(new[gap.first], new[gap.second], gap.least, gap.most)
            for gap in model.gaps
            if gap.first in new and gap.second in new
        ],
        shadows=[
            Shadow(new[shadow.source], new[shadow.target], shadow.days)
            for shadow in model.shadows
            if shadow.source in new and shadow.target in new
        ],
        apart=[(new[a], new[b]) for a, b in model.apart if a in new and b in new],
        needs=[
            Need(
                None if need.target is None else new[need.target],
                tuple(new[source] for source in need.sources),
                need.spans,
            )
            for need in model.needs
            if all(source in new for source in need.sources)
            and (need.target is None or need.target in new)
            and not is_met(model, need, low, high)
        ],
        cuts=cuts,
    )
