"""What closed rounds say to planning: days on which somebody who is needed cannot come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import AttendanceRule, DateRoundState, MeetingState
from scheduler.planning import SeriesKey, YearInput
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    DateRound,
    DateRoundAnswer,
    DateRoundPerson,
    Forum,
    Meeting,
    Unit,
    YearPlan,
)
from scheduler.usecases.date_rounds.asked import who_is_asked
from scheduler.usecases.date_rounds.standing import dates_of, state_on

__all__ = ["without_unfit_days"]

_KeyOf = Callable[[int, int | None], SeriesKey]


def without_unfit_days(
    session: Session, year_plan: YearPlan, year: YearInput, *, today: date
) -> YearInput:
    """Take the days that do not fit from the forums that lose them; no name goes along.

    A forum loses the day it was asked about. The others that the same person is needed in lose it
    too, but for those that meet that day already: about each of these the person was asked.
    """
    rounds = [
        one
        for one in session.exec(select(DateRound).where(DateRound.year_plan_id == id_of(year_plan)))
        if state_on(one, today) is DateRoundState.CLOSED
    ]
    if not rounds:
        return year
    keys = _keys(session, year_plan.municipality_id)
    lost, busy = _lost(session, rounds, keys, today)
    if not lost:
        return year
    meets = _meeting_days(session, year_plan, keys)
    forums = []
    for forum in year.forums:
        days = set(lost.get(forum.key, ()))
        for seat in forum.seats:
            if seat.attends is AttendanceRule.EVERY_MEETING:
                days |= busy.get(seat.busy_unit, set()) - meets[forum.key]
        if days:
            spans = tuple((day, day) for day in sorted(days))
            forum = replace(forum, exclusions=(*forum.exclusions, *spans), unfit=frozenset(days))
        forums.append(forum)
    return replace(year, forums=tuple(forums))


def _lost(
    session: Session, rounds: list[DateRound], keys: _KeyOf, today: date
) -> tuple[dict[SeriesKey, set[date]], dict[str, set[date]]]:
    """Return the days that each series loses, and on which each busy unit is away."""
    dates = {id_of(one): one for one in dates_of(session, [id_of(each) for each in rounds])}
    no = set(
        session.exec(
            select(DateRoundPerson.person_id, DateRoundAnswer.date_id)
            .join(DateRoundAnswer, col(DateRoundAnswer.asked_id) == col(DateRoundPerson.id))
            .where(col(DateRoundAnswer.date_id).in_(dates))
        ).all()
    )
    lost: dict[SeriesKey, set[date]] = defaultdict(set)
    busy: dict[str, set[date]] = defaultdict(set)
    for one in who_is_asked(session, tuple(dates.values()), today=today):
        if one.person_id is None or (one.person_id, one.date_id) not in no:
            continue
        asked = dates[one.date_id]
        if one.is_needed and not asked.stands:
            lost[keys(asked.forum_id, asked.unit_id)].add(asked.held_on)
            busy[f"person:{one.person_id}"].add(asked.held_on)
    return lost, busy


def _meeting_days(
    session: Session, year_plan: YearPlan, keys: _KeyOf
) -> dict[SeriesKey, set[date]]:
    found: dict[SeriesKey, set[date]] = defaultdict(set)
    for row in session.exec(select(Meeting).where(Meeting.year_plan_id == id_of(year_plan))):
        if row.state is not MeetingState.CANCELLED:
            found[keys(row.forum_id, row.unit_id)].add(row.held_on)
    return found


def _keys(session: Session, municipality_id: int) -> _KeyOf:
    forums = {
        row.id: row.slug
        for row in session.exec(select(Forum).where(Forum.municipality_id == municipality_id))
    }
    units = {
        row.id: row.slug
        for row in session.exec(select(Unit).where(Unit.municipality_id == municipality_id))
    }

    def key(forum_id: int, unit_id: int | None) -> SeriesKey:
        return (forums[forum_id], units[unit_id] if unit_id is not None else None)

    return key
