"""The last look at one row: the transaction it is in, the moment, and what may come of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from scheduler.domain.reminders import OutboxState
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


@dataclass(frozen=True, slots=True)
class Verdict:
    """A row that is not sent now: the state it goes to, and why."""

    state: OutboxState
    why: str
    values: dict[str, Any] = field(default_factory=dict)
