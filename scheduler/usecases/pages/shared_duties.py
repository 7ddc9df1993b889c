"""Duties of positions that several hold: who has which, and who may take it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from scheduler.domain.snapshots import DutySnapshot
from scheduler.usecases.reminders.holders import desks_of

__all__ = ["SharedDuty", "shared_duties"]


@dataclass(frozen=True, slots=True)
class SharedDuty:
    """The holders of a duty's position (id and name), and the named one where they are in."""

    holders: tuple[tuple[int, str], ...]
    named_id: int | None

    @property
    def named(self) -> str | None:
        """Return the name of the one who has it."""
        return dict(self.holders).get(self.named_id) if self.named_id is not None else None


def shared_duties(
    session: Session, duties: Iterable[DutySnapshot], *, on: date
) -> dict[int, SharedDuty]:
    """Return, by its id, each unfinished duty that more than one person answers for that day."""
    unfinished = [duty for duty in duties if duty.is_unfinished and duty.position_id is not None]
    desks = desks_of(session, {duty.position_id or 0 for duty in unfinished}, on)
    shared = {}
    for duty in unfinished:
        readers = desks[duty.position_id or 0].readers
        if len(readers) > 1:
            ids = {reader.person_id for reader in readers}
            shared[duty.id] = SharedDuty(
                tuple((reader.person_id, reader.name) for reader in readers),
                duty.named_person_id if duty.named_person_id in ids else None,
            )
    return shared
