"""When a date is lost: move that meeting alone if it can be, else as few others as possible."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from time import perf_counter

from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.difference import Change, ChangeKind, StandingMeeting
from scheduler.planning.greedy import Placement, place_all
from scheduler.planning.improve import improved, placed_anew
from scheduler.planning.inputs import FixedWhy, ForumInput, YearInput
from scheduler.planning.meeting_shape import clock
from scheduler.planning.problem import Problem
from scheduler.planning.process import DaySolver
from scheduler.planning.proposal import PlacedMeeting, Unmet
from scheduler.planning.propose import DEFAULT_LIMIT
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.replan_problem import replan_problem

__all__ = ["Replan", "ReplanMethod", "replan"]

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
    ones last. A meeting keeps the weekday that is stated for its forum, and if it can be the one
    that the forum's meetings have. Meetings set by hand or held never move: a lost one is left
    for a person to date.
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
    problem = replan_problem(year, closed, ours, groups, lost_ids)
    placement = place_all(problem)
    method = ReplanMethod.KEPT_ALL_ELSE
    if placement.failed:
        method = ReplanMethod.LEAST_CHANGE
        moving = [m for m in ours if m.why not in _NEVER_MOVED and m.date >= year.first_day]
        groups = _groups(moving)
        problem = replan_problem(year, closed, ours, groups, lost_ids)
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
    if not first.failed:
        # What it costs already rules out most other days.
        better = improved(problem, first, solver=solver, limit=limit)
        return better.placement if better.placement is not None else first
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
