"""The same day model given to CBC through pulp: the same best cost, and how long each takes."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pulp
import pytest

from scheduler.planning import DaySolver
from scheduler.planning.days_model import days_model
from scheduler.planning.process import PartAnswer, PartStatus, part_form
from scheduler.planning.propose import first_plan
from scheduler.planning.prune import pruned
from tests.benchmarks.planning.yardstick import say
from tests.unit.planning.generated import municipality


@pytest.mark.parametrize(("forums", "seeds"), [(5, (1, 2)), (15, (1, 2)), (40, (1,))])
def test_cbc_finds_the_same_days_and_is_slower(
    forums: int, seeds: tuple[int, ...], solver: DaySolver
) -> None:
    ours, theirs, greedy, best = [], [], [], []
    for seed in seeds:
        part, budget = _part(forums, seed)
        began = perf_counter()
        (answer,) = solver.solve([part])
        ours.append(perf_counter() - began)
        began = perf_counter()
        cost = _with_cbc(part)
        theirs.append(perf_counter() - began)
        greedy.append(budget)
        best.append(cost)

        assert answer.status is PartStatus.OPTIMAL
        assert (seed, _cost(part, answer)) == (seed, cost)

    say(
        f"the same days at {forums} forums: CP-SAT {sum(ours):.2f} s, CBC {sum(theirs):.2f} s; "
        f"both cost {sum(best)}, the greedy placement {sum(greedy)}"
    )
    assert sum(best) <= sum(greedy)
    if forums > 5:
        # Five are over before it matters what either of them does.
        assert sum(ours) < sum(theirs)


def _part(forums: int, seed: int) -> tuple[dict[str, Any], int]:
    """Write the whole year's choice of days as one part; also what the greedy dates cost."""
    problem, placement = first_plan(municipality(seed, forums=forums))
    counts = {index: found.counts for index, found in placement.series.items()}
    model = days_model(problem, counts)
    start = [day for index in sorted(counts) for day in placement.series[index].days]
    budget = sum(domain[day] for domain, day in zip(model.domains, start, strict=True))
    small, _ = pruned(model, budget)
    return part_form(small, start=start, limit=10), budget


def _cost(part: dict[str, Any], answer: PartAnswer) -> int:
    assert answer.days is not None
    domains = [dict(domain) for domain in part["domains"]]
    return sum(domain[day] for domain, day in zip(domains, answer.days, strict=True))


def _with_cbc(part: dict[str, Any]) -> int:
    """Solve a part of the day model as a mixed integer program."""
    model = pulp.LpProblem("days", pulp.LpMinimize)
    choices = [
        {day: pulp.LpVariable(f"x{slot}_{day}", cat="Binary") for day, _ in domain}
        for slot, domain in enumerate(part["domains"])
    ]
    model += pulp.lpSum(
        cost * choices[slot][day]
        for slot, domain in enumerate(part["domains"])
        for day, cost in domain
    )
    for days in choices:
        model += pulp.lpSum(days.values()) == 1
    for first, second, least, most in part["gaps"]:
        between = _day(choices[second]) - _day(choices[first])
        model += between >= least
        if most is not None:
            model += between <= most
    for source, target, days in part["shadows"]:
        for day, choice in choices[target].items():
            near = [c for d, c in choices[source].items() if day - days < d <= day]
            if near:
                model += choice + pulp.lpSum(near) <= 1
    for one, other in part["apart"]:
        for day in choices[one].keys() & choices[other].keys():
            model += choices[one][day] + choices[other][day] <= 1
    for target, spans in part["needs"]:
        for day, first, last, sources in spans:
            enough = [
                choice
                for source in sources
                for other, choice in choices[source].items()
                if first <= other <= last
            ]
            asked = 1 if target is None else choices[target][day]
            model += pulp.lpSum(enough) >= asked
    # The wheel of pulp brings the CBC program with it, so nothing else need be installed.
    model.solve(pulp.PULP_CBC_CMD(msg=False, threads=1))
    assert pulp.LpStatus[model.status] == "Optimal"
    return round(pulp.value(model.objective))


def _day(choices: dict[int, Any]) -> Any:
    return pulp.lpSum(day * choice for day, choice in choices.items())
