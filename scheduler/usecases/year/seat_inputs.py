"""Who attends each forum of a year that is planned."""

from __future__ import annotations

from collections import defaultdict

from sqlmodel import Session, col, select

from scheduler.domain.enums import (
    INCUMBENT_KINDS,
    AttendanceRule,
)
from scheduler.domain.periods import Period
from scheduler.planning.inputs import (
    SeatInput,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Forum,
    Holder,
    Position,
    Seat,
    Unit,
)

__all__ = ["SeatInputs"]


class SeatInputs:
    """Who attends each forum: the people who hold its positions, or the position while vacant."""

    def __init__(self, session: Session, forum_ids: list[int], period: Period) -> None:
        """Read the seats of these forums, and who holds their positions in the period."""
        self._seats: dict[int, list[tuple[Seat, Position]]] = defaultdict(list)
        rows = session.exec(
            select(Seat, Position)
            .join(Position)
            .where(col(Seat.forum_id).in_(forum_ids), col(Seat.retired_on).is_(None))
        )
        for seat, position in sorted(rows, key=lambda row: (row[1].slug, id_of(row[0]))):
            self._seats[seat.forum_id].append((seat, position))
        self._holders: dict[int, set[int]] = defaultdict(set)
        position_ids = {seat.position_id for rows in self._seats.values() for seat, _ in rows}
        for holder in session.exec(
            select(Holder).where(
                col(Holder.position_id).in_(position_ids),
                col(Holder.kind).in_(INCUMBENT_KINDS),
                Holder.from_on <= period.ends_on,
                col(Holder.until_on).is_(None) | (col(Holder.until_on) >= period.starts_on),
            )
        ):
            self._holders[holder.position_id].add(holder.person_id)

    def of(self, forum: Forum, unit: Unit | None) -> tuple[SeatInput, ...]:
        """Return the seats of one series, each busy unit once."""
        found: dict[str, SeatInput] = {}
        for seat, position in self._seats[id_of(forum)]:
            if seat.unit_id is not None and unit is not None and seat.unit_id != unit.id:
                continue
            for busy_unit in self._busy_units(seat.position_id):
                earlier = found.get(busy_unit)
                if earlier is None or earlier.attends is not AttendanceRule.EVERY_MEETING:
                    found[busy_unit] = SeatInput(busy_unit, seat.attends, position.title)
        return tuple(found.values())

    def people(self) -> frozenset[int]:
        """Return everybody who holds a seat in any of the forums."""
        return frozenset().union(*self._holders.values())

    def _busy_units(self, position_id: int) -> list[str]:
        holders = sorted(self._holders[position_id])
        if not holders:
            return [f"position:{position_id}"]
        return [f"person:{person_id}" for person_id in holders]
