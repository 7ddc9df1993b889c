"""The problem of finding new dates: the meetings that may move, with what leaving costs them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from scheduler.planning.build_deadlines import deadlines_between
from scheduler.planning.build_links import links_between
from scheduler.planning.busy import Busy, mask_of
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.difference import StandingMeeting
from scheduler.planning.inputs import FixedWhy, ForumInput, YearInput
from scheduler.planning.meeting_shape import (
    clock,
    forum_resources,
    guest_resources,
    resources_of,
    starts_of,
)
from scheduler.planning.periods import days_of, semester_of
from scheduler.planning.problem import Deadline, Link, Placed, Problem, Series, SlotWindow, Spacing
from scheduler.planning.rhythm import Grid, NoDates, demand_of, may_fall_on, stated_weekdays

__all__ = ["replan_problem"]

_REACH = timedelta(days=13)
"""How far a meeting of a rhythm may go: the weekday before the one before, or after."""
_LEAST_GAP = 7


def replan_problem(
    year: YearInput,
    closed: ClosedDays,
    ours: Sequence[StandingMeeting],
    groups: Sequence[Sequence[StandingMeeting]],
    lost: Collection[str],
) -> Problem:
    """Make the problem in which only the meetings in `groups` may take other days."""
    forums = {forum.key: forum for forum in year.forums}
    moving_ids = {meeting.id for group in groups for meeting in group}
    elsewhere = tuple(m for m in year.fixed if (m.forum, m.unit) not in forums)
    still = [m for m in ours if m.id not in moving_ids and m.why is not FixedWhy.CANCELLED]
    busy = Busy()
    for fixed in elsewhere:
        if fixed.why is not FixedWhy.CANCELLED:
            resources = resources_of(fixed.busy_units, fixed.place, fixed.unit)
            start = clock(fixed.start)
            mask = mask_of(start, clock(fixed.end) - start)
            busy.add(fixed.date.toordinal(), resources, mask)
    placed = [_as_placed(forums[meeting.key], meeting) for meeting in still]
    for meeting in placed:
        busy.add(meeting.day, meeting.resources, mask_of(meeting.start, meeting.length))
    series = [
        _series(year, forums[group[0].key], closed, group, still, lost, index)
        for index, group in enumerate(groups)
    ]
    links = links_between(year, series, placed, elsewhere)
    return Problem(
        year=year,
        closed=closed,
        busy=busy,
        series=tuple(series),
        links=tuple(link for link in links if _binds(link)),
        rhythms=(),
        kept=(),
        unmet=(),
        notes=(),
        semesters={
            day.toordinal(): semester_of(year, day)
            for day in days_of((year.starts_on, year.ends_on))
        },
        deadlines=tuple(
            one
            for one in deadlines_between(year, series, placed, elsewhere)
            if isinstance(one, Deadline) and _was_met(one, groups)
        ),
    )


def _was_met(deadline: Deadline, groups: Sequence[Sequence[StandingMeeting]]) -> bool:
    """Tell whether one of the meetings was in time; a deadline missed before binds no new date."""
    return any(
        deadline.first <= meeting.date.toordinal() <= deadline.last
        for index in deadline.sources
        for meeting in groups[index]
    )


def _binds(link: Link) -> bool:
    return bool(link.sources or link.source_days) and bool(link.sources or link.targets)


def _series(
    year: YearInput,
    forum: ForumInput,
    closed: ClosedDays,
    moving: Sequence[StandingMeeting],
    still: Sequence[StandingMeeting],
    lost: Collection[str],
    index: int,
) -> Series:
    own = tuple(sorted(m.date.toordinal() for m in still if m.key == forum.key))
    all_days = sorted((*own, *(m.date.toordinal() for m in moving)))
    gaps = [after - before for before, after in pairwise(all_days)]
    gap = forum.min_gap_days if forum.min_gap_days is not None else _LEAST_GAP
    gap = max(1, min([gap, *gaps]))
    windows = tuple(_window(year, forum, closed, m, own, gap, lost) for m in moving)
    first = moving[0]
    length = clock(first.end) - clock(first.start)
    return Series(
        index=index,
        forum=forum,
        starts=_starts(year, forum, moving, lost),
        length=length,
        resources=resources_of(_people(forum, first), first.place, forum.unit),
        windows=windows,
        min_gap=gap,
        max_gap=forum.max_gap_days,
        spacing=Spacing.GIVEN,
        wished_gap=gap,
        own_days=own,
        day_costs=_off_weekday(year, forum, all_days, windows),
    )


def _off_weekday(
    year: YearInput, forum: ForumInput, standing: Sequence[int], windows: Iterable[SlotWindow]
) -> dict[int, int]:
    """Charge for leaving the weekday that the forum's meetings have, where nothing states one."""
    if stated_weekdays(forum):
        return {}
    weekdays = [day % 7 for day in standing]
    habit = max(weekdays, key=weekdays.count)
    days = {day for window in windows for day in window.days if day % 7 != habit}
    return dict.fromkeys(days, year.weights.replan_weekday)


def _window(
    year: YearInput,
    forum: ForumInput,
    closed: ClosedDays,
    meeting: StandingMeeting,
    own: tuple[int, ...],
    gap: int,
    lost: Collection[str],
) -> SlotWindow:
    """Give the days that one meeting may take: its part of the year, or near its own date."""
    weights = year.weights
    span, test = _span(year, forum, meeting.date)
    days = []
    for day in days_of((max(span[0], year.first_day), span[1])):
        away = all(abs(day.toordinal() - kept) >= gap for kept in own)
        if test(day) and away and closed.by(forum, day) is None:
            days.append(day.toordinal())
    here = meeting.date.toordinal()
    if meeting.id in lost:
        days = [day for day in days if day != here]
        move_cost = 0
    else:
        published = meeting.why is FixedWhy.PUBLISHED
        move_cost = weights.replan_published if published else weights.replan_moved
        days = sorted({*days, here})
    return SlotWindow(
        first=span[0].toordinal(),
        last=span[1].toordinal(),
        days=tuple(days),
        ideals_by_count=((1, (here,)),),
        move_cost=move_cost,
    )


def _span(
    year: YearInput, forum: ForumInput, day: date
) -> tuple[tuple[date, date], Callable[[date], bool]]:
    demand = demand_of(year, forum)
    if isinstance(demand, Grid | NoDates):
        near = (max(year.starts_on, day - _REACH), min(year.ends_on, day + _REACH))
        weekdays = {stated.iso for stated in stated_weekdays(forum)} or {1, 2, 3, 4, 5}
        return near, lambda other: other.isoweekday() in weekdays
    for window in demand:
        if window.starts_on <= day <= window.ends_on:
            return (window.starts_on, window.ends_on), may_fall_on(year, forum)
    return (year.starts_on, year.ends_on), may_fall_on(year, forum)


def _starts(
    year: YearInput,
    forum: ForumInput,
    moving: Sequence[StandingMeeting],
    lost: Collection[str],
) -> tuple[tuple[int, int], ...]:
    """Keep the time of day if it is free; else the nearest that the forum may have.

    Where none of the meetings is lost the time stays: another time is a change to be told of too.
    """
    given = starts_of(year, forum)
    here = clock(moving[0].start)
    if len(given) == 1 or not any(meeting.id in lost for meeting in moving):
        return ((here, 0),)
    step = year.weights.half_hour
    costed = {(start, step * (abs(start - here) // 30 + 1)) for start, _ in given if start != here}
    return ((here, 0), *sorted(costed, key=lambda pair: (pair[1], pair[0])))


def _people(forum: ForumInput, meeting: StandingMeeting) -> Iterable[str]:
    guests = guest_resources(forum) if meeting.guests else ()
    return (key[2:] for key in (*forum_resources(forum), *guests) if key.startswith("u:"))


def _as_placed(forum: ForumInput, meeting: StandingMeeting) -> Placed:
    start = clock(meeting.start)
    return Placed(
        forum=forum,
        day=meeting.date.toordinal(),
        start=start,
        length=clock(meeting.end) - start,
        resources=resources_of(_people(forum, meeting), meeting.place, forum.unit),
        reasons=(),
    )
