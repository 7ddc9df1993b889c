"""What happened to a meeting, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from scheduler.domain.language import say_date, say_times
from scheduler.usecases.pages.history import MeetingEvent
from web.language import N_, current_language, gettext

__all__ = ["SaidEvent", "said_event"]

_ACTIONS = {
    "move_meeting": N_("Flyttet"),
    "cancel_meeting": N_("Avlyst"),
    "reinstate_meeting": N_("Tatt opp igjen"),
}
_OTHER = N_("Endret")


@dataclass(frozen=True, slots=True)
class SaidEvent:
    """When, what and by whom; `by` is empty for the program itself."""

    at: datetime
    text: str
    by: str


def said_event(event: MeetingEvent) -> SaidEvent:
    """Say one change; a kind without words of its own is "Endret"."""
    text = gettext(_ACTIONS.get(event.action, _OTHER))
    if event.action == "move_meeting":
        before, after = _when(event.before), _when(event.after)
        if before and after:
            text = gettext("Flyttet fra %(before)s til %(after)s", before=before, after=after)
    return SaidEvent(at=event.at, text=text, by=event.by or "")


def _when(record: dict[str, Any]) -> str:
    try:
        day = date.fromisoformat(record["held_on"])
        starts, ends = (time.fromisoformat(record[name]) for name in ("starts", "ends"))
    except (KeyError, ValueError):
        return ""
    language = current_language()
    return f"{say_date(day, language)} {say_times(starts, ends, language)}"
