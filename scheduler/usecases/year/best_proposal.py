"""The best plan the solver can make, and a word on why a year cannot be."""

from __future__ import annotations

from collections.abc import Callable

from scheduler.domain.language import Language
from scheduler.planning import (
    Conflict,
    DaySolver,
    Method,
    Progress,
    Proposal,
    SolverStoppedError,
    Status,
    YearInput,
    explain,
    propose,
    say_rule,
    say_way,
)

__all__ = ["best_proposal", "explained", "say_conflict"]


def best_proposal(
    year: YearInput,
    solver: DaySolver,
    *,
    first: Proposal | None = None,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> Proposal:
    """Return the solver's plan, or the first plan where the solver died.

    Raises:
        SolverStoppedError: somebody stopped the solver.
    """
    stops = solver.stops
    try:
        return propose(year, method=Method.BEST, solver=solver, on_progress=on_progress)
    except SolverStoppedError:
        if solver.stops != stops:
            raise
        return first or propose(year)


def explained(year: YearInput, proposal: Proposal, solver: DaySolver) -> tuple[Conflict, ...]:
    """Return the rules in conflict where the proposal is infeasible, else nothing."""
    if proposal.status is not Status.INFEASIBLE:
        return ()
    stops = solver.stops
    try:
        return explain(year, proposal=proposal, solver=solver)
    except SolverStoppedError:
        if solver.stops != stops:
            raise
        return explain(year, proposal=proposal)


def say_conflict(
    conflict: Conflict, language: Language, *, visible: frozenset[str] | None = None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the rules that cannot all hold, and the ways out, a sentence each."""
    return (
        tuple(say_rule(rule, language, visible=visible) for rule in conflict.rules),
        tuple(say_way(way, language, visible=visible) for way in conflict.ways),
    )
