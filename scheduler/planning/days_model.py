"""The choice of days as numbers: what a solver needs, and nothing that names a person or forum.

Days are date ordinals and costs whole numbers. A slot is one meeting to place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from scheduler.domain.enums import LinkKind
from scheduler.planning.busy import mask_of
from scheduler.planning.problem import Link, Problem, Series

__all__ = ["Cut", "DaysModel", "Gap", "Need", "Shadow", "days_model"]


@dataclass(frozen=True, slots=True)
class Gap:
    """Slot `second` comes at least `least` and at most `most` days after slot `first`."""

    first: int
    second: int
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Shadow:
    """Slot `source` is not on the day of slot `target`, nor in the `days` - 1 days before."""

    source: int
    target: int
    days: int


@dataclass(frozen=True, slots=True)
class Need:
    """When `target` lies on a day of `spans`, one of the sources lies in the span given there.

    A day that is not in `spans` is right whatever the sources do. Without a target the need
    stands always (for a meeting with a fixed date, or a deadline), and `spans` holds that one day.
    """

    target: int | None
    sources: tuple[int, ...]
    spans: dict[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Cut:
    """No more than `most` of the slots lie on the same one of the days; no days means any."""

    slots: tuple[int, ...]
    most: int
    days: frozenset[int] | None = None


@dataclass(slots=True)
class DaysModel:
    """Slots with the cost of each possible day, and what binds them to each other."""

    series_of: tuple[int, ...]
    domains: list[dict[int, int]]
    gaps: list[Gap]
    shadows: list[Shadow]
    apart: list[tuple[int, int]]
    needs: list[Need]
    cuts: list[Cut] = field(default_factory=list)

    @property
    def is_impossible(self) -> bool:
        """Tell whether a slot has no day left."""
        return any(not domain for domain in self.domains)

    def restricted(self, domains: list[dict[int, int]]) -> DaysModel:
        """Return the model with smaller domains."""
        return DaysModel(
            self.series_of, domains, self.gaps, self.shadows, self.apart, self.needs, self.cuts
        )


def days_model(problem: Problem, counts: dict[int, tuple[int, ...]]) -> DaysModel:
    """Make the choice of days for the series in `counts`, each with its number of meetings."""
    series_of: list[int] = []
    domains: list[dict[int, int]] = []
    gaps: list[Gap] = []
    slots_of: dict[int, list[int]] = {}
    for index in sorted(counts):
        series = problem.series[index]
        slots = series.slots(counts[index], day_cost=problem.year.weights.day)
        numbers = list(range(len(domains), len(domains) + len(slots)))
        slots_of[index] = numbers
        series_of.extend(index for _ in slots)
        domains.extend(dict(zip(slot.days, slot.costs, strict=True)) for slot in slots)
        gaps.extend(Gap(a, b, series.min_gap, series.max_gap) for a, b in pairwise(numbers))
    model = DaysModel(
        series_of=tuple(series_of),
        domains=domains,
        gaps=gaps,
        shadows=[],
        apart=list(_apart(problem, slots_of)),
        needs=[],
    )
    for link in problem.links:
        _add_link(problem, link, slots_of, model)
    for deadline in problem.deadlines:
        sources = tuple(slot for at in deadline.sources for slot in slots_of.get(at, ()))
        if sources:
            span = (deadline.first, deadline.last)
            model.needs.append(Need(None, sources, {deadline.last: span}))
    return model


def _apart(problem: Problem, slots_of: dict[int, list[int]]) -> Iterable[tuple[int, int]]:
    """Find the meetings that can never share a day: shared people, and times that collide."""
    masks = {
        index: [mask_of(s, problem.series[index].length) for s, _ in problem.series[index].starts]
        for index in slots_of
    }
    for a, b in combinations(sorted(slots_of), 2):
        if not _share(problem.series[a], problem.series[b]):
            continue
        if all(one & other for one in masks[a] for other in masks[b]):
            for first in slots_of[a]:
                for second in slots_of[b]:
                    yield first, second


def _share(a: Series, b: Series) -> bool:
    return not set(a.resources).isdisjoint(b.resources)


def _add_link(
    problem: Problem, link: Link, slots_of: dict[int, list[int]], model: DaysModel
) -> None:
    sources = [slot for index in link.sources for slot in slots_of.get(index, ())]
    targets = [slot for index in link.targets for slot in slots_of.get(index, ())]
    if link.kind is LinkKind.RECEIVES_MINUTES:
        for source in sources:
            model.shadows.extend(
                Shadow(source, target, link.days) for target in targets if target != source
            )
        _drop_shadowed(link, sources, targets, model)
        # If any meeting of a series is early enough, its first one is.
        sources = [slots_of[index][0] for index in link.sources if slots_of.get(index)]
    for target in targets:
        spans = {}
        for day in list(model.domains[target]):
            if _is_followed(problem, link, day):
                continue
            span = _span_before(problem, link, day)
            if span is not None and any(_reaches(model.domains[s], span) for s in sources):
                spans[day] = span
            else:
                del model.domains[target][day]
        if spans:
            model.needs.append(Need(target, tuple(sources), spans))
    for day in _first_fixed_targets(problem, link):
        span = _span_before(problem, link, day)
        if span is not None:
            model.needs.append(Need(None, tuple(sources), {day: span}))


def _span_before(problem: Problem, link: Link, day: int) -> tuple[int, int] | None:
    """Return the span in which a source must lie for a target on this day."""
    if link.kind is LinkKind.RECEIVES_MINUTES:
        return (0, day - link.days)
    semester = problem.semesters.get(day)
    if semester is None:
        return None
    first = day
    while problem.semesters.get(first - 1) == semester:
        first -= 1
    return (first, day - link.days)


def _reaches(domain: dict[int, int], span: tuple[int, int]) -> bool:
    return any(span[0] <= day <= span[1] for day in domain)


def _drop_shadowed(link: Link, sources: list[int], targets: list[int], model: DaysModel) -> None:
    for source in sources:
        for day in list(model.domains[source]):
            if any(day <= target < day + link.days for target in link.target_days):
                del model.domains[source][day]
    for target in targets:
        for day in list(model.domains[target]):
            if any(source <= day < source + link.days for source in link.source_days):
                del model.domains[target][day]


def _is_followed(problem: Problem, link: Link, day: int) -> bool:
    """Tell whether a fixed day of a source is enough for a target on this day."""
    return any(
        source + link.days <= day and _same_part(problem, link, source, day)
        for source in link.source_days
    )


def _same_part(problem: Problem, link: Link, source: int, target: int) -> bool:
    if link.kind is LinkKind.RECEIVES_MINUTES:
        return True
    semester = problem.semesters.get(target)
    return semester is not None and problem.semesters.get(source) == semester


def _first_fixed_targets(problem: Problem, link: Link) -> list[int]:
    """Return the fixed days of targets that still need a source; the first of each semester."""
    if link.kind is LinkKind.RECEIVES_MINUTES:
        firsts = sorted(link.target_days)[:1]
    else:
        seen: dict[int | None, int] = {}
        for day in sorted(link.target_days):
            seen.setdefault(problem.semesters.get(day), day)
        firsts = [day for semester, day in seen.items() if semester is not None]
    return [day for day in firsts if link.sources and not _is_followed(problem, link, day)]
