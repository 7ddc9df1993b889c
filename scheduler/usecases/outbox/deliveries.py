"""The delivery hours of the municipalities, read once for each batch."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.domain.reminders import Delivery, ReminderSettings, reminder_settings
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality
from scheduler.usecases.reminders.calendar import delivery_of
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["Deliveries"]


class Deliveries:
    """Gives the delivery hours and the settings of a municipality."""

    def __init__(self, holidays_of: HolidaysOf) -> None:
        """Keep where public holidays come from; nothing is read yet."""
        self._holidays_of = holidays_of
        self._known: dict[tuple[int, int], tuple[Delivery, ReminderSettings]] = {}

    def of(
        self, session: Session, municipality: Municipality, *, now: datetime
    ) -> tuple[Delivery, ReminderSettings]:
        """Return when mail is delivered in the municipality, and by which numbers."""
        key = (id_of(municipality), now.year)
        if key not in self._known:
            settings = reminder_settings(municipality.choices)
            delivery = delivery_of(
                session, municipality, settings, years=[now.year], holidays_of=self._holidays_of
            )
            self._known[key] = (delivery, settings)
        return self._known[key]
