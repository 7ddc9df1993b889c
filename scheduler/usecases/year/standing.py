"""The meetings of a year as they stand: what a proposal is compared with and moves from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlmodel import Session, col, select

from scheduler.domain.enums import ForumLevel, MeetingState, SetBy
from scheduler.domain.periods import Period
from scheduler.planning import FixedWhy, Reason, StandingMeeting, reason_from_record
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting, Unit, YearPlan

__all__ = ["YearMeeting", "as_standing", "why_fixed", "year_meetings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMeeting:
    """One meeting of a year, also an unpublished one: for the planner's eyes."""

    id: int
    forum: str
    forum_name: str
    unit: str | None
    unit_name: str | None
    number: int
    held_on: date
    starts: time
    ends: time
    place: str | None
    state: MeetingState
    set_by_hand: bool
    moved_from: date | None
    sequence: int
    reasons: tuple[Reason, ...]
    level: ForumLevel
    why: FixedWhy | None
    monthly_guests: bool = False

    @property
    def name(self) -> str:
        """Return the forum's name, with its unit where it is one series per unit."""
        return f"{self.forum_name}, {self.unit_name}" if self.unit_name else self.forum_name


def year_meetings(
    session: Session, municipality_id: int, period: Period
) -> tuple[YearMeeting, ...]:
    """Return every meeting of the period's plan, by day and time."""
    rows = session.exec(
        select(Meeting, Forum)
        .join(YearPlan, col(YearPlan.id) == col(Meeting.year_plan_id))
        .join(Forum, col(Forum.id) == col(Meeting.forum_id))
        .where(Meeting.municipality_id == municipality_id, YearPlan.period == period.label)
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Forum.slug), col(Meeting.uid))
    ).all()
    units = {
        unit.id: unit
        for unit in session.exec(select(Unit).where(Unit.municipality_id == municipality_id))
    }
    return tuple(_meeting(row, forum, units.get(row.unit_id)) for row, forum in rows)


def why_fixed(meeting: Meeting, forum: Forum) -> FixedWhy | None:
    """Return why planning leaves the meeting where it is, or None where it may move."""
    if meeting.state is MeetingState.CANCELLED:
        return FixedWhy.CANCELLED
    if forum.dates_set_by is SetBy.OTHERS:
        return FixedWhy.OTHERS
    if meeting.state is MeetingState.HELD:
        return FixedWhy.HELD
    if meeting.set_by_hand:
        return FixedWhy.HAND
    return None if meeting.state is MeetingState.PROPOSED else FixedWhy.PUBLISHED


def as_standing(meetings: Iterable[YearMeeting]) -> tuple[StandingMeeting, ...]:
    """Return the meetings as planning compares and moves them."""
    return tuple(
        StandingMeeting(
            id=str(meeting.id),
            forum=meeting.forum,
            unit=meeting.unit,
            number=meeting.number,
            date=meeting.held_on,
            start=meeting.starts,
            end=meeting.ends,
            place=meeting.place,
            why=meeting.why,
            guests=meeting.monthly_guests,
        )
        for meeting in meetings
    )


def _meeting(row: Meeting, forum: Forum, unit: Unit | None) -> YearMeeting:
    return YearMeeting(
        id=id_of(row),
        forum=forum.slug,
        forum_name=forum.name,
        unit=unit.slug if unit else None,
        unit_name=unit.name if unit else None,
        number=row.number,
        held_on=row.held_on,
        starts=row.starts,
        ends=row.ends,
        place=row.place,
        state=row.state,
        set_by_hand=row.set_by_hand,
        moved_from=row.moved_from,
        sequence=row.sequence,
        reasons=tuple(reason_from_record(record) for record in row.reasons),
        level=forum.level,
        why=why_fixed(row, forum),
        monthly_guests=row.monthly_guests,
    )
