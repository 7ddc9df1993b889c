"""Conditions that keep the rows in force on a day: in use, held, or a seat in one series."""

from __future__ import annotations

from datetime import date

from sqlalchemy import BindParameter, ColumnElement
from sqlmodel import and_, col, or_

from scheduler.store.tables import Holder, Seat

__all__ = ["holding_lasts_on", "in_use", "sits_in"]


def in_use(retired_on: date | None, day: date) -> ColumnElement[bool]:
    """Return the condition that a row, given by its column `retired_on`, is in use on the day.

    The day on which it was retired is the first without it.
    """
    return or_(col(retired_on).is_(None), col(retired_on) > day)


def holding_lasts_on(day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition that a holding lasts on the day; its first and last day are in it."""
    return and_(
        col(Holder.from_on) <= day,
        or_(col(Holder.until_on).is_(None), col(Holder.until_on) >= day),
    )


def sits_in(forum_id: int | None, unit_id: int | None) -> ColumnElement[bool]:
    """Return the condition that a seat is in the series of a forum at a unit.

    A seat without a unit is in every series of its forum. Both may be columns of another table.
    """
    return and_(
        col(Seat.forum_id) == forum_id,
        or_(col(Seat.unit_id).is_(None), col(Seat.unit_id) == unit_id),
    )
