"""Rhythms whose weekday or weeks are free: which of them serves the whole year best."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from scheduler.planning.build import build
from scheduler.planning.greedy import Placement, place_all
from scheduler.planning.inputs import SeriesKey
from scheduler.planning.problem import Problem

__all__ = [
    "choices_beside",
    "number_of_choices",
    "other_choices",
    "rebuilt",
    "with_best_rhythms",
    "without_free_rhythms",
]

_MOST_TRIED = 60

Rank = tuple[int, int, int, int]


def rebuilt(problem: Problem, *, unspaced: frozenset[SeriesKey]) -> Problem:
    """Make the problem again with other distances and the same rhythms."""
    return build(problem.year, unspaced=unspaced, options=_taken(problem))


def without_free_rhythms(problem: Problem) -> Problem:
    """Make the problem as if the free rhythms took nobody's time.

    Whatever rhythm is chosen, its plan is a plan of this problem too, so a bound on this one's
    cost holds for them all.
    """
    options = dict.fromkeys(_taken(problem))
    return build(problem.year, unspaced=problem.unspaced, options=options)


def other_choices(problem: Problem) -> Iterator[Problem]:
    """Make the problem with every other choice of rhythms, however many there are."""
    keys = [free.key for free in problem.free_rhythms]
    taken = tuple(free.taken for free in problem.free_rhythms)
    for chosen in product(*(range(free.options) for free in problem.free_rhythms)):
        if chosen != taken:
            options = dict(zip(keys, chosen, strict=True))
            yield build(problem.year, unspaced=problem.unspaced, options=options)


def choices_beside(problem: Problem) -> Iterator[Problem]:
    """Make the problems that differ from this one in a single rhythm."""
    taken = _taken(problem)
    for free in problem.free_rhythms:
        for option in range(free.options):
            if option != free.taken:
                options = {**taken, free.key: option}
                yield build(problem.year, unspaced=problem.unspaced, options=options)


def number_of_choices(problem: Problem) -> int:
    """Return how many choices of rhythms there are in all."""
    return prod(free.options for free in problem.free_rhythms)


def with_best_rhythms(problem: Problem, placement: Placement) -> tuple[Problem, Placement]:
    """Try the other rhythms one by one, by first plans, as long as the year gains by it."""
    best, rank, tried = (problem, placement), _rank(problem, placement), 0
    won = bool(problem.free_rhythms)
    while won:
        won = False
        for other in choices_beside(best[0]):
            tried += 1
            if tried > _MOST_TRIED:
                return best
            found = place_all(other)
            if _rank(other, found) < rank:
                best, rank, won = (other, found), _rank(other, found), True
                break
    return best


def _taken(problem: Problem) -> dict[SeriesKey, int | None]:
    return {free.key: free.taken for free in problem.free_rhythms}


def _rank(problem: Problem, placement: Placement) -> Rank:
    """Order plans: series without dates, dates that clash, meetings, and what the dates cost."""
    impossible = sum(unmet.blocking for unmet in problem.unmet) + len(placement.failed)
    clashes = sum(len(unmet.reasons) for unmet in problem.unmet if unmet.blocking)
    meetings = sum(sum(found.counts) for found in placement.series.values())
    return (impossible, clashes, -meetings, placement.cost + problem.rhythm_cost)
