"""Why each date: what was better and could not be, and what the date follows after."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

from scheduler.domain.enums import LinkKind
from scheduler.planning.busy import mask_of
from scheduler.planning.inputs import FixedMeeting, FixedWhy
from scheduler.planning.periods import days_of
from scheduler.planning.problem import Problem, Series, Slot
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.rhythm import may_fall_on
from scheduler.planning.taken import Taken

__all__ = ["kept_reason", "reasons_for"]

_KEPT = {
    FixedWhy.HAND: ReasonCode.KEPT_HAND,
    FixedWhy.PUBLISHED: ReasonCode.KEPT_PUBLISHED,
    FixedWhy.HELD: ReasonCode.KEPT_HELD,
    FixedWhy.CANCELLED: ReasonCode.KEPT_CANCELLED,
    FixedWhy.OTHERS: ReasonCode.KEPT_OTHERS,
    FixedWhy.BUSY: ReasonCode.KEPT_OTHERS,
}


def reasons_for(
    problem: Problem,
    series: Series,
    slot: Slot,
    day: int,
    *,
    taken: Mapping[int, Sequence[Taken]],
    days_by_series: Mapping[int, tuple[int, ...]],
) -> tuple[Reason, ...]:
    """Return the reasons for a date that the planner chose, the most general first.

    `taken` holds every meeting of the year by day; it is what made better days impossible.
    """
    alone = sum(series.most) == 1
    spread = Reason(ReasonCode.ONLY_ONE if alone else ReasonCode.SPREAD, on=date.fromordinal(day))
    reasons = [spread]
    reasons.extend(_closed_reason(problem, series, slot, day))
    reasons.extend(_busy_reason(problem, series, slot, day, taken))
    reasons.extend(_link_reasons(problem, series, day, days_by_series))
    reasons.extend(_deadline_reasons(problem, series, day, days_by_series))
    return tuple(reasons)


def kept_reason(meeting: FixedMeeting) -> Reason:
    """Return why a kept meeting stands where it does."""
    return Reason(_KEPT[meeting.why], on=meeting.date)


def _closed_reason(problem: Problem, series: Series, slot: Slot, day: int) -> list[Reason]:
    """Name the closed day that lies nearest to the ideal, if it was nearer than the date."""
    away = abs(day - slot.ideal)
    test = may_fall_on(problem.year, series.forum)
    low, high = slot.ideal - away, slot.ideal + away
    span = (
        max(problem.year.starts_on, date.fromordinal(low)),
        min(problem.year.ends_on, date.fromordinal(high)),
    )
    nearest: tuple[int, date, str] | None = None
    for other in days_of(span):
        distance = abs(other.toordinal() - slot.ideal)
        if distance >= away or not test(other):
            continue
        closed = problem.closed.by(series.forum, other)
        if closed is not None and (nearest is None or distance < nearest[0]):
            nearest = (distance, other, closed.name)
    if nearest is None:
        return []
    if not nearest[2] and nearest[1] in series.forum.unfit:
        return [Reason(ReasonCode.WAS_UNFIT, on=nearest[1])]
    return [Reason(ReasonCode.WAS_CLOSED, on=nearest[1], name=nearest[2])]


def _busy_reason(
    problem: Problem,
    series: Series,
    slot: Slot,
    day: int,
    taken: Mapping[int, Sequence[Taken]],
) -> list[Reason]:
    """Name the day nearest to the ideal on which someone else's meeting stood in the way."""
    names = {forum.slug: forum for forum in problem.year.forums}
    away = abs(day - slot.ideal)
    masks = [mask_of(start, series.length) for start, _ in series.starts]
    resources = set(series.resources)
    test = may_fall_on(problem.year, series.forum)
    nearest: tuple[int, int, str | None] | None = None
    for shift in range(away):
        for other in {slot.ideal - shift, slot.ideal + shift}:
            meetings = [m for m in taken.get(other, ()) if m[3] & resources and m[0] == other]
            busy = 0
            for _, start, length, _, _ in meetings:
                busy |= mask_of(start, length)
            blocked = bool(meetings) and all(mask & busy for mask in masks)
            if blocked and test(date.fromordinal(other)):
                nearest = nearest or (shift, other, meetings[0][4])
        if nearest is not None:
            break
    if nearest is None:
        return []
    forum = names.get(nearest[2] or "")
    return [
        Reason(
            ReasonCode.WAS_BUSY,
            on=date.fromordinal(nearest[1]),
            forum=forum.slug if forum else None,
            forum_name=forum.name if forum else "",
            hidden=forum is None or forum.case_level,
        )
    ]


def _link_reasons(
    problem: Problem, series: Series, day: int, days_by_series: Mapping[int, tuple[int, ...]]
) -> list[Reason]:
    names = {forum.slug: forum for forum in problem.year.forums}
    reasons = []
    for link in problem.links:
        if series.index not in link.targets:
            continue
        sources = sorted(
            {*link.source_days, *(d for i in link.sources for d in days_by_series.get(i, ()))}
        )
        at = bisect_right(sources, day - link.days)
        if not at:
            continue
        forum = names.get(link.source)
        receives = link.kind is LinkKind.RECEIVES_MINUTES
        reasons.append(
            Reason(
                ReasonCode.RECEIVES_MINUTES if receives else ReasonCode.AFTER,
                on=date.fromordinal(sources[at - 1]),
                forum=link.source,
                forum_name=forum.name if forum else "",
                hidden=forum is None or forum.case_level,
                days=link.days,
            )
        )
    return reasons


def _deadline_reasons(
    problem: Problem, series: Series, day: int, days_by_series: Mapping[int, tuple[int, ...]]
) -> list[Reason]:
    """Name the cases that this is the last meeting to treat in time."""
    reasons = []
    for deadline in problem.deadlines:
        if series.index not in deadline.sources:
            continue
        days = (d for index in deadline.sources for d in days_by_series.get(index, ()))
        if day == max((d for d in days if deadline.first <= d <= deadline.last), default=None):
            given = deadline.given
            reasons.append(
                Reason(
                    ReasonCode.BEFORE_DEADLINE, on=given.due_on, name=given.words, days=given.days
                )
            )
    return reasons
