"""The whole drawing as values that the SVG template only writes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from textwrap import wrap

from scheduler.domain.periods import month_after
from web.wheel.callouts import HALF_HEIGHT, HALF_WIDTH, Callout, place_callouts
from web.wheel.codes import short_codes
from web.wheel.content import Break, Mark, Ring, WheelContent
from web.wheel.dial import GAP_DEGREES, Dial, Point, point, sector_path
from web.wheel.lanes import INNER, OUTER, PlacedRing, place_rings

__all__ = [
    "Drawing",
    "DrawnBreak",
    "DrawnMark",
    "DrawnMonth",
    "DrawnRing",
    "DrawnWeek",
    "draw_wheel",
]

_HUB = INNER - 12
_WEEKS = (OUTER + 6, OUTER + 28)
_MONTHS = (OUTER + 28, OUTER + 60)
_LABEL_LETTER = 7.2
_LABEL_LINE = 15.0
_SMALLEST_NUMBERED = 8.0
_NARROWEST_WEEK = 3


@dataclass(frozen=True, slots=True)
class DrawnMark:
    """A meeting's circle; `label` is the day's number, empty where it would be too small."""

    mark: Mark
    at: Point
    label: str


@dataclass(frozen=True, slots=True)
class DrawnRing:
    """A ring's band with its name in the gap; `labels` are the name's lines, or the code alone."""

    ring: Ring
    number: int
    code: str
    labels: tuple[tuple[Point, str], ...]
    band: str
    mark_radius: float
    marks: tuple[DrawnMark, ...]


@dataclass(frozen=True, slots=True)
class DrawnWeek:
    """An ISO week's cell outside the rings."""

    number: int
    cell: str
    at: Point
    is_current: bool


@dataclass(frozen=True, slots=True)
class DrawnMonth:
    """A month: its piece of the outer band, the whole wedge to tap, and its upright turn."""

    first: date
    cell: str
    wedge: str
    at: Point
    turn: float
    edge: tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class DrawnBreak:
    """A span without meetings as a wedge over the rings."""

    span: Break
    wedge: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything the template needs; the hub is at (0, 0)."""

    half_width: float
    half_height: float
    hub_radius: float
    gap: str
    rings: tuple[DrawnRing, ...]
    weeks: tuple[DrawnWeek, ...]
    months: tuple[DrawnMonth, ...]
    breaks: tuple[DrawnBreak, ...]
    callouts: tuple[Callout, ...]
    today: tuple[Point, Point] | None


def draw_wheel(content: WheelContent) -> Drawing:
    """Return the drawing of the content: the same content gives the same drawing."""
    dial = Dial(content.starts_on, content.ends_on)
    within = [
        Ring(
            key=ring.key,
            name=ring.name,
            group=ring.group,
            marks=tuple(
                sorted(
                    (mark for mark in ring.marks if dial.holds(mark.on)),
                    key=lambda mark: (mark.on, mark.href),
                )
            ),
        )
        for ring in content.rings
    ]
    placed = place_rings(within, dial)
    floor = placed[-1].inner if placed else INNER
    codes = short_codes([ring.ring.name for ring in placed])
    return Drawing(
        half_width=HALF_WIDTH,
        half_height=HALF_HEIGHT,
        hub_radius=_HUB,
        gap=sector_path(_HUB, OUTER, -GAP_DEGREES / 2, GAP_DEGREES / 2),
        rings=tuple(
            _ring(ring, number, code)
            for number, (ring, code) in enumerate(zip(placed, codes, strict=True))
        ),
        weeks=_weeks(dial, content.today),
        months=_months(dial, floor),
        breaks=tuple(
            DrawnBreak(span, sector_path(floor, OUTER, *dial.span(span.starts_on, span.ends_on)))
            for span in content.breaks
            if span.starts_on <= dial.ends_on and span.ends_on >= dial.starts_on
        ),
        callouts=place_callouts(content.deadlines, dial),
        today=_today(dial, content.today),
    )


def _ring(placed: PlacedRing, number: int, code: str) -> DrawnRing:
    begin, end = GAP_DEGREES / 2, 360 - GAP_DEGREES / 2
    numbered = placed.mark_radius >= _SMALLEST_NUMBERED
    return DrawnRing(
        ring=placed.ring,
        number=number,
        code=code,
        labels=_labels(placed, code),
        band=sector_path(placed.inner, placed.outer, begin, end),
        mark_radius=round(placed.mark_radius, 1),
        marks=tuple(
            DrawnMark(mark, point(radius, angle), str(mark.on.day) if numbered else "")
            for mark, (radius, angle) in zip(placed.ring.marks, placed.places, strict=True)
        ),
    )


def _labels(placed: PlacedRing, code: str) -> tuple[tuple[Point, str], ...]:
    """Return the name in as many lines as the ring has room for in the gap, or else the code."""
    most = max(int((placed.outer - placed.inner) // _LABEL_LINE), 1)
    # The narrowest line is the lowest, at the ring's inner edge; a circle on one of the first or
    # last days reaches into the gap.
    circles = (point(radius, angle) for radius, angle in placed.places)
    edges = [abs(at.x) - placed.mark_radius for at in circles if at.y < -INNER / 2]
    room = 2 * min(point(placed.inner, GAP_DEGREES / 2).x, *edges, OUTER) - 8
    letters = max(int(room / _LABEL_LETTER), 1)
    lines = wrap(placed.ring.name, letters, break_long_words=False)
    if len(lines) > most or any(len(line) > letters for line in lines):
        lines = [code]
    top = -placed.middle - (len(lines) - 1) * _LABEL_LINE / 2 + 4.5
    return tuple((Point(0, top + number * _LABEL_LINE), line) for number, line in enumerate(lines))


def _weeks(dial: Dial, today: date) -> tuple[DrawnWeek, ...]:
    weeks = []
    monday = dial.starts_on - timedelta(days=dial.starts_on.weekday())
    while monday <= dial.ends_on:
        sunday = monday + timedelta(days=6)
        first, last = max(monday, dial.starts_on), min(sunday, dial.ends_on)
        begin, end = dial.span(first, last)
        # A week cut short by the period's edge has a cell too narrow for its number.
        if (last - first).days >= _NARROWEST_WEEK - 1:
            weeks.append(
                DrawnWeek(
                    number=monday.isocalendar().week,
                    cell=sector_path(*_WEEKS, begin, end),
                    at=point(sum(_WEEKS) / 2, (begin + end) / 2),
                    is_current=monday <= today <= sunday,
                )
            )
        monday += timedelta(days=7)
    return tuple(weeks)


def _months(dial: Dial, floor: float) -> tuple[DrawnMonth, ...]:
    months = []
    first = dial.starts_on.replace(day=1)
    while first <= dial.ends_on:
        following = month_after(first)
        begin, end = dial.span(first, following - timedelta(days=1))
        middle = (begin + end) / 2
        months.append(
            DrawnMonth(
                first=first,
                cell=sector_path(*_MONTHS, begin, end),
                wedge=sector_path(_HUB, _MONTHS[1], begin, end),
                at=point(sum(_MONTHS) / 2, middle),
                # Along the circle, and never upside down.
                turn=round(middle if middle < 90 or middle > 270 else middle - 180, 1),
                edge=(point(floor, begin), point(_MONTHS[1], begin)),
            )
        )
        first = following
    return tuple(months)


def _today(dial: Dial, today: date) -> tuple[Point, Point] | None:
    if not dial.holds(today):
        return None
    angle = dial.noon(today)
    return point(_HUB, angle), point(OUTER, angle)
