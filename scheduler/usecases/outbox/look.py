"""The last look at one row: the transaction it is in, the moment, and what may come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from scheduler.domain.reminders import OutboxState
from scheduler.store.tables import Municipality
from scheduler.usecases.outbox.deliveries import Deliveries
from scheduler.usecases.outbox.settings import WorkerSettings

__all__ = ["Look", "Verdict"]


@dataclass(frozen=True, slots=True)
class Look:
    """What every part of the look needs."""

    session: Session
    settings: WorkerSettings
    deliveries: Deliveries
    now: datetime
    _held: dict[int, Municipality] = field(default_factory=dict)

    def municipality(self, municipality_id: int) -> Municipality:
        """Return the municipality, held on to so that the session reads it once for a mail."""
        if municipality_id not in self._held:
            self._held[municipality_id] = self.session.get_one(Municipality, municipality_id)
        return self._held[municipality_id]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row that is not sent now: the state it goes to, and why."""

    state: OutboxState
    why: str
    values: dict[str, Any] = field(default_factory=dict)
