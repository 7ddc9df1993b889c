"""A forum that meets so many times in a span, as a series with candidate days and ideals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from scheduler.domain.enums import LinkKind
from scheduler.planning.busy import Busy, mask_of
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.inputs import ForumInput, LinkInput, SeriesKey, YearInput
from scheduler.planning.meeting_shape import (
    forum_resources,
    guest_resources,
    length_of,
    starts_of,
)
from scheduler.planning.periods import days_of
from scheduler.planning.problem import Series, SlotWindow, Spacing
from scheduler.planning.proposal import Note, Unmet
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.rhythm import Window, may_fall_on

__all__ = ["leans_of", "own_days", "series_of"]

_LONGEST_DEFAULT_GAP = 60


def series_of(
    year: YearInput,
    forum: ForumInput,
    *,
    windows: tuple[Window, ...],
    closed: ClosedDays,
    busy: Busy,
    index: int,
    leans: dict[str, int],
    unspaced: frozenset[SeriesKey],
) -> tuple[Series, list[Note]] | Unmet:
    """Make the series of a forum that meets so many times in each window.

    Returns what is worth noting beside it, or why there is no series: no open day, or fewer than
    the meetings that must be.
    """
    starts, length, resources = starts_of(year, forum), length_of(forum), forum_resources(forum)
    if all(window.most <= _months_in(window) for window in windows):
        # At most a meeting a month, so those who come once a month come to each.
        resources = tuple(sorted({*resources, *guest_resources(forum)}))
    masks = [mask_of(start, length) for start, _ in starts]
    test = may_fall_on(year, forum)
    own = own_days(year, forum)
    widest = max((w.ends_on - w.starts_on).days + 1 for w in windows) if windows else 1
    most = max((w.most for w in windows), default=1)
    spacing = Spacing.GIVEN if forum.min_gap_days is not None else Spacing.DEFAULT
    gap = min(_LONGEST_DEFAULT_GAP, widest // (3 * max(1, most)))
    wished = gap
    if spacing is Spacing.DEFAULT and forum.key in unspaced:
        spacing, gap = Spacing.NONE, 1
    gap = max(1, forum.min_gap_days if forum.min_gap_days is not None else gap)

    def fits(day: int) -> bool:
        taken = busy.taken(day, resources)
        return any(not taken & mask for mask in masks)

    shut_days = closed.of(forum)
    made: list[SlotWindow] = []
    crowded: list[Reason] = []
    late: list[Reason] = []
    shut: list[Window] = []
    for window in windows:
        open_days = [
            day.toordinal()
            for day in days_of((window.starts_on, window.ends_on))
            if day not in shut_days and test(day)
        ]
        if not open_days:
            shut.append(window)
            continue
        if window.least > len(open_days):
            crowded.append(Reason(ReasonCode.FEWER, count=len(open_days), wanted=window.least))
        first = year.first_day.toordinal()
        inside = [day for day in own if window.starts_on <= date.fromordinal(day) <= window.ends_on]
        left = [day for day in open_days if day >= first]
        far = [day for day in left if all(abs(day - kept) >= gap for kept in own)] if own else left
        days = tuple(day for day in far if fits(day))
        made.append(
            SlotWindow(
                first=window.starts_on.toordinal(),
                last=window.ends_on.toordinal(),
                days=days,
                ideals_by_count=_ideals(
                    window, open_days, left, inside, first, leans.get(forum.slug, 500)
                ),
            )
        )
        total = made[-1].most + len(inside)
        if window.starts_on < year.first_day <= window.ends_on and total < window.most:
            late.append(Reason(ReasonCode.TOO_LATE, count=total, wanted=window.most))
    if shut and not made:
        reason = Reason(ReasonCode.PERIOD_CLOSED, on=shut[0].starts_on, until=shut[-1].ends_on)
        return Unmet(forum.slug, forum.unit, (reason,), blocking=True)
    if crowded and len(crowded) == len(made):
        reason = Reason(ReasonCode.NO_ROOM, wanted=crowded[0].wanted)
        return Unmet(forum.slug, forum.unit, (reason,), blocking=True)
    notes = [Note(forum.slug, forum.unit, (reason,)) for reason in (*crowded, *late)]
    notes += [
        Note(
            forum.slug,
            forum.unit,
            (Reason(ReasonCode.PERIOD_CLOSED, on=w.starts_on, until=w.ends_on),),
        )
        for w in shut
    ]
    all_days = sorted({day for window in made for day in window.days})
    return (
        Series(
            index=index,
            forum=forum,
            starts=starts,
            length=length,
            resources=resources,
            windows=tuple(made),
            min_gap=gap,
            max_gap=forum.max_gap_days,
            spacing=spacing,
            wished_gap=wished,
            own_days=own,
            day_costs=_day_costs(year, forum, all_days, closed, index),
            guest_days=own_days(year, forum, with_guests=True),
        ),
        notes,
    )


def _months_in(window: Window) -> int:
    years = window.ends_on.year - window.starts_on.year
    return 12 * years + window.ends_on.month - window.starts_on.month + 1


def _ideals(
    window: Window,
    open_days: list[int],
    left: list[int],
    kept: list[int],
    first_day: int,
    lean: int,
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Return the evenly spread days still to fill, for each count that may be tried.

    The days of kept meetings each stand for the ideal nearest to them, and ideals before the
    first day are gone; but a window that has no meeting yet gets one as long as days are left.
    """
    result: dict[int, tuple[int, ...]] = {}
    most = min(window.most, len(open_days))
    for wanted in range(most, min(window.least, most) - 1, -1):
        ideals = [
            open_days[(1000 * at + lean) * len(open_days) // (1000 * wanted)]
            for at in range(wanted)
        ]
        for day in kept:
            if ideals:
                ideals.remove(min(ideals, key=lambda ideal: abs(ideal - day)))
        ideals = [ideal for ideal in ideals if ideal >= first_day]
        enough = min(5, max(1, len(open_days) // 4))
        if not ideals and not kept and wanted and len(left) >= enough:
            ideals = [left[len(left) // 2]]
        result.setdefault(len(ideals), tuple(ideals))
    return tuple(sorted(result.items(), reverse=True))


def leans_of(
    links: Iterable[LinkInput], counted: list[tuple[ForumInput, tuple[Window, ...]]]
) -> dict[str, int]:
    """Return how far into each even span a linked forum aims, in thousandths; else the middle."""
    # Two linked forums that meet equally often would both aim for the same day; the first then
    # leans to the beginning of its spans and the second to the end.
    shape = {
        forum.slug: tuple((w.starts_on, w.ends_on, w.most) for w in windows)
        for forum, windows in counted
    }
    leans: dict[str, int] = {}
    for link in links:
        if link.kind is LinkKind.AGENDA_ITEM or link.source not in shape:
            continue
        if shape[link.source] == shape.get(link.target):
            leans.setdefault(link.source, 333)
            leans.setdefault(link.target, 667)
    return leans


def _day_costs(
    year: YearInput, forum: ForumInput, days: list[int], closed: ClosedDays, index: int
) -> dict[int, int]:
    weights = year.weights
    bound = bool(forum.cadence.weekdays) or forum.weekday is not None
    preferred = _preferred_weekday(year, forum, index)
    shut = {day.toordinal() for day in closed.of(forum)}
    costs: dict[int, int] = {}
    for day in days:
        weekday = (day - 1) % 7 + 1
        cost = 0 if bound or weekday == preferred else weights.weekday
        # A Friday that follows, or a Monday that comes before, a closed day.
        if (weekday == 5 and day - 1 in shut) or (weekday == 1 and day + 1 in shut):
            cost += weights.bridge_day
        if cost:
            costs[day] = cost
    return costs


def _preferred_weekday(year: YearInput, forum: ForumInput, index: int) -> int:
    past = Counter(
        last.date.isoweekday() for last in year.last_year if (last.forum, last.unit) == forum.key
    )
    if past:
        return min(past, key=lambda weekday: (-past[weekday], weekday))
    # One weekday for each series gives it a habit; Tuesday to Thursday in turn spreads the load.
    return 2 + index % 3


def own_days(year: YearInput, forum: ForumInput, *, with_guests: bool = False) -> tuple[int, ...]:
    """Return the days of the series' own kept meetings within the period, or some of them."""
    return tuple(
        sorted(
            meeting.date.toordinal()
            for meeting in year.fixed
            if (meeting.forum, meeting.unit) == forum.key
            and year.starts_on <= meeting.date <= year.ends_on
            and (meeting.guests or not with_guests)
        )
    )
