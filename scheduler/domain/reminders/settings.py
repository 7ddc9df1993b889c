"""The numbers of the reminders: a municipality's and a forum's own, with defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import time
from typing import Any

__all__ = ["ReminderSettings", "reminder_settings"]


@dataclass(frozen=True, slots=True)
class ReminderSettings:
    """When reminders go; days are counted working days unless the name says calendar days or weeks.

    None of the numbers is in a plan: each is the municipality's choice. Nobody is asked for items
    with `agenda_before` 0.
    """

    morning: time = time(8)
    opens: time = time(7)
    closes: time = time(17)
    agenda_before: int = 5
    notice_before: int = 2
    notice_missed: int = 1
    minutes_before: int = 2
    minutes_after: int = 2
    minutes_leader: int = 5
    leader_at_once: bool = False
    digest_weekday: int = 0
    approve_after: int = 2
    review_calendar_days: int = 56
    review_late_weeks: int = 12
    owner_late_months: int = 6
    nag_gap_minutes: int = 15
    nags_a_day: int = 5
    change_hours: int = 72


def reminder_settings(
    choices: Mapping[str, Any], forum_slug: str | None = None
) -> ReminderSettings:
    """Return the settings of a municipality, or of one of its forums.

    They stand in its choices under `reminders`, a forum's own under `reminders.forums.<slug>`;
    times are written "08:00". A name that is no setting is left alone.

    Raises:
        ValueError: a value is not of the setting's kind; the message names it.
    """
    own = choices.get("reminders", {})
    settings = _with(ReminderSettings(), own)
    if forum_slug is not None:
        settings = _with(settings, own.get("forums", {}).get(forum_slug, {}))
    return settings


def _with(settings: ReminderSettings, values: Mapping[str, Any]) -> ReminderSettings:
    known = {field.name: getattr(settings, field.name) for field in fields(settings)}
    changes = {
        name: _read(name, value, known[name]) for name, value in values.items() if name in known
    }
    return replace(settings, **changes)


def _read(name: str, value: Any, default: Any) -> Any:
    if isinstance(default, time) and isinstance(value, str):
        try:
            return time.fromisoformat(value)
        except ValueError as error:
            raise ValueError(f"reminders.{name}: {value!r} is no time") from error
    # A bool is an int to Python, but "2 working days" is never True.
    if type(value) is not type(default) or (type(value) is int and value < 0):
        raise ValueError(f"reminders.{name}: {value!r} is not allowed")
    return value
