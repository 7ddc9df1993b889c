"""Which of the rows that a viewer may see are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement
from sqlmodel import col, exists

from scheduler.domain.enums import UNFINISHED_STATES
from scheduler.store.in_force import in_use, sits_in
from scheduler.store.tables import Duty, Meeting, Seat
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visible_rows import attends

__all__ = ["Selection", "equal", "selected_duties", "selected_meetings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which of the visible rows are asked for; None leaves a field open.

    `from_on` and `until_on` are both included and mean the day of a meeting or the due day of a
    duty. `unfinished` keeps the duties that somebody still has to do.
    """

    municipality_id: int | None = None
    forum_id: int | None = None
    meeting_id: int | None = None
    meeting_ids: frozenset[int] | None = None
    duty_id: int | None = None
    duty_ids: frozenset[int] | None = None
    position_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    unfinished: bool = False


def selected_meetings(viewer: Viewer, selection: Selection) -> list[ColumnElement[bool]]:
    """Return the conditions that a meeting is among those asked for."""
    conditions = [
        *equal(Meeting.municipality_id, selection.municipality_id),
        *equal(Meeting.forum_id, selection.forum_id),
        *equal(Meeting.id, selection.meeting_id),
        *([] if selection.meeting_ids is None else [col(Meeting.id).in_(selection.meeting_ids)]),
    ]
    if selection.position_id is not None:
        conditions.append(
            exists().where(
                sits_in(Meeting.forum_id, Meeting.unit_id),
                col(Seat.position_id) == selection.position_id,
                in_use(Seat.retired_on, viewer.today),
                attends(),
            )
        )
    if selection.from_on is not None:
        conditions.append(col(Meeting.held_on) >= selection.from_on)
    if selection.until_on is not None:
        conditions.append(col(Meeting.held_on) <= selection.until_on)
    return conditions


def selected_duties(selection: Selection) -> list[ColumnElement[bool]]:
    """Return the conditions that a duty is among those asked for."""
    conditions = [
        *equal(Duty.municipality_id, selection.municipality_id),
        *equal(Duty.forum_id, selection.forum_id),
        *equal(Duty.meeting_id, selection.meeting_id),
        *equal(Duty.id, selection.duty_id),
        *([] if selection.duty_ids is None else [col(Duty.id).in_(selection.duty_ids)]),
        *equal(Duty.position_id, selection.position_id),
    ]
    if selection.from_on is not None:
        conditions.append(col(Duty.due_on) >= selection.from_on)
    if selection.until_on is not None:
        conditions.append(col(Duty.due_on) <= selection.until_on)
    if selection.unfinished:
        conditions.append(col(Duty.state).in_(UNFINISHED_STATES))
    return conditions


def equal(column: object, wanted: int | None) -> list[ColumnElement[bool]]:
    """Return the condition on a column, or none where nothing is asked for."""
    return [] if wanted is None else [col(column) == wanted]
