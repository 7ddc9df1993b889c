"""The next meeting of a series, numbered after the last: the one way a person adds a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, func, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.identifiers import meeting_uid
from scheduler.planning import Reason, ReasonCode, reason_to_record
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting, Municipality, Unit, YearPlan

__all__ = ["AddedAt", "numbered_meeting"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedAt:
    """When and where the meeting is, in civil time, and what it is from the start."""

    held_on: date
    starts: time
    ends: time
    place: str | None
    state: MeetingState
    why: ReasonCode = ReasonCode.KEPT_HAND


def numbered_meeting(
    session: Session,
    municipality: Municipality,
    year_plan: YearPlan,
    forum: Forum,
    unit: Unit | None,
    at: AddedAt,
    *,
    now: datetime,
) -> Meeting:
    """Add a meeting that no proposal moves; return it with its id and number.

    The year is locked until the transaction ends, so that two who add at once get two numbers.
    """
    session.exec(select(YearPlan).where(YearPlan.id == year_plan.id).with_for_update()).one()
    of_unit = col(Meeting.unit_id).is_(None) if unit is None else Meeting.unit_id == unit.id
    last = session.exec(
        select(func.max(Meeting.number)).where(
            Meeting.year_plan_id == year_plan.id, Meeting.forum_id == forum.id, of_unit
        )
    ).one()
    number = (last or 0) + 1
    row = Meeting(
        municipality_id=id_of(municipality),
        year_plan_id=id_of(year_plan),
        forum_id=id_of(forum),
        unit_id=id_of(unit) if unit else None,
        number=number,
        uid=meeting_uid(
            municipality=municipality.slug,
            forum=forum.slug,
            unit=unit.slug if unit else None,
            period=year_plan.period,
            number=number,
        ),
        held_on=at.held_on,
        starts=at.starts,
        ends=at.ends,
        place=at.place,
        state=at.state,
        set_by_hand=True,
        reasons=[reason_to_record(Reason(at.why))],
        changed_at=now,
    )
    session.add(row)
    session.flush()
    return row
