"""Callouts of the deadlines: two columns that hug the circle and never overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import degrees, sqrt
from textwrap import wrap

from web.wheel.content import Deadline
from web.wheel.dial import Dial, Point, point

__all__ = ["DIAMOND_RADIUS", "HALF_HEIGHT", "HALF_WIDTH", "Callout", "place_callouts"]

HALF_WIDTH = 760.0
HALF_HEIGHT = 530.0
DIAMOND_RADIUS = 507.0

_HUG = 540.0
_LINE = 19.0
_BETWEEN = 9.0
_DIAMOND_WIDTH = 30.0
# Fifteen units of Inter: a letter takes 8.2 on average, and the narrowest place is beside the hub.
_LETTERS = 24
# What is tried in turn until a column has room: lines for each thing due, and things for each day.
_ROOM = ((3, 5), (2, 5), (2, 3), (1, 3), (1, 2), (1, 1), (0, 0))


@dataclass(frozen=True, slots=True)
class Callout:
    """A numbered diamond for a day, and beside it the lines that say what is due then.

    `anchor` is SVG's text-anchor; `baselines` hold the place of each line, the first for the day.
    """

    number: int
    deadlines: tuple[Deadline, ...]
    diamond: Point
    elbow: Point
    anchor: str
    baselines: tuple[tuple[Point, str], ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Day:
    number: int
    deadlines: tuple[Deadline, ...]
    angle: float

    def lines(self, lines_each: int, most: int) -> list[str]:
        """Return the day, then what is due, cut to the room there is."""
        shown = self.deadlines[:most] if lines_each else ()
        texts = [line for deadline in shown for line in _cut(deadline.words, lines_each)]
        hidden = len(self.deadlines) - len(shown)
        first = f"{self.number} · {self.deadlines[0].day_words}"
        return [f"{first} (+{hidden})" if hidden else first, *texts]


def place_callouts(deadlines: Sequence[Deadline], dial: Dial) -> tuple[Callout, ...]:
    """Return a callout for each day of the period with something due, numbered clockwise.

    Where a column is full the texts are cut to fewer lines; the list on the page has them whole.
    """
    days = _days(deadlines, dial)
    right = [day for day in days if day.angle <= 180]
    left = [day for day in reversed(days) if day.angle > 180]
    callouts = [*_column(right, side=1), *_column(left, side=-1)]
    return tuple(sorted(callouts, key=lambda callout: callout.number))


def _days(deadlines: Sequence[Deadline], dial: Dial) -> list[_Day]:
    within = sorted(
        (deadline for deadline in deadlines if dial.holds(deadline.on)),
        key=lambda deadline: (deadline.on, deadline.words),
    )
    days = []
    free_from = 0.0
    for number, (on, due) in enumerate(groupby(within, key=lambda deadline: deadline.on), start=1):
        # Two diamonds a day or two apart would lie on each other: the later one is moved on.
        angle = max(dial.noon(on), free_from)
        free_from = angle + degrees(_DIAMOND_WIDTH / DIAMOND_RADIUS)
        days.append(_Day(number, tuple(due), angle))
    return days


def _column(days: Sequence[_Day], *, side: int) -> list[Callout]:
    """Place one column from the top down; `side` is 1 to the right of the wheel and -1 left."""
    for lines_each, most in _ROOM:
        texts = [day.lines(lines_each, most) for day in days]
        heights = [_LINE * len(text) for text in texts]
        if sum(heights) + _BETWEEN * len(heights) <= 2 * HALF_HEIGHT:
            break
    middles = _spread([point(DIAMOND_RADIUS, day.angle).y for day in days], heights)
    return [
        _callout(day, text, middle, side)
        for day, text, middle in zip(days, texts, middles, strict=True)
    ]


def _callout(day: _Day, text: Sequence[str], middle: float, side: int) -> Callout:
    height = _LINE * len(text)
    top, bottom = middle - height / 2, middle + height / 2
    diamond = point(DIAMOND_RADIUS, day.angle)
    nearest = 0.0 if top <= 0 <= bottom else min(abs(top), abs(bottom))
    # Past the top or bottom of the circle the text still keeps clear of the diamonds there.
    x = side * max(sqrt(max(_HUG**2 - nearest**2, 0)), abs(diamond.x) + _DIAMOND_WIDTH, 120)
    return Callout(
        number=day.number,
        deadlines=day.deadlines,
        diamond=diamond,
        elbow=Point(x - side * 6, top + _LINE / 2),
        anchor="start" if side > 0 else "end",
        baselines=tuple(
            (Point(x, top + _LINE * (line + 0.76)), words) for line, words in enumerate(text)
        ),
        top=top,
        bottom=bottom,
    )


def _cut(words: str, most: int) -> list[str]:
    lines = wrap(words, _LETTERS)
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1][: _LETTERS - 1].rstrip()}…"]


def _spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return the middles nearest to those wanted, in order, that let no two boxes overlap.

    Taking away the room each box needs leaves a sequence that only has to rise: the nearest such
    one in least squares is found by pooling neighbours that do not.
    """
    offsets = []
    below = 0.0
    for height in heights:
        offsets.append(below + height / 2)
        below += height + _BETWEEN
    pools: list[tuple[float, int]] = []
    for value, offset in zip(wanted, offsets, strict=True):
        pools.append((value - offset, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (last, several), (before, some) = pools.pop(), pools.pop()
            pools.append(((last * several + before * some) / (several + some), several + some))
    lowest, highest = -HALF_HEIGHT, HALF_HEIGHT - (below - _BETWEEN)
    rising = [
        min(max(value, lowest), max(highest, lowest)) for value, size in pools for _ in range(size)
    ]
    return [value + offset for value, offset in zip(rising, offsets, strict=True)]
