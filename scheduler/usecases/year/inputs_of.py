"""What a year is planned from, read from the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.cadence import UNKNOWN, Weekday, from_json
from scheduler.domain.enums import (
    EXPECTED_STATES,
    INCUMBENT_KINDS,
    AttendanceRule,
    ClosedKind,
    MeetingState,
    SetBy,
)
from scheduler.domain.periods import Period
from scheduler.planning.inputs import (
    ClosedSpan,
    FixedMeeting,
    FixedWhy,
    ForumInput,
    LastYearDate,
    LinkInput,
    SeatInput,
    YearInput,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Forum,
    ForumLink,
    Holder,
    Meeting,
    Municipality,
    Position,
    Seat,
    Unit,
    YearPlan,
)
from scheduler.usecases.year.closed_days import HolidaysOf, closed_spans
from scheduler.usecases.year.deadlines import deadlines_of_year
from scheduler.usecases.year.standing import why_fixed

__all__ = ["year_input"]

_STANDING = (*EXPECTED_STATES, MeetingState.HELD, MeetingState.CANCELLED)


def year_input(
    session: Session,
    municipality: Municipality,
    period: Period,
    *,
    plan_from: date | None,
    holidays_of: HolidaysOf,
) -> YearInput:
    """Return everything the period is planned from; equal rows give an equal value.

    No new meeting is placed before `plan_from`. Meetings that stand (published, held, cancelled,
    set by hand) are fixed points, and so are the times at which a member sits in another
    municipality's meetings, which carry no name (privacy rule 9).
    """
    forums = _forums(session, id_of(municipality))
    units = {
        unit.id: unit
        for unit in session.exec(select(Unit).where(Unit.municipality_id == id_of(municipality)))
    }
    seats = _Seats(session, [id_of(forum) for forum in forums], period)
    closed = closed_spans(session, id_of(municipality), period, holidays_of)
    inputs: list[ForumInput] = []
    for forum in forums:
        if forum.dates_set_by is SetBy.US:
            inputs += [
                _forum_input(forum, unit, seats) for unit in _units_of(forum, units.values())
            ]
    return YearInput(
        municipality=municipality.slug,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        plan_from=plan_from,
        forums=tuple(inputs),
        links=_links(session, id_of(municipality), forums),
        deadlines=deadlines_of_year(
            session,
            municipality,
            period,
            [forum for forum in forums if forum.dates_set_by is SetBy.US],
            holidays_of=holidays_of,
        ),
        fixed=(
            *_fixed(session, id_of(municipality), period, forums, units, seats),
            *_busy_elsewhere(session, id_of(municipality), period, seats.people()),
        ),
        closed=closed,
        core_time=_core_time(municipality.choices.get("core_time")),
        autumn_starts_on=_school_start(closed),
        last_year=_last_year(session, id_of(municipality), period, forums, units),
    )


def _forums(session: Session, municipality_id: int) -> list[Forum]:
    rows = session.exec(
        select(Forum).where(
            Forum.municipality_id == municipality_id, col(Forum.retired_on).is_(None)
        )
    )
    # Sorted here: databases differ in where they sort a hyphen, and dates follow the order.
    return sorted(rows, key=lambda forum: forum.slug)


def _units_of(forum: Forum, units: Iterable[Unit]) -> list[Unit | None]:
    if not forum.units:
        return [None]
    return [*sorted((one for one in units if one.slug in forum.units), key=lambda one: one.slug)]


def _forum_input(forum: Forum, unit: Unit | None, seats: _Seats) -> ForumInput:
    return ForumInput(
        slug=forum.slug,
        name=forum.name,
        unit=unit.slug if unit else None,
        unit_name=unit.name if unit else None,
        cadence=from_json(forum.cadence) if forum.cadence else UNKNOWN,
        weekday=Weekday(forum.weekday) if forum.weekday else None,
        starts=forum.starts,
        duration=timedelta(minutes=forum.duration_minutes),
        place=unit.name if unit and not forum.place else forum.place,
        seats=seats.of(forum, unit),
        closed_kinds=frozenset(ClosedKind(kind) for kind in forum.closed_kinds),
        on_closed=forum.on_closed,
        anchor_on=forum.anchor_on,
        case_level=forum.level.is_case,
    )


def _links(session: Session, municipality_id: int, forums: list[Forum]) -> tuple[LinkInput, ...]:
    slugs = {id_of(forum): forum.slug for forum in forums}
    rows = session.exec(
        select(ForumLink)
        .where(ForumLink.municipality_id == municipality_id)
        .order_by(col(ForumLink.id))
    )
    return tuple(
        LinkInput(row.kind, slugs[row.from_forum_id], slugs[row.to_forum_id], row.days or 0)
        for row in rows
        if row.from_forum_id in slugs and row.to_forum_id in slugs
    )


def _fixed(
    session: Session,
    municipality_id: int,
    period: Period,
    forums: list[Forum],
    units: dict[int | None, Unit],
    seats: _Seats,
) -> list[FixedMeeting]:
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


def _attends(seat: SeatInput, meeting: Meeting) -> bool:
    if seat.attends is AttendanceRule.ONCE_A_MONTH:
        return meeting.monthly_guests
    return seat.attends is AttendanceRule.EVERY_MEETING


def _busy_elsewhere(
    session: Session, municipality_id: int, period: Period, people: frozenset[int]
) -> list[FixedMeeting]:
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


def _last_year(
    session: Session,
    municipality_id: int,
    period: Period,
    forums: list[Forum],
    units: dict[int | None, Unit],
) -> tuple[LastYearDate, ...]:
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


def _school_start(closed: Iterable[ClosedSpan]) -> date | None:
    """Return the day after the school's summer, where the municipality has entered it."""
    for span in closed:
        summer = date(span.ends_on.year, 7, 15)
        if span.kind is ClosedKind.SCHOOL_BREAK and span.starts_on <= summer <= span.ends_on:
            return span.ends_on + timedelta(days=1)
    return None


def _core_time(text: str | None) -> tuple[time, time]:
    first, last = (text or "09:00-15:00").split("-")
    return (time.fromisoformat(first), time.fromisoformat(last))


class _Seats:
    """Who attends each forum: the people who hold its positions, or the position while vacant."""

    def __init__(self, session: Session, forum_ids: list[int], period: Period) -> None:
        self._seats: dict[int, list[tuple[Seat, Position]]] = defaultdict(list)
        rows = session.exec(
            select(Seat, Position)
            .join(Position)
            .where(col(Seat.forum_id).in_(forum_ids), col(Seat.retired_on).is_(None))
        )
        for seat, position in sorted(rows, key=lambda row: (row[1].slug, id_of(row[0]))):
            self._seats[seat.forum_id].append((seat, position))
        self._holders: dict[int, set[int]] = defaultdict(set)
        position_ids = {seat.position_id for rows in self._seats.values() for seat, _ in rows}
        for holder in session.exec(
            select(Holder).where(
                col(Holder.position_id).in_(position_ids),
                col(Holder.kind).in_(INCUMBENT_KINDS),
                Holder.from_on <= period.ends_on,
                col(Holder.until_on).is_(None) | (col(Holder.until_on) >= period.starts_on),
            )
        ):
            self._holders[holder.position_id].add(holder.person_id)

    def of(self, forum: Forum, unit: Unit | None) -> tuple[SeatInput, ...]:
        """Return the seats of one series, each busy unit once."""
        found: dict[str, SeatInput] = {}
        for seat, position in self._seats[id_of(forum)]:
            if seat.unit_id is not None and unit is not None and seat.unit_id != unit.id:
                continue
            for busy_unit in self._busy_units(seat.position_id):
                earlier = found.get(busy_unit)
                if earlier is None or earlier.attends is not AttendanceRule.EVERY_MEETING:
                    found[busy_unit] = SeatInput(busy_unit, seat.attends, position.title)
        return tuple(found.values())

    def people(self) -> frozenset[int]:
        """Return everybody who holds a seat in any of the forums."""
        return frozenset().union(*self._holders.values())

    def _busy_units(self, position_id: int) -> list[str]:
        holders = sorted(self._holders[position_id])
        if not holders:
            return [f"position:{position_id}"]
        return [f"person:{person_id}" for person_id in holders]
