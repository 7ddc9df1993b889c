"""The administration's pages of one municipality."""

from __future__ import annotations

from web.admin import (
    closed_periods,
    council,
    holdings,
    log,
    mail,
    municipality,
    names,
    overview,
    positions,
    private_calendars,
    reminders,
)
from web.admin.blueprint import admin

__all__ = ["admin"]

# Each module puts its pages on the blueprint when it is read.
_PAGES = (
    overview,
    municipality,
    positions,
    holdings,
    names,
    closed_periods,
    council,
    log,
    mail,
    reminders,
    private_calendars,
)
