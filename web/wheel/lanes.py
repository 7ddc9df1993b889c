"""Where rings and their marks lie, so that no two circles touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, degrees

from web.wheel.content import Ring, RingGroup
from web.wheel.dial import Dial

__all__ = ["INNER", "OUTER", "PlacedRing", "place_rings"]

INNER = 150.0
OUTER = 430.0

_GROUP_GAP = 12.0
_RING_GAP = 4.0
_WIDEST_LANE = 50.0
_LARGEST_MARK = 15.0
_BETWEEN_MARKS = 2.0
_MOST_LANES = 4


@dataclass(frozen=True, slots=True)
class PlacedRing:
    """A ring between two radii, and for each of its marks in date order a radius and an angle."""

    ring: Ring
    inner: float
    outer: float
    mark_radius: float
    places: tuple[tuple[float, float], ...]

    @property
    def middle(self) -> float:
        """Return the radius half-way through the ring."""
        return (self.inner + self.outer) / 2


def place_rings(rings: Sequence[Ring], dial: Dial) -> tuple[PlacedRing, ...]:
    """Return the rings from the outermost to the innermost.

    Groups lie together; in a group the forum with most meetings is outermost. A ring gets a
    second lane where its marks would touch, and never more than four: past that, a mark is moved
    on along its lane until it is free.
    """
    order = sorted(
        rings,
        key=lambda ring: (list(RingGroup).index(ring.group), -len(ring.marks), ring.key),
    )
    lanes = [1] * len(order)
    while True:
        placed = _place(order, lanes, dial)
        needed = [
            _lanes_needed(ring, dial) if count < _MOST_LANES else count
            for ring, count in zip(placed, lanes, strict=True)
        ]
        grown = [max(pair) for pair in zip(lanes, needed, strict=True)]
        if grown == lanes:
            return placed
        lanes = grown


def _place(order: Sequence[Ring], lanes: Sequence[int], dial: Dial) -> tuple[PlacedRing, ...]:
    if not order:
        return ()
    between = [
        _GROUP_GAP if before.group is not after.group else _RING_GAP
        for before, after in pairwise(order)
    ]
    lane = min(_WIDEST_LANE, (OUTER - INNER - sum(between)) / sum(lanes))
    mark = min(_LARGEST_MARK, lane / 2 - _BETWEEN_MARKS / 2)
    placed = []
    outer = OUTER
    for ring, count, gap in zip(order, lanes, [*between, 0.0], strict=True):
        inner = outer - lane * count
        radii = [outer - lane * (number + 0.5) for number in range(count)]
        placed.append(PlacedRing(ring, inner, outer, mark, _spread(ring, radii, mark, dial)))
        outer = inner - gap
    return tuple(placed)


def _spread(
    ring: Ring, radii: Sequence[float], mark: float, dial: Dial
) -> tuple[tuple[float, float], ...]:
    """Give each mark the first lane in which it is free."""
    apart = [_apart(radius, mark) for radius in radii]
    free_from = [0.0] * len(radii)
    places = []
    for meeting in ring.marks:
        angle = dial.noon(meeting.on)
        free = [lane for lane, since in enumerate(free_from) if since <= angle]
        lane = free[0] if free else min(range(len(radii)), key=lambda lane: free_from[lane])
        angle = max(angle, free_from[lane])
        free_from[lane] = angle + apart[lane]
        places.append((radii[lane], angle))
    return tuple(places)


def _lanes_needed(placed: PlacedRing, dial: Dial) -> int:
    """Return how many marks at most lie closer than two marks do at the ring's inner edge."""
    apart = _apart(placed.inner + placed.mark_radius, placed.mark_radius)
    angles = [dial.noon(mark.on) for mark in placed.ring.marks]
    most = 1
    for number, angle in enumerate(angles):
        near = sum(1 for other in angles[number:] if other - angle < apart)
        most = max(most, near)
    return min(most, _MOST_LANES)


def _apart(radius: float, mark: float) -> float:
    """Return the least angle between two marks' middles in a lane."""
    return 2 * degrees(asin(min(1.0, (2 * mark + _BETWEEN_MARKS) / (2 * radius))))
