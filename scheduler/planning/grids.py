"""Forums with dates of their own ("annenhver fredag"): choose the phase, skip or move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from scheduler.domain.enums import ClosedDayRule
from scheduler.planning.busy import Busy, mask_of
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.guests import month_of, months_without
from scheduler.planning.inputs import ClosedSpan, ForumInput, YearInput
from scheduler.planning.problem import Placed
from scheduler.planning.proposal import Note, Unmet
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.rhythm import Grid

__all__ = ["GridResult", "place_grid"]

_FURTHEST_MOVE = 6
_CLASH = 1000


@dataclass(frozen=True, slots=True)
class GridResult:
    """The meetings of one rhythm, what was skipped, and what could not be.

    `taken` is the option that was chosen, `missed` how many more of its dates got no meeting than
    closed days alone take from the best option.
    """

    placed: tuple[Placed, ...]
    unmet: tuple[Unmet, ...]
    notes: tuple[Note, ...]
    taken: int = 0
    missed: int = 0


def place_grid(
    year: YearInput,
    forum: ForumInput,
    grid: Grid,
    *,
    closed: ClosedDays,
    fixed: Busy,
    busy: Busy,
    others: tuple[Placed, ...],
    starts: tuple[tuple[int, int], ...],
    length: int,
    resources: tuple[str, ...],
    guests: tuple[str, ...],
    own: tuple[int, ...],
    own_with_guests: tuple[int, ...],
    option: int | None,
) -> GridResult:
    """Place a forum on its own dates and take them in `busy`.

    Of several possible rhythms that of `option` is taken; without one, the one with the fewest
    clashes and closed days, the first of equals. A closed day, or one where a fixed meeting
    stands in the way, is skipped or moved as the forum says; two rhythms that clash cannot both
    be met. Those in `guests` are at the first meeting of each month at which they are free.
    """
    masks = [mask_of(start, length) for start, _ in starts]

    def badness(dates: tuple[date, ...]) -> tuple[int, int]:
        shut = sum(closed.by(forum, day) is not None for day in dates)
        taken = [busy.taken(day.toordinal(), resources) for day in dates]
        clashes = min(
            (sum(bool(mask & on_day) for on_day in taken), at) for at, mask in enumerate(masks)
        )
        return clashes[0] * _CLASH + shut, clashes[1]

    ranked = [(*badness(dates), at) for at, dates in enumerate(grid.options)]
    if not ranked:
        reason = Reason(ReasonCode.PERIOD_CLOSED, on=year.starts_on, until=year.ends_on)
        return GridResult((), (Unmet(forum.slug, forum.unit, (reason,), blocking=True),), ())
    asked = [rank for rank in ranked if rank[2] == option]
    _, best_start, chosen = min(asked or ranked, key=lambda rank: (rank[0], rank[2]))
    order = [best_start, *(at for at in range(len(masks)) if at != best_start)]
    dates = _without_kept(grid.options[chosen], own, year)
    placed: list[Placed] = []
    notes: list[Note] = []
    clashes: list[Reason] = []

    def free_start(day: int, taken: Busy) -> int | None:
        on_day = taken.taken(day, resources)
        return next((at for at in order if not masks[at] & on_day), None)

    visited = {month_of(day) for day in own_with_guests}

    def put(day: int, at: int, reasons: tuple[Reason, ...]) -> None:
        who, joined = resources, False
        if guests and month_of(day) not in visited:
            taken = busy.taken(day, (*resources, *guests))
            together = next((other for other in order if not masks[other] & taken), None)
            if together is not None:
                at, who, joined = together, tuple(sorted({*resources, *guests})), True
                visited.add(month_of(day))
        busy.add(day, who, masks[at])
        placed.append(Placed(forum, day, starts[at][0], length, who, reasons, guests=joined))

    own_dates = set(grid.options[chosen])
    for own_date in dates:
        span = closed.by(forum, own_date)
        day = own_date.toordinal()
        at = free_start(day, busy) if span is None else None
        if at is not None:
            put(day, at, (Reason(ReasonCode.RHYTHM, on=own_date),))
            continue
        if span is None and free_start(day, fixed) is not None:
            clashes.append(_clash(own_date, resources, others))
            continue
        moved = _moved_to(year, forum, own_date, closed, own_dates)
        target = next((d for d in moved if free_start(d.toordinal(), busy) is not None), None)
        if target is None:
            notes.append(Note(forum.slug, forum.unit, (_skipped(own_date, span),)))
            continue
        start = free_start(target.toordinal(), busy)
        if start is not None:
            name = span.name if span else ""
            reason = Reason(ReasonCode.MOVED_CLOSED, on=own_date, name=name)
            put(target.toordinal(), start, (reason,))
    unmet: list[Unmet] = []
    if clashes:
        unmet.append(Unmet(forum.slug, forum.unit, tuple(clashes[:3]), blocking=True))
    elif dates and not placed and not own:
        reason = Reason(ReasonCode.PERIOD_CLOSED, on=dates[0], until=dates[-1])
        unmet.append(Unmet(forum.slug, forum.unit, (reason,), blocking=True))
    if guests:
        days = [one.day for one in placed]
        joined = [*own_with_guests, *(one.day for one in placed if one.guests)]
        notes.extend(months_without(forum.slug, forum.unit, days, joined))
    least = min(
        sum(closed.by(forum, day) is not None for day in _without_kept(each, own, year))
        for each in grid.options
    )
    missed = max(0, len(dates) - len(placed) - least)
    return GridResult(tuple(placed), tuple(unmet), tuple(notes), chosen, missed)


def _without_kept(dates: tuple[date, ...], own: tuple[int, ...], year: YearInput) -> list[date]:
    """Leave out dates that a kept meeting stands for, and those before the first day."""
    left = list(dates)
    gaps = [(b - a).days for a, b in pairwise(dates)]
    reach = max(gaps, default=14) // 2
    for day in own:
        nearest = min(left, key=lambda d: abs(d.toordinal() - day), default=None)
        if nearest is not None and abs(nearest.toordinal() - day) <= reach:
            left.remove(nearest)
    return [day for day in left if day >= year.first_day]


def _moved_to(
    year: YearInput,
    forum: ForumInput,
    own_date: date,
    closed: ClosedDays,
    own_dates: set[date],
) -> list[date]:
    if forum.on_closed is ClosedDayRule.SKIP:
        return []
    sign = -1 if forum.on_closed is ClosedDayRule.EARLIER else 1
    days = [own_date + timedelta(days=sign * shift) for shift in range(1, _FURTHEST_MOVE + 1)]
    return [
        day
        for day in days
        if day.isoweekday() <= 5
        and year.first_day <= day <= year.ends_on
        and day not in own_dates
        and closed.by(forum, day) is None
    ]


def _skipped(day: date, span: ClosedSpan | None) -> Reason:
    if span is None:
        return Reason(ReasonCode.WAS_BUSY, on=day, hidden=True)
    return Reason(ReasonCode.SKIPPED_CLOSED, on=day, name=span.name)


def _clash(day: date, resources: tuple[str, ...], others: tuple[Placed, ...]) -> Reason:
    for other in others:
        if other.day == day.toordinal() and set(other.resources) & set(resources):
            return Reason(
                ReasonCode.CLASH,
                on=day,
                forum=other.forum.slug,
                forum_name=other.forum.name,
                hidden=other.forum.case_level,
            )
    return Reason(ReasonCode.CLASH, on=day, hidden=True)
