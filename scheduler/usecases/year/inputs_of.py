"""What a year is planned from, read from the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.cadence import UNKNOWN, Weekday, from_json
from scheduler.domain.enums import (
    ClosedKind,
    SetBy,
)
from scheduler.domain.periods import Period
from scheduler.planning.inputs import (
    ClosedSpan,
    ForumInput,
    LinkInput,
    YearInput,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Forum,
    ForumLink,
    Municipality,
    Unit,
)
from scheduler.usecases.year.closed_days import HolidaysOf, closed_spans
from scheduler.usecases.year.deadlines import deadlines_of_year
from scheduler.usecases.year.fixed_inputs import busy_elsewhere, fixed_meetings, last_year_dates
from scheduler.usecases.year.seat_inputs import SeatInputs

__all__ = ["year_input"]


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
    seats = SeatInputs(session, [id_of(forum) for forum in forums], period)
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
            *fixed_meetings(session, id_of(municipality), period, forums, units, seats),
            *busy_elsewhere(session, id_of(municipality), period, seats.people()),
        ),
        closed=closed,
        core_time=_core_time(municipality.choices.get("core_time")),
        autumn_starts_on=_school_start(closed),
        last_year=last_year_dates(session, id_of(municipality), period, forums, units),
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


def _forum_input(forum: Forum, unit: Unit | None, seats: SeatInputs) -> ForumInput:
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
