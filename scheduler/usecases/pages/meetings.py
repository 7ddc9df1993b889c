"""Meetings out of the store, as snapshots. Readers come through `scheduler.usecases.visibility`."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting, Municipality, Unit, YearPlan

__all__ = ["read_meetings"]


def read_meetings(
    session: Session, *conditions: ColumnElement[bool], by_seat: ColumnElement[bool]
) -> tuple[MeetingSnapshot, ...]:
    """Return the meetings that meet every condition, by start and then UID, in one query.

    `by_seat` tells whether the reader has a seat in the meeting's series: without one, a
    case-level meeting is its date and nothing more. Conditions may name `Meeting`, `Forum` and
    `YearPlan`.
    """
    same = aliased(Meeting)
    of = (
        select(func.count())
        .where(
            col(same.year_plan_id) == Meeting.year_plan_id,
            col(same.forum_id) == Meeting.forum_id,
            col(same.unit_id).is_not_distinct_from(Meeting.unit_id),
        )
        .correlate(Meeting)
        .scalar_subquery()
    )
    rows = session.exec(
        select(Meeting, Forum, Municipality, YearPlan.period, Unit.name, of, by_seat)  # type: ignore[call-overload]
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .join(YearPlan, col(YearPlan.id) == Meeting.year_plan_id)
        .join(Municipality, col(Municipality.id) == Meeting.municipality_id)
        .outerjoin(Unit, col(Unit.id) == Meeting.unit_id)
        .where(*conditions)
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Meeting.uid))
    ).all()
    return tuple(_snapshot(*row) for row in rows)


def _snapshot(
    meeting: Meeting,
    forum: Forum,
    municipality: Municipality,
    period: str,
    unit_name: str | None,
    of: int,
    by_seat: bool,
) -> MeetingSnapshot:
    only_the_date = forum.level.is_case and not by_seat
    return MeetingSnapshot(
        id=id_of(meeting),
        uid=meeting.uid,
        sequence=meeting.sequence,
        municipality_id=meeting.municipality_id,
        municipality_slug=municipality.slug,
        municipality_name=municipality.name,
        timezone=municipality.timezone,
        period=period,
        forum_id=meeting.forum_id,
        forum_slug=forum.slug,
        forum_name=forum.name,
        unit_id=meeting.unit_id,
        unit_name=unit_name,
        number=meeting.number,
        of=of,
        held_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=None if only_the_date else meeting.place,
        state=meeting.state,
        level=forum.level,
        on_demand=bool((forum.cadence or {}).get("on_demand")),
        moved_from=meeting.moved_from,
        moved_from_starts=meeting.moved_from_starts,
        reasons=() if only_the_date else tuple(meeting.reasons),
        set_by_hand=meeting.set_by_hand,
        monthly_guests=meeting.monthly_guests,
        changed_at=meeting.changed_at,
        cancelled_at=meeting.cancelled_at,
        agenda=() if forum.level.is_case else tuple(forum.agenda),
        reworded_at=meeting.reworded_at,
    )
