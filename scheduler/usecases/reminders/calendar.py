"""The delivery hours and working days of a municipality, from what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlmodel import Session

from scheduler.domain.reminders import Delivery, ReminderSettings
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.working_days import working_days

__all__ = ["delivery_of"]


def delivery_of(
    session: Session,
    municipality: Municipality,
    settings: ReminderSettings,
    *,
    years: Iterable[int],
    holidays_of: HolidaysOf,
) -> Delivery:
    """Return when mail is delivered in the municipality, in these years and one on each side."""
    return Delivery(
        days=working_days(session, id_of(municipality), years, holidays_of),
        zone=ZoneInfo(municipality.timezone),
        morning=settings.morning,
        opens=settings.opens,
        closes=settings.closes,
    )
