"""The papers of each meeting as duties: the notice before it and the minutes after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scheduler.domain.duties import paper_due_on
from scheduler.domain.enums import DutyKind, Function, MinutesRule, SetBy
from scheduler.domain.workdays import WorkingDays
from scheduler.store.tables import Forum, Meeting, Seat

__all__ = ["PaperDuty", "leader_of", "paper_duties"]

# Where nobody convenes or leads, whoever keeps the forum's papers sends its notice too.
_CONVENES = (
    Function.CONVENER,
    Function.LEADER,
    Function.CHAIR,
    Function.COORDINATOR,
    Function.SECRETARY,
)
_WRITES = (Function.MINUTE_TAKER, Function.SECRETARY)
_LEADS = (Function.LEADER, Function.CHAIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDuty:
    """What is due for one meeting, and which positions answer for it and hear when it is late."""

    kind: DutyKind
    due_on: date
    position_id: int | None
    leader_position_id: int | None


def paper_duties(
    forum: Forum, meeting: Meeting, seats: Iterable[Seat], days: WorkingDays
) -> Iterator[PaperDuty]:
    """Yield the papers one meeting asks for.

    A forum whose dates others set sends no notice of ours. Minutes are a duty where they are
    always written; at case level only where the plan names who writes them (privacy rule 4).
    """
    own = [seat for seat in seats if seat.unit_id in (None, meeting.unit_id)]
    leader = leader_of(own)
    convener = _first(own, _CONVENES)
    if forum.dates_set_by is SetBy.US and forum.notice_days > 0:
        yield PaperDuty(
            kind=DutyKind.NOTICE,
            due_on=_due_on(DutyKind.NOTICE, forum, meeting, days),
            position_id=convener,
            leader_position_id=leader,
        )
    writer = _first(own, _WRITES)
    if forum.minutes_rule is MinutesRule.ALWAYS and (writer or not forum.level.is_case):
        yield PaperDuty(
            kind=DutyKind.MINUTES,
            due_on=_due_on(DutyKind.MINUTES, forum, meeting, days),
            position_id=writer,
            leader_position_id=leader,
        )


def leader_of(seats: Iterable[Seat]) -> int | None:
    """Return the position that leads: the leader, else the chair, else None."""
    return _first(list(seats), _LEADS)


def _due_on(kind: DutyKind, forum: Forum, meeting: Meeting, days: WorkingDays) -> date:
    return paper_due_on(
        kind,
        meeting.held_on,
        notice_days=forum.notice_days,
        minutes_days=forum.minutes_days,
        days=days,
    )


def _first(seats: list[Seat], functions: tuple[Function, ...]) -> int | None:
    for function in functions:
        for seat in seats:
            if seat.function is function and seat.retired_on is None:
                return seat.position_id
    return None
