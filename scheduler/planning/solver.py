"""The choice of days solved with CP-SAT, as a process of its own: JSON lines in and out.

Run as `python -m scheduler.planning.solver`. The only importer of ortools, which costs half a
second and 66 MiB: no web process loads it. Each line in is a list of parts to solve,
`{"parts": [...]}` as `part_form` in `process.py` writes them; each part solved gives a line
`{"part": n, ...}`. One worker, no presolve and a limit on deterministic time, so that the same
part gives the same days on every run, however fast the machine is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from math import ceil
from typing import Any, TextIO

__all__ = ["main", "serve", "solve_part"]

_DENSE = 80
_NOISE = 1e-6


def main() -> None:
    """Serve requests from standard input until it is closed."""
    serve(sys.stdin, sys.stdout)


def serve(requests: Iterable[str], replies: TextIO) -> None:
    """Answer each request line; an empty request only loads the solver."""
    for line in requests:
        request = json.loads(line)
        _load()
        for number, part in enumerate(request["parts"]):
            reply = {"part": number, **solve_part(part)}
            replies.write(json.dumps(reply) + "\n")
            replies.flush()
        replies.write('{"done": true}\n')
        replies.flush()


def solve_part(part: dict[str, Any]) -> dict[str, Any]:
    """Solve one part: status, a day for each slot, cost and bound on the cost.

    Status is `optimal`, `feasible`, `infeasible` or `unknown` (the limit came first).
    """
    cp = _load()
    model = cp.CpModel()
    choices = [{day: model.new_bool_var("") for day, _ in domain} for domain in part["domains"]]
    for days in choices:
        model.add_exactly_one(days.values())
    _add_gaps(model, choices, part["gaps"])
    for source, target, days in part["shadows"]:
        for day, choice in choices[target].items():
            model.add_at_most_one(
                [choice, *(c for d, c in choices[source].items() if day - days < d <= day)]
            )
    for day, slots in _together(choices, part["apart"]):
        model.add_at_most_one([choices[slot][day] for slot in slots])
    for target, spans in part["needs"]:
        for day, first, last, sources in spans:
            enough = [
                choice
                for source in sources
                for other, choice in choices[source].items()
                if first <= other <= last
            ]
            if target is None:
                model.add_bool_or(enough)
            elif day in choices[target]:
                model.add_bool_or([choices[target][day].negated(), *enough])
    for slots, most, days in part["cuts"]:
        wanted = days if days is not None else {d for slot in slots for d in choices[slot]}
        for day in sorted(wanted):
            together = [choices[slot][day] for slot in slots if day in choices[slot]]
            if len(together) > most:
                model.add(cp.LinearExpr.sum(together) <= most)
    costs = [cost for domain in part["domains"] for _, cost in domain]
    literals = [choice for days in choices for choice in days.values()]
    model.minimize(cp.LinearExpr.weighted_sum(literals, costs))
    if part["start"] is not None:
        for days, chosen in zip(choices, part["start"], strict=True):
            for day, choice in days.items():
                model.add_hint(choice, day == chosen)
    return _solved(cp, model, choices, part["limit"])


def _solved(cp: Any, model: Any, choices: Sequence[dict[int, Any]], limit: float) -> dict[str, Any]:
    solver = cp.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.cp_model_presolve = False
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = limit
    status = solver.solve(model)
    if status in (cp.OPTIMAL, cp.FEASIBLE):
        days = [
            next(day for day, choice in slot.items() if solver.boolean_value(choice))
            for slot in choices
        ]
        return {
            "status": "optimal" if status == cp.OPTIMAL else "feasible",
            "days": days,
            # Costs are whole, so a bound between two of them is the upper one.
            "bound": ceil(solver.best_objective_bound - _NOISE),
        }
    return {
        "status": "infeasible" if status == cp.INFEASIBLE else "unknown",
        "days": None,
        "bound": 0,
    }


def _add_gaps(
    model: Any, choices: Sequence[dict[int, Any]], gaps: Iterable[tuple[int, int, int, int | None]]
) -> None:
    for first, second, least, most in gaps:
        before, after = choices[first], choices[second]
        if most is None and len(before) <= _DENSE and len(after) <= _DENSE:
            # Tighter than a difference of two sums: either the first lies earlier than a day,
            # or the second lies the gap after it.
            ordered, choosable = sorted(before), sorted(after)
            reached, said = 0, 0
            for at, day in enumerate(ordered):
                while reached < len(choosable) and choosable[reached] < day + least:
                    reached += 1
                # With nothing more on the early side the constraint before says it already.
                if reached > said:
                    said = reached
                    late = [before[d] for d in ordered[at:]]
                    early = [after[d] for d in choosable[:reached]]
                    model.add_at_most_one([*late, *early])
            continue
        between = sum(d * c for d, c in after.items()) - sum(d * c for d, c in before.items())
        model.add(between >= least)
        if most is not None:
            model.add(between <= most)


def _together(
    choices: Sequence[dict[int, Any]], pairs: Iterable[tuple[int, int]]
) -> Iterable[tuple[int, tuple[int, ...]]]:
    """Give, for each day, the groups of slots of which only one can lie on it.

    Every pair is in some group; a group is as large as can be, and none lies within another.
    """
    friends: list[set[int]] = [set() for _ in choices]
    for a, b in pairs:
        friends[a].add(b)
        friends[b].add(a)
    by_day: dict[int, list[int]] = {}
    for slot, days in enumerate(choices):
        if friends[slot]:
            for day in days:
                by_day.setdefault(day, []).append(slot)
    for day in sorted(by_day):
        here = set(by_day[day])
        covered: set[tuple[int, int]] = set()
        for a in by_day[day]:
            for b in sorted(friends[a] & here):
                if b < a or (a, b) in covered:
                    continue
                group = [a, b]
                for other in sorted(friends[a] & friends[b] & here):
                    if all(other in friends[member] for member in group[2:]):
                        group.append(other)
                group.sort()
                covered.update((x, y) for at, x in enumerate(group) for y in group[at + 1 :])
                yield day, tuple(group)


def _load() -> Any:
    from ortools.sat.python import cp_model

    return cp_model


if __name__ == "__main__":
    main()
