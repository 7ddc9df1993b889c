"""Propose a year: a first plan at once, without any solver."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from time import perf_counter

from scheduler.planning.assemble import assemble
from scheduler.planning.build import build
from scheduler.planning.greedy import Placement, place_all
from scheduler.planning.inputs import YearInput
from scheduler.planning.problem import Problem
from scheduler.planning.proposal import Proposal

__all__ = ["Method", "propose"]


class Method(StrEnum):
    """How much work a proposal is worth."""

    FIRST = "first"
    BEST = "best"


def propose(
    year: YearInput,
    *,
    method: Method = Method.FIRST,
    stopwatch: Callable[[], float] = perf_counter,
) -> Proposal:
    """Propose dates for a year; equal input gives equal dates.

    The proposal is infeasible when a series found no dates; its other meetings are there all
    the same, to be looked at. `stopwatch` counts seconds and only measures.
    """
    del method
    began = stopwatch()
    problem, placement = first_plan(year)
    return assemble(problem, placement, seconds=stopwatch() - began)


def first_plan(year: YearInput) -> tuple[Problem, Placement]:
    """Place every series; the planner's own distances give way before a series is left out."""
    problem = build(year)
    placement = place_all(problem)
    if not placement.failed:
        return problem, placement
    unspaced = frozenset(problem.series[index].key for index in placement.failed)
    closer = build(year, unspaced=unspaced)
    second = place_all(closer)
    if len(second.failed) < len(placement.failed):
        return closer, second
    return problem, placement
