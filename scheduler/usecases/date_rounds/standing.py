"""A round's own rows, and whether the dates it asked about still stand."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import DateRoundState, MeetingState
from scheduler.domain.periods import Period
from scheduler.store.rows import id_of
from scheduler.store.tables import DateRound, DateRoundDate, Meeting
from scheduler.usecases.year.year_plans import find_year_plan

__all__ = ["changed_dates", "dates_of", "is_open", "latest_round", "state_on"]


def latest_round(session: Session, municipality_id: int, period: Period) -> DateRound | None:
    """Return the newest round of the period, however it ended."""
    year_plan = find_year_plan(session, municipality_id, period)
    if year_plan is None:
        return None
    return session.exec(
        select(DateRound)
        .where(DateRound.year_plan_id == id_of(year_plan))
        .order_by(col(DateRound.id).desc())
        .limit(1)
    ).first()


def state_on(found: DateRound, today: date) -> DateRoundState:
    """Return where the round stands: one whose last day has passed is closed, told or not."""
    if found.state is DateRoundState.OPEN and today > found.closes_on:
        return DateRoundState.CLOSED
    return found.state


def is_open(found: DateRound, today: date) -> bool:
    """Tell whether the round can be answered."""
    return state_on(found, today) is DateRoundState.OPEN


def dates_of(session: Session, round_ids: Iterable[int]) -> tuple[DateRoundDate, ...]:
    """Return the dates that were asked about, by day, time and series."""
    return tuple(
        session.exec(
            select(DateRoundDate)
            .where(col(DateRoundDate.round_id).in_(set(round_ids)))
            .order_by(col(DateRoundDate.held_on), col(DateRoundDate.starts), col(DateRoundDate.id))
        )
    )


def changed_dates(
    session: Session, found: DateRound, dates: Iterable[DateRoundDate]
) -> dict[int, Meeting | None]:
    """Return the dates that are no longer proposed as they were asked, with what stands now."""
    meetings = {
        (row.forum_id, row.unit_id, row.number): row
        for row in session.exec(select(Meeting).where(Meeting.year_plan_id == found.year_plan_id))
        if row.state is not MeetingState.CANCELLED
    }
    changed: dict[int, Meeting | None] = {}
    for one in dates:
        row = meetings.get((one.forum_id, one.unit_id, one.number))
        if row is None or (row.held_on, row.starts, row.ends) != (
            one.held_on,
            one.starts,
            one.ends,
        ):
            changed[id_of(one)] = row
    return changed
