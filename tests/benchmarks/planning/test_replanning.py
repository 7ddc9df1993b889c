"""Two hundred lost dates at 40 forums: who moves, and how long it takes."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from scheduler.planning import (
    DaySolver,
    ReplanMethod,
    StandingMeeting,
    propose,
    replan,
)
from tests.benchmarks.planning.yardstick import say, yardstick
from tests.unit.planning.generated import municipality

SEEDS = (1, 2, 3, 4, 5)
TRIALS = 200
UNITS_ALONE = 1.25
"""50 ms."""
UNITS_WITH_OTHERS = 75.0
"""3 s."""


def test_a_lost_date_moves_that_meeting_alone_in_nearly_every_trial(solver: DaySolver) -> None:
    each = TRIALS // len(SEEDS)
    found = []
    for seed in SEEDS:
        year = municipality(seed, forums=40)
        standing = [
            StandingMeeting(str(at), m.forum, m.unit, m.number, m.date, m.start, m.end, m.place)
            for at, m in enumerate(propose(year).meetings)
        ]
        step = len(standing) / each
        hits = [standing[int(at * step)] for at in range(each)]
        found += [replan(year, standing, {hit.id}, solver=solver) for hit in hits]
    one = yardstick(perf_counter)
    alone = [r.seconds for r in found if r.method is ReplanMethod.KEPT_ALL_ELSE]
    others = [r for r in found if r.method is ReplanMethod.LEAST_CHANGE]
    unmet = [r for r in found if r.unmet]

    say(
        f"{len(found)} lost dates at 40 forums: {len(alone)} moved alone, "
        f"median {1000 * median(alone):.1f} ms, worst {1000 * max(alone):.1f} ms; "
        f"{len(others)} moved others too, {[len(r.changes) for r in others]} meetings, "
        f"worst {max((r.seconds for r in others), default=0):.2f} s; "
        f"{len(unmet)} without another date, "
        f"worst {max((r.seconds for r in unmet), default=0):.2f} s"
    )
    assert len(found) == TRIALS
    assert sum(len(r.changes) <= 1 for r in found if not r.unmet) >= 0.95 * TRIALS
    assert median(alone) / one < UNITS_ALONE
    assert max((r.seconds for r in (*others, *unmet)), default=0) / one < UNITS_WITH_OTHERS
