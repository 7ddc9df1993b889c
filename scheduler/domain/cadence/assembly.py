"""Puts the parts of one statement together into a cadence."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.cadence.cadence import UNKNOWN, Cadence
from scheduler.domain.cadence.colours import add_colours
from scheduler.domain.cadence.draft import Draft
from scheduler.domain.cadence.elements import (
    Amount,
    Clock,
    Day,
    Days,
    DaySpan,
    Deadline,
    Fault,
    MarkKind,
    MonthlyDay,
    Months,
    Offset,
    Parity,
    Period,
    Seasons,
    StatusDay,
    Weeks,
    Years,
)
from scheduler.domain.cadence.grouping import Statement
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Ambiguity, Problem
from scheduler.domain.cadence.rhythm import states_rhythm

__all__ = ["Assembled", "assemble"]

_SHORT_UNITS = (CadenceUnit.DAY, CadenceUnit.WEEK, CadenceUnit.MONTH)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A cadence with what should be asked about it and what is impossible in it."""

    cadence: Cadence
    ambiguity: Ambiguity | None = None
    problems: tuple[Problem, ...] = ()


def assemble(words: Lexemes, statement: Statement) -> Assembled:
    """Read one statement; words with an impossible date or count give an unknown cadence."""
    draft = Draft(words, statement)
    faults = tuple(fault.problem for fault in draft.all(Fault))
    if faults:
        return Assembled(UNKNOWN, None, faults)
    kind = (
        _anchored(draft)
        or (CadenceKind.RECURRENCE if states_rhythm(draft) else None)
        or _pattern(draft)
        or _calendar(draft)
        or _undated(draft)
    )
    if kind is None:
        return Assembled(UNKNOWN)
    _add_calendar(draft, kind)
    add_colours(draft, kind)
    return Assembled(Cadence(kind=kind, **draft.values), draft.ambiguity)


def _anchored(draft: Draft) -> CadenceKind | None:
    """What is counted from an event or due by a day."""
    offset = draft.first(Offset)
    if offset is not None:
        _set_offset(draft, offset)
        return CadenceKind.RELATIVE
    deadline = draft.first(Deadline)
    if deadline is not None:
        _set_deadline(draft, deadline)
        return CadenceKind.DEADLINE
    status = draft.first(StatusDay)
    if status is not None:
        _set_day(draft, status.day)
        return CadenceKind.STATUS_DATE
    return None


def _set_offset(draft: Draft, offset: Offset) -> None:
    tasks = draft.statement.marks(MarkKind.TASK)
    anchor = offset.anchor or ("møte" if tasks else None)
    days = offset.days
    if days is None and offset.within_days and tasks and tasks[0].value == "minutes":
        days = offset.within_days[-1]
    said = {
        "offset_days": days,
        "offset_months": offset.months,
        "offset_hours": offset.hours,
        "working_days": offset.working,
        "within_days": offset.within_days,
        "within_months": offset.within_months,
        "anchor": anchor,
        "task": tasks[0].value if tasks else None,
    }
    draft.values |= {key: value for key, value in said.items() if value not in (None, False, ())}
    if days == 0:
        draft.values["offset_days"] = 0


def _set_deadline(draft: Draft, deadline: Deadline) -> None:
    target = deadline.target
    period = draft.first(Period)
    if isinstance(target, Day) and target.year is not None:
        draft.values["year"] = target.year
    elif isinstance(target, Weeks):
        draft.values["weeks"] = target.weeks
    elif isinstance(target, Seasons):
        draft.values["seasons"] = target.seasons
    elif isinstance(target, Months):
        if deadline.day is None:
            draft.values["months"] = target.months
        if target.part is not None:
            draft.values["month_part"] = target.part
    elif isinstance(target, Years):
        draft.values["year"] = target.first
    elif isinstance(target, MonthlyDay):
        draft.values["day"] = target.day
        draft.values["every"] = CadenceUnit.MONTH
    for key, value in (("month", deadline.month), ("day", deadline.day)):
        if value is not None:
            draft.values[key] = value
    if deadline.anchor is not None:
        draft.values["anchor"] = deadline.anchor
    every = deadline.every or (period.unit if period is not None and period.each else None)
    if every is not None:
        draft.values["every"] = every


def _pattern(draft: Draft) -> CadenceKind | None:
    """A weekday that does not say how often: "på torsdager kl. 16"."""
    days = draft.first(Days)
    if days is None or draft.statement.has(Weeks, Months, Seasons, Day, DaySpan):
        return None
    every = [d for found in draft.all(Days) for d in found.days]
    draft.values["weekdays"] = tuple(sorted(set(every), key=lambda day: day.iso))
    draft.doubt(Ambiguity.EITHER_DAY if days.either else Ambiguity.HOW_OFTEN_NOT_SAID)
    return CadenceKind.PATTERN


def _calendar(draft: Draft) -> CadenceKind | None:
    """A named time of the year that is not said to come again."""
    statement = draft.statement
    if statement.has(DaySpan):
        return CadenceKind.WINDOW
    if statement.has(Day):
        return CadenceKind.ONE_OFF
    if statement.has(Weeks):
        return CadenceKind.WINDOW
    dated = statement.has(Years)
    if statement.has(Months, Seasons):
        once = draft.has_mark(MarkKind.EVENT, MarkKind.WHAT)
        return CadenceKind.ONE_OFF if dated and once else CadenceKind.WINDOW
    if dated:
        return CadenceKind.ONE_OFF if draft.has_mark(MarkKind.EVENT) else CadenceKind.WINDOW
    return None


def _undated(draft: Draft) -> CadenceKind | None:
    """Words about time that give no date."""
    demand = draft.has_mark(MarkKind.DEMAND)
    vague = draft.has_mark(MarkKind.VAGUE)
    fixed = draft.has_mark(MarkKind.FIXED)
    if demand and (vague or fixed or draft.has_mark(MarkKind.CONTINUOUS)):
        draft.values["on_demand_extra"] = True
        return CadenceKind.VAGUE
    if demand:
        draft.values["on_demand"] = True
        return CadenceKind.ON_DEMAND
    if draft.has_mark(MarkKind.REFERENCE):
        return CadenceKind.REFERENCE
    if draft.has_mark(MarkKind.ONCE):
        return CadenceKind.ONE_OFF
    if vague:
        return CadenceKind.VAGUE
    if draft.has_mark(MarkKind.CONTINUOUS):
        return CadenceKind.CONTINUOUS
    if draft.has_mark(MarkKind.HOLIDAY):
        return CadenceKind.WINDOW
    if draft.has_mark(MarkKind.ANCHOR):
        return CadenceKind.RELATIVE
    if fixed and draft.has_mark(MarkKind.EVENT):
        return CadenceKind.VAGUE
    amount = next((a for a in draft.all(Amount) if not a.article), None)
    if amount is not None or draft.has_mark(MarkKind.TOTAL):
        if amount is not None:
            draft.values |= {"count_min": amount.low, "count_max": amount.high}
        draft.doubt(Ambiguity.PERIOD_MISSING)
        return CadenceKind.VAGUE
    if draft.statement.has(Clock):
        return CadenceKind.TIME_ONLY
    return None


def _add_calendar(draft: Draft, kind: CadenceKind) -> None:
    """Weeks, months, seasons, days and years that were said beside or instead of a rhythm."""
    values = draft.values
    if kind in (CadenceKind.DEADLINE, CadenceKind.STATUS_DATE, CadenceKind.RELATIVE):
        return
    parity = draft.first(Parity)
    if parity is not None:
        values["week_parity"] = parity.parity
    weeks = tuple(dict.fromkeys(w for found in draft.all(Weeks) for w in found.weeks))
    months = tuple(dict.fromkeys(m for found in draft.all(Months) for m in found.months))
    seasons = tuple(dict.fromkeys(s for found in draft.all(Seasons) for s in found.seasons))
    for key, found_values in (("weeks", weeks), ("months", months), ("seasons", seasons)):
        if found_values and key not in values:
            values[key] = found_values
    if kind is CadenceKind.RECURRENCE and values.get("unit") in _SHORT_UNITS and "months" in values:
        # Each of these months has its own meetings, so where the span began says nothing more.
        values["months"] = tuple(sorted(values["months"]))
    part = next((m.part for m in draft.all(Months) if m.part is not None), None)
    part = part or next((s.part for s in draft.all(Seasons) if s.part is not None), None)
    if part is not None:
        values["month_part"] = part
    span = draft.first(DaySpan)
    if span is not None:
        _set_day_span(draft, span)
    days = draft.all(Day)
    if days:
        _set_day(draft, days[0])
        if len(days) > 1:
            values["more_dates"] = tuple((day.month, day.day) for day in days)
    monthly = draft.first(MonthlyDay)
    if monthly is not None:
        values["day"] = monthly.day
    weekdays = draft.first(Days)
    if weekdays is not None and kind in (CadenceKind.WINDOW, CadenceKind.ONE_OFF):
        values["weekdays"] = weekdays.days
    _add_years(draft, kind)


def _add_years(draft: Draft, kind: CadenceKind) -> None:
    years = draft.first(Years)
    if years is None:
        return
    if kind is CadenceKind.RECURRENCE:
        if draft.has_mark(MarkKind.EXPECTED):
            draft.values["next_year"] = years.first
        return
    draft.values["year"] = years.first
    if years.last is not None and years.last >= years.first:
        draft.values["last_year"] = years.last


def _set_day_span(draft: Draft, span: DaySpan) -> None:
    first, last = span.first, span.last
    draft.values["between"] = ((first.month, first.day), (last.month, last.day))
    over_new_year = (last.month, last.day) < (first.month, first.day)
    months = range(first.month, last.month + (12 if over_new_year else 0) + 1)
    draft.values["months"] = tuple(dict.fromkeys((month - 1) % 12 + 1 for month in months))
    year = first.year or last.year
    if year is not None:
        draft.values["year"] = year


def _set_day(draft: Draft, day: Day) -> None:
    draft.values |= {"month": day.month, "day": day.day}
    if day.year is not None:
        draft.values["year"] = day.year
