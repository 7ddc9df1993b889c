"""How long it takes to say why a year cannot be: years made by hand, and one forum in forty."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest

from scheduler.domain.cadence import CadenceUnit
from scheduler.planning import DaySolver, Method, explain, propose
from tests.benchmarks.planning.yardstick import say, yardstick
from tests.unit.planning.generated import counted, municipality
from tests.unit.planning.impossible import IMPOSSIBLE

UNITS_LOCAL = 12.5
"""Half a second."""
UNITS_OTHERWISE = 150.0
"""Six seconds."""


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_year_made_by_hand_is_explained_at_once(name: str, solver: DaySolver) -> None:
    case = IMPOSSIBLE[name]
    proposal = propose(case.year, method=Method.BEST, solver=solver)
    began = perf_counter()
    (conflict,) = explain(case.year, proposal=proposal, solver=solver)
    seconds = perf_counter() - began

    say(f"why {name}: {seconds:.2f} s, {len(conflict.rules)} rules, {len(conflict.ways)} ways out")
    limit = UNITS_LOCAL if case.local else UNITS_OTHERWISE
    assert seconds / yardstick(perf_counter) < limit


def test_an_impossible_forum_among_forty_is_explained_by_its_own_rules(
    solver: DaySolver,
) -> None:
    year = municipality(1, forums=40)
    crowded = replace(year.forums[7], cadence=counted(CadenceUnit.YEAR, 6, 6), min_gap_days=70)
    year = replace(year, forums=(*year.forums[:7], crowded, *year.forums[8:]))
    proposal = propose(year, method=Method.BEST, solver=solver)
    began = perf_counter()
    (conflict,) = explain(year, proposal=proposal, solver=solver)
    seconds = perf_counter() - began

    say(f"why one of 40 forums is impossible: {seconds:.2f} s, {len(conflict.rules)} rules")
    assert {rule.key for rule in conflict.rules} == {crowded.key}
    assert (conflict.proven, len(conflict.ways)) == (True, 3)
    assert seconds / yardstick(perf_counter) < UNITS_OTHERWISE
