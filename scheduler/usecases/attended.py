"""Who goes to which meetings, for many people at once, by the one filter of who sees what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time

from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.store.in_force import sits_in
from scheduler.store.tables import Forum, Meeting, Seat, YearPlan
from scheduler.usecases.selection import Selection, selected_meetings
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visible_rows import attends, meeting_is_settled, seat_is_held

__all__ = ["Attended", "attended_by"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """One position that goes to one meeting, and when that is."""

    position_id: int
    meeting_id: int
    municipality_id: int
    state: MeetingState
    held_on: date
    ends: time


def attended_by(
    session: Session, viewers: Collection[Viewer], selection: Selection
) -> list[tuple[int, Attended]]:
    """Return what `own_meetings` would of each of the viewers, by person, in one query for all.

    The viewers are people who look on the same day. Only who goes where comes back, and nothing of
    what a meeting is about.
    """
    positions = frozenset[int]().union(*(viewer.position_ids for viewer in viewers))
    if not positions:
        return []
    today = next(iter(viewers)).today
    together = Viewer(
        person_id=None,
        today=today,
        municipality_ids=frozenset[int]().union(*(one.municipality_ids for one in viewers)),
        position_ids=positions,
    )
    rows = session.exec(
        select(  # type: ignore[call-overload]
            Seat.position_id,
            Meeting.id,
            Meeting.municipality_id,
            Meeting.state,
            Meeting.held_on,
            Meeting.ends,
        )
        .select_from(Meeting)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .join(YearPlan, col(YearPlan.id) == Meeting.year_plan_id)
        .join(Seat, sits_in(Meeting.forum_id, Meeting.unit_id))
        .where(
            # Whoever has a seat sees the meeting, at whichever level.
            meeting_is_settled(together),
            *seat_is_held(together),
            attends(),
            *selected_meetings(together, selection),
        )
        .distinct()
    ).all()
    found: dict[int, list[Attended]] = defaultdict(list)
    for position_id, meeting_id, municipality_id, state, held_on, ends in rows:
        found[position_id].append(
            Attended(
                position_id=position_id,
                meeting_id=meeting_id,
                municipality_id=municipality_id,
                state=state,
                held_on=held_on,
                ends=ends,
            )
        )
    return [
        (viewer.person_id, one)
        for viewer in viewers
        if viewer.person_id is not None
        for position_id in viewer.position_ids
        for one in found[position_id]
        if one.municipality_id in viewer.municipality_ids
    ]
