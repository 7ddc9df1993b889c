"""When a report must be delivered, so that the council can treat it in one of its meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from scheduler.domain.periods import Period
from scheduler.domain.workdays import WorkingDays

__all__ = ["COUNCIL", "CouncilDay", "ReportDay", "meetings_of_body", "report_days"]

COUNCIL: Final = "kommunestyret"
"""The body a report goes to where the plan does not name another."""


@dataclass(frozen=True, slots=True, order=True)
class CouncilDay:
    """A meeting of an elected body."""

    held_on: date
    body: str


@dataclass(frozen=True, slots=True)
class ReportDay:
    """One round of a report.

    `round_on` is the day of the rhythm and names the round whatever the council does; `due_on` is
    when the case must be delivered, and `treated` the meeting that treats it, where there is one.
    """

    round_on: date
    due_on: date
    treated: CouncilDay | None = None


def meetings_of_body(council: Iterable[CouncilDay], reports_to: str | None) -> list[CouncilDay]:
    """Return the meetings of the body that the report goes to, by day.

    Capital letters and the definite form count for nothing: "Kommunestyre" is "kommunestyret".
    """
    wanted = (reports_to or COUNCIL).strip().casefold()
    return sorted(day for day in council if _is_same(day.body.strip().casefold(), wanted))


def report_days(
    rounds: Sequence[date],
    meetings: Sequence[CouncilDay],
    *,
    has_own_day: bool,
    paper_days: int,
    days: WorkingDays,
    period: Period,
) -> tuple[ReportDay, ...]:
    """Return when each round of a report is due: `paper_days` working days before its meeting.

    A meeting can treat a round when both it and its deadline lie in the period, and it comes after
    the one that treats the round before. Of those, where the report has a day of its own
    (`has_own_day`), it is the last on or before that day, else the first after it. Where the day is
    only the municipality's yearly one, it is the first whose deadline is not before that day, else
    the last that is held after it: dates of the spring alone never pull a report of the autumn
    forward. A round that no meeting can treat is due on its own day.
    """
    due = {
        one: days.subtract(one.held_on, paper_days)
        for one in meetings
        if period.starts_on <= one.held_on <= period.ends_on
    }
    usable = sorted(one for one, due_on in due.items() if due_on >= period.starts_on)
    found: list[ReportDay] = []
    for round_on in rounds:
        early = [one for one in usable if one.held_on <= round_on]
        reached = [one for one in usable if due[one] >= round_on]
        if has_own_day:
            candidates = early[-1:] or usable[:1]
        else:
            candidates = reached[:1] or usable[len(early) :][-1:]
        if not candidates:
            found.append(ReportDay(round_on, round_on))
            continue
        (treated,) = candidates
        found.append(ReportDay(round_on, due[treated], treated))
        usable = [one for one in usable if one.held_on > treated.held_on]
    return tuple(found)


def _is_same(body: str, wanted: str) -> bool:
    return bool(body) and (body.startswith(wanted) or wanted.startswith(body))
