"""The calendar messages that wait to go after a change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Invited", "together"]


@dataclass(frozen=True, slots=True)
class Invited:
    """The messages that wait to go after a change: to whom, and how many in all.

    Whose mail an administrator stopped is not among them, as theirs do not go. `told` are those
    whose message says what is changed, so that no other mail has to: stopped ones too, since
    another mail would go to them as little.
    """

    people: frozenset[int] = field(default=frozenset())
    told: frozenset[int] = field(default=frozenset())
    rooms: frozenset[str] = field(default=frozenset())
    mails: int = 0


def together(each: Mapping[int, Invited]) -> Invited:
    """Return what waits to go of several meetings, by meeting, as one."""
    return Invited(
        people=frozenset[int]().union(*(one.people for one in each.values())),
        told=frozenset[int]().union(*(one.told for one in each.values())),
        rooms=frozenset[str]().union(*(one.rooms for one in each.values())),
        mails=sum(one.mails for one in each.values()),
    )
