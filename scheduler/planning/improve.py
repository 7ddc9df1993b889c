"""From a first plan to the best one: days first, then exact times, with a cut where they fail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scheduler.planning.crowding import Crowding
from scheduler.planning.days_model import Cut, DaysModel, days_model
from scheduler.planning.greedy import Placement, SeriesDays, day_cost
from scheduler.planning.problem import Problem, Series
from scheduler.planning.process import PartAnswer, PartStatus, SolvesDays, part_form
from scheduler.planning.prune import components, lower_bound, part_of, pruned
from scheduler.planning.times import fit_day

__all__ = ["Improved", "Progress", "improved", "placed_anew"]

_ROUNDS = 60
_UNBOUNDED = 10**9
_WORTH_ANOTHER_LOOK = 0.9


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the search has come: parts of the year solved, of how many in this round."""

    parts_done: int
    parts: int


@dataclass(frozen=True, slots=True)
class Improved:
    """The better placement with a bound on the cost of its dates.

    `placement` is None when there is none; `proven` then tells that none can be.
    """

    placement: Placement | None
    bound: int
    proven: bool


def improved(
    problem: Problem,
    placement: Placement,
    *,
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Improved:
    """Improve a placement whose every series is placed, keeping its numbers of meetings.

    Never worse in dates than what it began with, nor in times when the dates cost the same.
    `limit` is deterministic seconds for each part of the year.
    """
    counts = {index: found.counts for index, found in placement.series.items()}
    start = tuple(day for index in sorted(counts) for day in placement.series[index].days)
    found = _search(problem, counts, start, solver, limit, on_progress)
    if found.placement is None or _rank(problem, placement) <= _rank(problem, found.placement):
        return Improved(placement, found.bound, found.proven)
    return found


def placed_anew(
    problem: Problem,
    counts: dict[int, tuple[int, ...]],
    *,
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Improved:
    """Place series from nothing, where the first plan found no room."""
    return _search(problem, counts, None, solver, limit, on_progress)


def _search(
    problem: Problem,
    counts: dict[int, tuple[int, ...]],
    start: tuple[int, ...] | None,
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None],
) -> Improved:
    model = days_model(problem, counts)
    if model.is_impossible:
        return Improved(None, 0, proven=True)
    seen: dict[str, PartAnswer] = {}
    crowding = Crowding(problem, model.series_of)
    least, exact = lower_bound(model), True
    for _ in range(_ROUNDS):
        days, bound, proven = _days(model, start, solver, limit, on_progress, seen)
        # After a cut that was not proven the bound speaks of a smaller problem than ours.
        bound, proven = (bound, proven) if exact else (least, False)
        if days is None:
            return Improved(None, bound, proven)
        fitted = _with_times(problem, counts, model, days, crowding)
        if fitted.placement is not None:
            return Improved(fitted.placement, bound, proven)
        model.cuts.extend(fitted.cuts)
        exact = exact and fitted.exact
    return Improved(None, least, proven=False)


def _days(
    model: DaysModel,
    start: tuple[int, ...] | None,
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None],
    seen: dict[str, PartAnswer],
) -> tuple[tuple[int, ...] | None, int, bool]:
    """Choose the days: part by part, each begun from the first plan when there is one."""
    solved: list[tuple[Sequence[int], tuple[int, ...]]] = []
    asked: list[tuple[Sequence[int], DaysModel, tuple[int, ...] | None]] = []
    bound = 0
    left: list[tuple[Sequence[int], DaysModel, tuple[int, ...] | None]] = [
        (range(len(model.domains)), model, start)
    ]
    while left:
        slots, part, begun = left.pop()
        budget = _UNBOUNDED
        if begun is not None:
            budget = sum(part.domains[at][day] for at, day in enumerate(begun))
        smaller, least = pruned(part, budget)
        if smaller.is_impossible:
            return None, 0, True
        if begun is not None and least >= budget:
            solved.append((slots, begun))
            bound += budget
            continue
        groups = components(smaller)
        if len(groups) == 1 and _size(smaller) > _WORTH_ANOTHER_LOOK * _size(part):
            asked.append((slots, smaller, begun))
            continue
        for group in groups:
            inner = tuple(begun[at] for at in group) if begun is not None else None
            left.append(([slots[at] for at in group], part_of(smaller, group), inner))
    answers = _answers(asked, solver, limit, on_progress, seen)
    proven = True
    for (slots, part, begun), answer in zip(asked, answers, strict=True):
        if answer.status is PartStatus.INFEASIBLE:
            return None, 0, True
        days = answer.days if answer.days is not None else begun
        if days is None:
            return None, 0, False
        proven = proven and answer.status is PartStatus.OPTIMAL
        bound += max(answer.bound, lower_bound(part))
        solved.append((slots, days))
    chosen = [0] * len(model.domains)
    for slots, days in solved:
        for slot, day in zip(slots, days, strict=True):
            chosen[slot] = day
    return tuple(chosen), bound, proven


def _size(model: DaysModel) -> int:
    return sum(len(domain) for domain in model.domains)


def _answers(
    asked: Sequence[tuple[Sequence[int], DaysModel, tuple[int, ...] | None]],
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None],
    seen: dict[str, PartAnswer],
) -> list[PartAnswer]:
    """Ask the solver for what no earlier round has answered; a new cut leaves most as it was."""
    forms = [part_form(part, start=start, limit=limit) for _, part, start in asked]
    keys = [repr(form) for form in forms]
    new = [at for at, key in enumerate(keys) if key not in seen]

    def on_part(number: int, answer: PartAnswer) -> None:
        seen[keys[new[number]]] = answer
        on_progress(Progress(len(forms) - len(new) + number + 1, len(forms)))

    if new:
        solver.solve([forms[at] for at in new], on_part=on_part)
    return [seen[key] for key in keys]


@dataclass(frozen=True, slots=True)
class _Fitted:
    placement: Placement | None
    cuts: tuple[Cut, ...]
    exact: bool


def _with_times(
    problem: Problem,
    counts: dict[int, tuple[int, ...]],
    model: DaysModel,
    days: Sequence[int],
    crowding: Crowding,
) -> _Fitted:
    """Give each day its clock times, or say which meetings cannot share a day."""
    by_day: dict[int, list[int]] = {}
    for slot, day in enumerate(days):
        by_day.setdefault(day, []).append(slot)
    starts = [0] * len(days)
    cuts: list[Cut] = []
    exact = True
    for day in sorted(by_day):
        slots = by_day[day]
        meetings = [problem.series[model.series_of[slot]] for slot in slots]
        fit = fit_day(day, meetings, problem.busy)
        if fit.starts is None:
            learnt = crowding.cuts(day, meetings)
            exact = exact and learnt.exact
            cuts.extend(learnt.cuts)
            continue
        for slot, start in zip(slots, fit.starts, strict=True):
            starts[slot] = start
    if cuts:
        return _Fitted(None, tuple(cuts), exact)
    placed: dict[int, SeriesDays] = {}
    for index in sorted(counts):
        series = problem.series[index]
        own = [slot for slot, of in enumerate(model.series_of) if of == index]
        placed[index] = _series_days(
            problem,
            series,
            counts[index],
            tuple(days[slot] for slot in own),
            tuple(starts[slot] for slot in own),
        )
    return _Fitted(Placement(placed, frozenset()), (), exact)


def _series_days(
    problem: Problem,
    series: Series,
    counts: tuple[int, ...],
    days: tuple[int, ...],
    starts: tuple[int, ...],
) -> SeriesDays:
    prices = dict(series.starts)
    dates = day_cost(problem, series, SeriesDays(counts, days, starts, 0))
    return SeriesDays(counts, days, starts, dates + sum(prices[start] for start in starts))


def _rank(problem: Problem, placement: Placement) -> tuple[int, int]:
    dates = sum(
        day_cost(problem, problem.series[index], found) for index, found in placement.series.items()
    )
    return dates, placement.cost
