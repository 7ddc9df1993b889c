"""The dial: from a day to an angle, and from an angle and a radius to a point."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians, sin

__all__ = ["GAP_DEGREES", "Dial", "Point", "arc_path", "point", "sector_path"]

# At the top, free of meetings: the rings' names stand there upright.
GAP_DEGREES = 18.0


@dataclass(frozen=True, slots=True)
class Point:
    """A point in the drawing: x to the right, y downwards, the hub at (0, 0)."""

    x: float
    y: float

    def __str__(self) -> str:
        return f"{_tidy(self.x)} {_tidy(self.y)}"


@dataclass(frozen=True, slots=True)
class Dial:
    """A period laid out clockwise from the right edge of the gap to its left edge.

    Angles are degrees clockwise from straight up.
    """

    starts_on: date
    ends_on: date

    @property
    def degrees_per_day(self) -> float:
        """Return how far the hand goes in a day."""
        return (360 - GAP_DEGREES) / ((self.ends_on - self.starts_on).days + 1)

    def holds(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.starts_on <= day <= self.ends_on

    def morning(self, day: date) -> float:
        """Return the angle at which the day begins, kept within the period."""
        days = (min(max(day, self.starts_on), self.ends_on + _DAY) - self.starts_on).days
        return GAP_DEGREES / 2 + days * self.degrees_per_day

    def noon(self, day: date) -> float:
        """Return the angle of the middle of the day."""
        return self.morning(day) + self.degrees_per_day / 2

    def span(self, first: date, last: date) -> tuple[float, float]:
        """Return the angles at which the span of days, both included, begins and ends."""
        return self.morning(first), self.morning(last + _DAY)


def point(radius: float, angle: float) -> Point:
    """Return the point at the radius in the direction of the angle."""
    return Point(radius * sin(radians(angle)), -radius * cos(radians(angle)))


def arc_path(radius: float, begin: float, end: float) -> str:
    """Return the path data of an arc from one angle clockwise to another."""
    large = 1 if end - begin > 180 else 0
    return (
        f"M{point(radius, begin)} A{_tidy(radius)} {_tidy(radius)} 0 {large} 1 {point(radius, end)}"
    )


def sector_path(inner: float, outer: float, begin: float, end: float) -> str:
    """Return the path data of the piece of a ring between two radii and two angles."""
    large = 1 if end - begin > 180 else 0
    return (
        f"{arc_path(outer, begin, end)} L{point(inner, end)} "
        f"A{_tidy(inner)} {_tidy(inner)} 0 {large} 0 {point(inner, begin)}Z"
    )


def _tidy(number: float) -> str:
    # One decimal is a tenth of a pixel; minus zero would differ between machines.
    return f"{round(number, 1) + 0.0:g}"


_DAY = timedelta(days=1)
