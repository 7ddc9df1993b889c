"""The numbers no plan gives: "kommunens valg", with what is used until somebody chooses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Any

from scheduler.domain.enums import ClosedKind

__all__ = ["Choices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the municipality settles itself, for every forum that says nothing else.

    `notice_days` and `receives_minutes_days` are calendar days before a meeting, `minutes_days`
    working days after it, `meeting_minutes` the length of a meeting. Between the two times of
    `core_time` a meeting may be placed. `revision_years` is used where a plan gives no interval:
    four years, the length of a council period. `yearly_due` is the month and day
    on which a yearly duty is due when nothing else is said, and `council_paper_days` the working
    days before the council's meeting at which a report to it is delivered. The forum that treats it
    first has a meeting in the `treated_within_days` calendar days up to then. `closed` are the days
    on which forums do not meet.
    `said` names what the file itself decides; the rest is the defaults.
    """

    notice_days: int = 10
    minutes_days: int = 5
    receives_minutes_days: int = 14
    meeting_minutes: int = 90
    core_time: tuple[time, time] = (time(9), time(15))
    revision_years: int = 4
    yearly_due: tuple[int, int] = (11, 1)
    council_paper_days: int = 20
    treated_within_days: int = 60
    plan_owner: str | None = None
    closed: tuple[ClosedKind, ...] = tuple(
        kind for kind in ClosedKind if kind is not ClosedKind.BRIDGE_DAY
    )
    said: tuple[str, ...] = ()

    def kept(self) -> dict[str, Any]:
        """Return the choices as they are kept as JSON, `said` left out."""
        return {
            "notice_days": self.notice_days,
            "minutes_days": self.minutes_days,
            "receives_minutes_days": self.receives_minutes_days,
            "meeting_minutes": self.meeting_minutes,
            "core_time": "-".join(f"{at:%H:%M}" for at in self.core_time),
            "revision_years": self.revision_years,
            "yearly_due": f"{self.yearly_due[0]:02d}-{self.yearly_due[1]:02d}",
            "council_paper_days": self.council_paper_days,
            "treated_within_days": self.treated_within_days,
            "plan_owner": self.plan_owner,
            "closed": [kind.value for kind in self.closed],
        }
