"""Propose a year: a first plan at once, or the best one with the solver's help."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from enum import StrEnum
from time import perf_counter

from scheduler.planning.assemble import Proof, assemble
from scheduler.planning.build import build
from scheduler.planning.free_rhythms import (
    number_of_choices,
    other_choices,
    rebuilt,
    with_best_rhythms,
    without_free_rhythms,
)
from scheduler.planning.greedy import Placement, day_cost, place_all
from scheduler.planning.improve import Improved, Progress, improved, placed_anew
from scheduler.planning.inputs import YearInput
from scheduler.planning.problem import Problem
from scheduler.planning.process import DaySolver, SolvesDays
from scheduler.planning.proposal import Proposal

__all__ = ["DEFAULT_LIMIT", "Method", "best_plan", "first_plan", "propose"]

DEFAULT_LIMIT = 10.0
"""Deterministic seconds for each part of a year; a hard year of 40 forums needs less than one."""

_MOST_CHOICES = 24


class Method(StrEnum):
    """How much work a proposal is worth."""

    FIRST = "first"
    BEST = "best"


def propose(
    year: YearInput,
    *,
    method: Method = Method.FIRST,
    solver: DaySolver | None = None,
    limit: float = DEFAULT_LIMIT,
    on_progress: Callable[[Progress], None] = lambda progress: None,
    stopwatch: Callable[[], float] = perf_counter,
) -> Proposal:
    """Propose dates for a year; equal input gives equal dates on every run and machine.

    FIRST takes milliseconds and uses no solver. BEST starts from it and only ever improves it;
    it runs in the process of `solver`, or in one of its own for this call alone. `limit` is in
    the solver's deterministic seconds. The proposal is infeasible when a series found no dates;
    its other meetings are there all the same, to be looked at. Raises `SolverStoppedError` when
    the solver is stopped from outside. `stopwatch` counts seconds and only measures.
    """
    began = stopwatch()
    run = solver.run() if solver is not None else None
    problem, placement = first_plan(year)
    if method is Method.BEST:
        problem, placement = with_best_rhythms(problem, placement)
    if method is Method.FIRST:
        return assemble(problem, placement, seconds=stopwatch() - began)
    if run is not None:
        problem, placement, proof = best_plan(
            problem, placement, solver=run, limit=limit, on_progress=on_progress
        )
    else:
        with DaySolver() as own:
            problem, placement, proof = best_plan(
                problem, placement, solver=own, limit=limit, on_progress=on_progress
            )
    return assemble(problem, placement, seconds=stopwatch() - began, proof=proof)


def first_plan(year: YearInput) -> tuple[Problem, Placement]:
    """Place every series; the planner's own distances give way before a series is left out."""
    problem = build(year)
    placement = place_all(problem)
    if placement.failed or any(unmet.blocking for unmet in problem.unmet):
        problem, placement = with_best_rhythms(problem, placement)
    if not placement.failed:
        return problem, placement
    closer = _closer(problem, placement)
    second = place_all(closer)
    if len(second.failed) < len(placement.failed):
        return closer, second
    return problem, placement


def best_plan(
    problem: Problem,
    placement: Placement,
    *,
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> tuple[Problem, Placement, Proof | None]:
    """Improve a first plan, and look for the meetings that it had to leave out.

    Without a proof the bound of the first plan is all that is known. The bound holds whatever
    free rhythms are chosen; where they are few, every choice of them is tried or shown to be
    no better.
    """
    best = _best_of(problem, placement, solver, limit, on_progress)
    if not problem.free_rhythms or best[2] is None or best[1].failed:
        return best
    return _best_of_rhythms(best[0], best[1], best[2], solver, limit, on_progress)


def _best_of(
    problem: Problem,
    placement: Placement,
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None],
) -> tuple[Problem, Placement, Proof | None]:
    proven = True
    for tried, counts in _attempts(problem, placement):
        found = placed_anew(tried, counts, solver=solver, limit=limit, on_progress=on_progress)
        if found.placement is not None:
            return tried, found.placement, _proof(tried, found, most_meetings=proven)
        proven = proven and found.proven
    if placement.failed:
        return problem, placement, Proof(0)
    better = improved(problem, placement, solver=solver, limit=limit, on_progress=on_progress)
    if better.placement is None:
        return problem, placement, None
    return problem, better.placement, _proof(problem, better, most_meetings=proven)


def _proof(problem: Problem, found: Improved, *, most_meetings: bool) -> Proof:
    return Proof(found.bound + problem.rhythm_cost, most_meetings=most_meetings)


def _best_of_rhythms(
    problem: Problem,
    placement: Placement,
    proof: Proof,
    solver: SolvesDays,
    limit: float,
    on_progress: Callable[[Progress], None],
) -> tuple[Problem, Placement, Proof | None]:
    """Try the other choices of free rhythms, but for those that cannot be better."""
    # A plan with any rhythm is a plan of this one too, so nothing costs less than it does.
    floor = improved(without_free_rhythms(problem), placement, solver=solver, limit=limit).bound
    best, cost = (problem, placement, proof.most_meetings), _cost(problem, placement)
    if cost > floor and number_of_choices(problem) > _MOST_CHOICES:
        return problem, placement, replace(proof, bound=min(floor, proof.bound))
    bound = proof.bound
    for other in other_choices(problem) if cost > floor else ():
        least = floor + other.rhythm_cost
        if least >= cost or any(unmet.blocking for unmet in other.unmet):
            continue
        first = place_all(other)
        tried, found, shown = _best_of(other, first, solver, limit, on_progress)
        if found.failed or _meetings(found) < _meetings(placement) or shown is None:
            bound = bound if shown is not None else min(bound, least)
            continue
        bound = min(bound, shown.bound)
        if _cost(tried, found) < cost:
            best, cost = (tried, found, shown.most_meetings), _cost(tried, found)
    return best[0], best[1], Proof(min(bound, cost), most_meetings=best[2])


def _cost(problem: Problem, placement: Placement) -> int:
    dates = (
        day_cost(problem, problem.series[index], found) for index, found in placement.series.items()
    )
    return sum(dates) + problem.rhythm_cost


def _meetings(placement: Placement) -> int:
    return sum(sum(found.counts) for found in placement.series.values())


Attempt = tuple[Problem, dict[int, tuple[int, ...]]]


def _attempts(problem: Problem, placement: Placement) -> Iterator[Attempt]:
    """List what would be better than the first plan's numbers of meetings, the best first."""
    first = {index: found.counts for index, found in placement.series.items()}
    most = {series.index: series.most for series in problem.series}
    if first == most and not placement.failed:
        return
    yield problem, most
    reduced = [index for index in first if first[index] != most[index]]
    if len(reduced) > 1 and not placement.failed:
        for index in reduced:
            yield problem, {**first, index: most[index]}
    if placement.failed:
        least = {series.index: series.least for series in problem.series}
        if least != most:
            yield problem, least
        closer = _closer(problem, placement)
        if closer.spacings != problem.spacings:
            yield closer, least
        closest = rebuilt(problem, unspaced=frozenset(f.key for f in problem.year.forums))
        if closest.spacings != closer.spacings:
            yield closest, least


def _closer(problem: Problem, placement: Placement) -> Problem:
    unspaced = frozenset(problem.series[index].key for index in placement.failed)
    return rebuilt(problem, unspaced=unspaced)
