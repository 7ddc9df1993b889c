"""When a date is lost: move that meeting alone if it can be, else as few others as possible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import pairwise
from time import perf_counter

from scheduler.planning.build_links import links_between
from scheduler.planning.busy import Busy, mask_of
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.difference import Change, ChangeKind, StandingMeeting
from scheduler.planning.greedy import Placement, place_all
from scheduler.planning.improve import placed_anew
from scheduler.planning.inputs import FixedWhy, ForumInput, YearInput
from scheduler.planning.meeting_shape import (
    clock,
    forum_resources,
    guest_resources,
    resources_of,
    starts_of,
)
from scheduler.planning.periods import days_of, semester_of
from scheduler.planning.problem import Link, Placed, Problem, Series, SlotWindow, Spacing
from scheduler.planning.process import DaySolver
from scheduler.planning.proposal import PlacedMeeting, Unmet
from scheduler.planning.propose import DEFAULT_LIMIT
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.rhythm import Grid, NoDates, demand_of, may_fall_on

__all__ = ["Replan", "ReplanMethod", "replan"]

_REACH = timedelta(days=6)
_LEAST_GAP = 7
_NEVER_MOVED = (FixedWhy.HAND, FixedWhy.HELD, FixedWhy.CANCELLED, FixedWhy.OTHERS, FixedWhy.BUSY)


class ReplanMethod(StrEnum):
    """How the new dates were found."""

    NOTHING_LOST = "nothing_lost"
    KEPT_ALL_ELSE = "kept_all_else"
    LEAST_CHANGE = "least_change"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True, slots=True)
class Replan:
    """The meetings to move, and those that could not be; everything else stands as it is."""

    method: ReplanMethod
    changes: tuple[Change, ...]
    unmet: tuple[Unmet, ...]
    seconds: float


def replan(
    year: YearInput,
    standing: Sequence[StandingMeeting],
    lost: Collection[str] = (),
    *,
    solver: DaySolver | None = None,
    limit: float = DEFAULT_LIMIT,
    stopwatch: Callable[[], float] = perf_counter,
) -> Replan:
    """Find new dates for meetings whose date is lost, changing as little as can be.

    `standing` are all the year's own meetings; `year.fixed` is read for the busy times of others
    alone. Lost are the ids in `lost` and meetings to come on days that are closed now. At first
    all others are kept, which needs no solver; only when that fails may others move, published
    ones last. Meetings set by hand or held never move: a lost one is left for a person to date.
    """
    began = stopwatch()
    closed = ClosedDays(year)
    forums = {forum.key: forum for forum in year.forums}
    ours = [meeting for meeting in standing if meeting.key in forums]
    hits = [m for m in ours if m.id in lost or _is_closed_now(year, forums[m.key], closed, m)]
    movable = [m for m in hits if m.why not in _NEVER_MOVED]
    by_hand = tuple(
        Unmet(m.forum, m.unit, (Reason(ReasonCode.LOST_BY_HAND, on=m.date),), blocking=True)
        for m in hits
        if m.why in _NEVER_MOVED and m.why is not FixedWhy.CANCELLED
    )
    if not movable:
        method = ReplanMethod.NOTHING_LOST if not by_hand else ReplanMethod.IMPOSSIBLE
        return Replan(method, (), by_hand, stopwatch() - began)
    lost_ids = {meeting.id for meeting in movable}
    groups = _groups(movable)
    problem = _problem(year, closed, ours, groups, lost_ids)
    placement = place_all(problem)
    method = ReplanMethod.KEPT_ALL_ELSE
    if placement.failed:
        method = ReplanMethod.LEAST_CHANGE
        moving = [m for m in ours if m.why not in _NEVER_MOVED and m.date >= year.first_day]
        groups = _groups(moving)
        problem = _problem(year, closed, ours, groups, lost_ids)
        placement = _least_change(problem, solver, limit)
    changes = tuple(_changes(placement, groups, lost_ids))
    unmet = tuple(_unmet(placement, groups, lost_ids))
    if unmet:
        method = ReplanMethod.IMPOSSIBLE
    return Replan(method, changes, (*by_hand, *unmet), stopwatch() - began)


def _least_change(problem: Problem, solver: DaySolver | None, limit: float) -> Placement:
    first = place_all(problem)
    if solver is None:
        return first
    counts = {series.index: series.most for series in problem.series}
    found = placed_anew(problem, counts, solver=solver, limit=limit)
    return found.placement if found.placement is not None else first


def _groups(moving: Sequence[StandingMeeting]) -> list[list[StandingMeeting]]:
    """Group meetings that are alike but for their date; each group is placed as a series."""
    groups: dict[tuple[object, ...], list[StandingMeeting]] = {}
    for meeting in sorted(moving, key=lambda m: (m.forum, m.unit or "", m.date, m.start)):
        alike = (meeting.key, meeting.start, meeting.end, meeting.place, meeting.guests)
        groups.setdefault(alike, []).append(meeting)
    return list(groups.values())


def _problem(
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
    first = moving[0]
    length = clock(first.end) - clock(first.start)
    return Series(
        index=index,
        forum=forum,
        starts=_starts(year, forum, first.start),
        length=length,
        resources=resources_of(_people(forum, first), first.place, forum.unit),
        windows=tuple(_window(year, forum, closed, m, own, gap, lost) for m in moving),
        min_gap=gap,
        max_gap=forum.max_gap_days,
        spacing=Spacing.GIVEN,
        wished_gap=gap,
        own_days=own,
        day_costs={},
    )


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
        return near, lambda other: other.isoweekday() <= 5
    for window in demand:
        if window.starts_on <= day <= window.ends_on:
            return (window.starts_on, window.ends_on), may_fall_on(year, forum)
    return (year.starts_on, year.ends_on), may_fall_on(year, forum)


def _starts(year: YearInput, forum: ForumInput, now: time) -> tuple[tuple[int, int], ...]:
    """Keep the time of day if it is free; else the nearest that the forum may have."""
    given = starts_of(year, forum)
    here = clock(now)
    if len(given) == 1:
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


def _is_closed_now(
    year: YearInput, forum: ForumInput, closed: ClosedDays, meeting: StandingMeeting
) -> bool:
    to_come = meeting.date >= year.first_day and meeting.why is not FixedWhy.CANCELLED
    return to_come and closed.by(forum, meeting.date) is not None


def _changes(
    placement: Placement, groups: Sequence[Sequence[StandingMeeting]], lost: Collection[str]
) -> Iterable[Change]:
    for index, found in sorted(placement.series.items()):
        for meeting, day, start in zip(groups[index], found.days, found.starts, strict=True):
            if day == meeting.date.toordinal() and start == clock(meeting.start):
                continue
            end = start + clock(meeting.end) - clock(meeting.start)
            code = ReasonCode.LOST_DATE if meeting.id in lost else ReasonCode.MADE_ROOM
            placed = PlacedMeeting(
                forum=meeting.forum,
                unit=meeting.unit,
                number=meeting.number,
                date=date.fromordinal(day),
                start=time(start // 60, start % 60),
                end=time(end // 60, end % 60),
                place=meeting.place,
                reasons=(Reason(code, on=meeting.date),),
                guests=meeting.guests,
            )
            yield Change(ChangeKind.MOVED, meeting, placed)


def _unmet(
    placement: Placement, groups: Sequence[Sequence[StandingMeeting]], lost: Collection[str]
) -> Iterable[Unmet]:
    for index in sorted(placement.failed):
        for meeting in groups[index]:
            if meeting.id in lost:
                reason = Reason(ReasonCode.NO_OTHER_DATE, on=meeting.date)
                yield Unmet(meeting.forum, meeting.unit, (reason,), blocking=True)
