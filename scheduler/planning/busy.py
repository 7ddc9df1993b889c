"""Who and which place is taken when, as bits of five minutes."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Busy", "mask_of"]

_CELL = 5


def mask_of(start: int, length: int) -> int:
    """Return the bits of a meeting that starts at `start` past midnight and lasts `length`.

    Both are whole sixtieths of an hour; a part of a cell takes the whole cell.
    """
    first = start // _CELL
    last = -(-(start + length) // _CELL)
    return ((1 << (last - first)) - 1) << first


class Busy:
    """What is taken by resource and day (a date's ordinal)."""

    __slots__ = ("_taken",)

    def __init__(self) -> None:
        self._taken: dict[int, dict[str, int]] = {}

    def copy(self) -> Busy:
        """Return a copy that can be added to on its own."""
        other = Busy()
        other._taken = {day: dict(taken) for day, taken in self._taken.items()}
        return other

    def add(self, day: int, resources: Iterable[str], mask: int) -> None:
        """Take the resources for the cells of `mask`."""
        taken = self._taken.setdefault(day, {})
        for resource in resources:
            taken[resource] = taken.get(resource, 0) | mask

    def remove(self, day: int, resources: Iterable[str], mask: int) -> None:
        """Give back what one meeting took; meetings never share a cell, so nothing else goes."""
        taken = self._taken[day]
        for resource in resources:
            taken[resource] &= ~mask

    def taken(self, day: int, resources: Iterable[str]) -> int:
        """Return the cells in which any of the resources is taken."""
        on_day = self._taken.get(day)
        if not on_day:
            return 0
        mask = 0
        for resource in resources:
            mask |= on_day.get(resource, 0)
        return mask
