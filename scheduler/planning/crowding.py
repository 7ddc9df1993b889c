"""Which meetings are too many for one day, and what follows for others like them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from scheduler.planning.busy import Busy
from scheduler.planning.days_model import Cut
from scheduler.planning.problem import Problem, Series
from scheduler.planning.times import fit_day, too_much

__all__ = ["Crowding", "Cuts"]

_LARGEST_LEARNT = 4


@dataclass(frozen=True, slots=True)
class Cuts:
    """What may not share a day. `exact` is False when a search behind it was cut short."""

    cuts: tuple[Cut, ...]
    exact: bool


class Crowding:
    """Turns a day that does not fit into cuts that also spare the days that would fail next."""

    def __init__(self, problem: Problem, series_of: Sequence[int]) -> None:
        self._problem = problem
        self._slots: dict[int, list[int]] = {}
        for slot, series in enumerate(series_of):
            self._slots.setdefault(series, []).append(slot)
        self._fits: dict[frozenset[int], bool] = {}
        self._made: list[tuple[frozenset[int], int]] = []

    def cuts(self, day: int, meetings: Sequence[Series]) -> Cuts:
        """Forbid what does not fit on the day, on every day when it is not this day's doing.

        A set that never fits is widened: to a group of which no more than as many fit, and to
        the sets that differ from it by one series. One look then does the work of many.
        """
        least = too_much(day, meetings, self._problem.busy)
        exact = fit_day(day, least, self._problem.busy).exact
        base = frozenset(series.index for series in least)
        if self._fit(base):
            return Cuts((Cut(self._of(base), len(base) - 1, frozenset({day})),), exact)
        if len(base) > _LARGEST_LEARNT:
            return Cuts((Cut(self._of(base), len(base) - 1),), exact)
        cuts = []
        for alike in (base, *self._alike(base)):
            if self._is_said(alike):
                continue
            group = self._widened(alike)
            self._made.append((group, len(base)))
            cuts.append(Cut(self._of(group), len(base) - 1))
        return Cuts(tuple(cuts), exact)

    def _is_said(self, indexes: frozenset[int]) -> bool:
        """Tell whether an earlier group forbids the set already."""
        return any(size == len(indexes) and indexes <= group for group, size in self._made)

    def _alike(self, base: frozenset[int]) -> Iterable[frozenset[int]]:
        for member in sorted(base):
            rest = base - {member}
            for other in sorted(self._slots.keys() - base):
                alike = rest | {other}
                if not self._fit(alike) and self._is_least(alike):
                    yield alike

    def _widened(self, base: frozenset[int]) -> frozenset[int]:
        """Add every series with which each set of this size still does not fit."""
        group = base
        for other in sorted(self._slots.keys() - base):
            if all(
                not self._fit(frozenset((*rest, other)))
                for rest in combinations(sorted(group), len(base) - 1)
            ):
                group |= {other}
        return group

    def _is_least(self, indexes: frozenset[int]) -> bool:
        return all(self._fit(indexes - {index}) for index in indexes)

    def _fit(self, indexes: frozenset[int]) -> bool:
        """Tell whether the series fit on an otherwise empty day; in doubt they do."""
        if indexes not in self._fits:
            meetings = [self._problem.series[index] for index in sorted(indexes)]
            fit = fit_day(0, meetings, Busy())
            self._fits[indexes] = fit.starts is not None or not fit.exact
        return self._fits[indexes]

    def _of(self, indexes: frozenset[int]) -> tuple[int, ...]:
        return tuple(slot for index in sorted(indexes) for slot in self._slots[index])
