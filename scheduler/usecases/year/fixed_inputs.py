"""The meetings that a year is planned around: those that stand, and those of others."""

from __future__ import annotations

from sqlmodel import Session, col, select

from scheduler.domain.enums import (
    EXPECTED_STATES,
    INCUMBENT_KINDS,
    AttendanceRule,
    MeetingState,
)
from scheduler.domain.periods import Period
from scheduler.planning.inputs import (
    FixedMeeting,
    FixedWhy,
    LastYearDate,
    SeatInput,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Forum,
    Holder,
    Meeting,
    Seat,
    Unit,
    YearPlan,
)
from scheduler.usecases.year.seat_inputs import SeatInputs
from scheduler.usecases.year.standing import why_fixed

__all__ = ["busy_elsewhere", "fixed_meetings", "last_year_dates"]

_STANDING = (*EXPECTED_STATES, MeetingState.HELD, MeetingState.CANCELLED)


def fixed_meetings(
    session: Session,
    municipality_id: int,
    period: Period,
    forums: list[Forum],
    units: dict[int | None, Unit],
    seats: SeatInputs,
) -> list[FixedMeeting]:
    """Return the municipality's own meetings that stand or were set by hand."""
    by_id = {id_of(forum): forum for forum in forums}
    rows = session.exec(
        select(Meeting)
        .join(YearPlan)
        .where(
            Meeting.municipality_id == municipality_id,
            YearPlan.period == period.label,
            col(Meeting.state).in_(_STANDING) | col(Meeting.set_by_hand).is_(True),
        )
        .order_by(col(Meeting.held_on), col(Meeting.uid))
    )
    fixed = []
    for row in rows:
        forum = by_id.get(row.forum_id)
        if forum is None:
            continue
        unit = units.get(row.unit_id)
        fixed.append(
            FixedMeeting(
                date=row.held_on,
                start=row.starts,
                end=row.ends,
                busy_units=frozenset(
                    seat.busy_unit for seat in seats.of(forum, unit) if _attends(seat, row)
                ),
                why=why_fixed(row, forum) or FixedWhy.PUBLISHED,
                forum=forum.slug,
                unit=unit.slug if unit else None,
                number=row.number,
                place=row.place,
                guests=row.monthly_guests,
            )
        )
    return fixed


def busy_elsewhere(
    session: Session, municipality_id: int, period: Period, people: frozenset[int]
) -> list[FixedMeeting]:
    """Return the times at which these people sit in others' meetings, without a name."""
    rows = session.exec(
        select(Meeting, Holder.person_id)
        .join(Seat, col(Seat.forum_id) == Meeting.forum_id)
        .join(Holder, col(Holder.position_id) == Seat.position_id)
        .where(
            Meeting.municipality_id != municipality_id,
            col(Holder.person_id).in_(people),
            (col(Seat.attends) == AttendanceRule.EVERY_MEETING)
            | (
                (col(Seat.attends) == AttendanceRule.ONCE_A_MONTH)
                & col(Meeting.monthly_guests).is_(True)
            ),
            Meeting.held_on >= period.starts_on,
            Meeting.held_on <= period.ends_on,
            col(Meeting.state).in_(EXPECTED_STATES),
            col(Holder.kind).in_(INCUMBENT_KINDS),
            col(Seat.retired_on).is_(None),
            col(Seat.unit_id).is_(None) | (col(Seat.unit_id) == col(Meeting.unit_id)),
            Holder.from_on <= Meeting.held_on,
            col(Holder.until_on).is_(None) | (col(Holder.until_on) >= Meeting.held_on),
        )
        .order_by(col(Meeting.held_on), col(Meeting.uid))
    )
    busy: dict[int, tuple[Meeting, set[str]]] = {}
    for meeting, person_id in rows:
        busy.setdefault(id_of(meeting), (meeting, set()))[1].add(f"person:{person_id}")
    return [
        FixedMeeting(
            date=meeting.held_on,
            start=meeting.starts,
            end=meeting.ends,
            busy_units=frozenset(units),
            why=FixedWhy.BUSY,
        )
        for meeting, units in busy.values()
    ]


def last_year_dates(
    session: Session,
    municipality_id: int,
    period: Period,
    forums: list[Forum],
    units: dict[int | None, Unit],
) -> tuple[LastYearDate, ...]:
    """Return the days of the year before, which a plan likes to come back to."""
    slugs = {id_of(forum): forum.slug for forum in forums}
    rows = session.exec(
        select(Meeting)
        .join(YearPlan)
        .where(
            Meeting.municipality_id == municipality_id,
            YearPlan.period == period.moved(-1).label,
            Meeting.state != MeetingState.CANCELLED,
        )
        .order_by(col(Meeting.held_on), col(Meeting.uid))
    )
    return tuple(
        LastYearDate(slugs[row.forum_id], unit.slug if unit else None, row.held_on)
        for row in rows
        if row.forum_id in slugs
        for unit in (units.get(row.unit_id),)
    )


def _attends(seat: SeatInput, meeting: Meeting) -> bool:
    if seat.attends is AttendanceRule.ONCE_A_MONTH:
        return meeting.monthly_guests
    return seat.attends is AttendanceRule.EVERY_MEETING
