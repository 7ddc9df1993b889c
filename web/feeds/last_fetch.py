"""When and by which program a subscription was last fetched, as its owner reads it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from scheduler.domain.civil_time import NORWAY
from scheduler.domain.language import say_date
from web.language import N_, current_language, gettext

__all__ = ["last_fetch", "name_of_program"]

# What stands in the names that programs give themselves over HTTP; the first that fits counts,
# since many also say the name of somebody else.
_PROGRAMS: Final = (
    ("google", N_("Google Kalender")),
    ("thunderbird", "Thunderbird"),
    ("microsoft", "Outlook"),
    ("outlook", "Outlook"),
    ("exchange", "Outlook"),
    ("dataaccessd", N_("Apple Kalender")),
    ("calendaragent", N_("Apple Kalender")),
    ("calendarserver", N_("Apple Kalender")),
    ("ios/", N_("Apple Kalender")),
    ("macos/", N_("Apple Kalender")),
    ("icsx5", "ICSx⁵"),
    ("davx5", "DAVx⁵"),
)


def last_fetch(fetched_at: datetime, user_agent: str | None, *, now: datetime) -> str:
    """Return "Outlook, i dag 09:14"; the day in words where it is further back."""
    at, today = fetched_at.astimezone(NORWAY), now.astimezone(NORWAY).date()
    clock = f"{at:%H:%M}"
    if at.date() == today:
        when = gettext("i dag %(clock)s", clock=clock)
    elif at.date() == today - timedelta(days=1):
        when = gettext("i går %(clock)s", clock=clock)
    else:
        when = f"{say_date(at.date(), current_language())} {clock}"
    name = name_of_program(user_agent or "")
    return f"{name}, {when}" if name else when


def name_of_program(user_agent: str) -> str:
    """Return the name people know a program by, or the first word it says of itself."""
    lowered = user_agent.lower()
    for sign, name in _PROGRAMS:
        if sign in lowered:
            return gettext(name)
    words = user_agent.split()
    return words[0].partition("/")[0] if words else ""
