"""Every meeting of a planned year by day, with who and which room it takes."""

from __future__ import annotations

from collections.abc import Mapping

from scheduler.planning.greedy import Placement
from scheduler.planning.inputs import FixedWhy
from scheduler.planning.meeting_shape import resources_of
from scheduler.planning.problem import Problem

__all__ = ["Taken", "taken_by_day"]

Taken = tuple[int, int, int, frozenset[str], str | None]
"""Day, start, length, resources and forum slug of one placed or kept meeting."""


def taken_by_day(problem: Problem, placement: Placement) -> Mapping[int, list[Taken]]:
    """Return every meeting of the year, kept ones too, by day."""
    taken: dict[int, list[Taken]] = {}
    for kept in problem.kept:
        if kept.why is not FixedWhy.CANCELLED:
            day = kept.date.toordinal()
            start = kept.start.hour * 60 + kept.start.minute
            length = kept.end.hour * 60 + kept.end.minute - start
            resources = frozenset(resources_of(kept.busy_units, kept.place, kept.unit))
            taken.setdefault(day, []).append((day, start, length, resources, kept.forum))
    for placed in problem.rhythms:
        taken.setdefault(placed.day, []).append(
            (
                placed.day,
                placed.start,
                placed.length,
                frozenset(placed.resources),
                placed.forum.slug,
            )
        )
    for index, found in placement.series.items():
        series = problem.series[index]
        for day, start in zip(found.days, found.starts, strict=True):
            taken.setdefault(day, []).append(
                (day, start, series.length, frozenset(series.resources), series.forum.slug)
            )
    return taken
