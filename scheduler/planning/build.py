"""From a year's input to the problem: open days, evenly spread ideals, links, what is taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, time, timedelta

from scheduler.domain.enums import AttendanceRule, LinkKind
from scheduler.planning.busy import Busy, clock_of, mask_of
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.grids import place_grid
from scheduler.planning.inputs import (
    FixedMeeting,
    FixedWhy,
    ForumInput,
    LinkInput,
    SeriesKey,
    YearInput,
)
from scheduler.planning.periods import days_of, semester_of
from scheduler.planning.problem import (
    Link,
    Placed,
    Problem,
    Series,
    SlotWindow,
    Spacing,
)
from scheduler.planning.proposal import Note, Unmet
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.rhythm import Grid, NoDates, Window, demand_of, may_fall_on

__all__ = ["build", "resources_of"]

_STEP = 30
_LONGEST_DEFAULT_GAP = 60


def build(year: YearInput, *, unspaced: frozenset[SeriesKey] = frozenset()) -> Problem:
    """Make the problem of a year.

    Series in `unspaced` give up the distance between meetings that the planner itself asks for
    (never one that the input gives).
    """
    closed = ClosedDays(year)
    busy = Busy()
    kept = tuple(sorted((f for f in year.fixed), key=lambda f: (f.date, f.start, f.forum or "")))
    for meeting in kept:
        if meeting.why is not FixedWhy.CANCELLED:
            resources = resources_of(meeting.busy_units, meeting.place, meeting.unit)
            start = _clock(meeting.start)
            mask = mask_of(start, _clock(meeting.end) - start)
            busy.add(meeting.date.toordinal(), resources, mask)
    unmet: list[Unmet] = []
    notes: list[Note] = []
    grids: list[tuple[ForumInput, Grid]] = []
    counted: list[tuple[ForumInput, tuple[Window, ...]]] = []
    for forum in sorted(year.forums, key=lambda f: (f.slug, f.unit or "")):
        match demand_of(year, forum):
            case NoDates(reason=reason, chooses=True):
                unmet.append(Unmet(forum.slug, forum.unit, (reason,)))
            case NoDates(reason=reason):
                notes.append(Note(forum.slug, forum.unit, (reason,)))
            case Grid() as grid:
                grids.append((forum, grid))
            case windows:
                counted.append((forum, windows))
    rhythms: list[Placed] = []
    grid_busy = busy.copy()
    for forum, grid in sorted(grids, key=lambda pair: len(pair[1].options)):
        result = place_grid(
            year,
            forum,
            grid,
            closed=closed,
            fixed=busy,
            busy=grid_busy,
            others=tuple(rhythms),
            starts=_starts(year, forum),
            length=_length(forum),
            resources=_forum_resources(forum),
            own=_own_days(year, forum),
        )
        rhythms.extend(result.placed)
        unmet.extend(result.unmet)
        notes.extend(result.notes)
    series: list[Series] = []
    leans = _leans(year.links, counted)
    for forum, windows in counted:
        made = _series(year, forum, windows, closed, grid_busy, len(series), leans, unspaced)
        if isinstance(made, Unmet):
            unmet.append(made)
            continue
        found, series_notes = made
        series.append(found)
        notes.extend(series_notes)
    return Problem(
        year=year,
        closed=closed,
        busy=grid_busy,
        series=tuple(series),
        links=tuple(_links(year, series, rhythms, kept)),
        rhythms=tuple(rhythms),
        kept=kept,
        unmet=tuple(unmet),
        notes=tuple(notes),
        semesters={
            day.toordinal(): semester_of(year, day)
            for day in days_of((year.starts_on, year.ends_on))
        },
    )


def _series(
    year: YearInput,
    forum: ForumInput,
    windows: tuple[Window, ...],
    closed: ClosedDays,
    busy: Busy,
    index: int,
    leans: dict[str, int],
    unspaced: frozenset[SeriesKey],
) -> tuple[Series, list[Note]] | Unmet:
    starts, length, resources = _starts(year, forum), _length(forum), _forum_resources(forum)
    masks = [mask_of(start, length) for start, _ in starts]
    test = may_fall_on(year, forum)
    own = _own_days(year, forum)
    widest = max((w.ends_on - w.starts_on).days + 1 for w in windows) if windows else 1
    most = max((w.most for w in windows), default=1)
    spacing = Spacing.GIVEN if forum.min_gap_days is not None else Spacing.DEFAULT
    gap = min(_LONGEST_DEFAULT_GAP, widest // (3 * max(1, most)))
    if spacing is Spacing.DEFAULT and forum.key in unspaced:
        spacing, gap = Spacing.NONE, 1
    gap = max(1, forum.min_gap_days if forum.min_gap_days is not None else gap)

    def fits(day: int) -> bool:
        taken = busy.taken(day, resources)
        return any(not taken & mask for mask in masks)

    made: list[SlotWindow] = []
    shut: list[Window] = []
    for window in windows:
        open_days = [
            day.toordinal()
            for day in days_of((window.starts_on, window.ends_on))
            if test(day) and closed.by(forum, day) is None
        ]
        if not open_days:
            shut.append(window)
            continue
        first = year.first_day.toordinal()
        inside = [day for day in own if window.starts_on <= date.fromordinal(day) <= window.ends_on]
        days = tuple(
            day
            for day in open_days
            if day >= first and fits(day) and all(abs(day - kept) >= gap for kept in own)
        )
        left = [day for day in open_days if day >= first]
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
    if shut and not made:
        reason = Reason(ReasonCode.PERIOD_CLOSED, on=shut[0].starts_on, until=shut[-1].ends_on)
        return Unmet(forum.slug, forum.unit, (reason,), blocking=True)
    notes = [
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
            own_days=own,
            day_costs=_day_costs(year, forum, all_days, closed, index),
        ),
        notes,
    )


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


def _leans(
    links: Iterable[LinkInput], counted: list[tuple[ForumInput, tuple[Window, ...]]]
) -> dict[str, int]:
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
    costs: dict[int, int] = {}
    for ordinal in days:
        day = date.fromordinal(ordinal)
        cost = 0 if bound or day.isoweekday() == preferred else weights.weekday
        if _is_bridge(forum, day, closed):
            cost += weights.bridge_day
        if cost:
            costs[ordinal] = cost
    return costs


def _preferred_weekday(year: YearInput, forum: ForumInput, index: int) -> int:
    past = Counter(
        last.date.isoweekday() for last in year.last_year if (last.forum, last.unit) == forum.key
    )
    if past:
        return min(past, key=lambda weekday: (-past[weekday], weekday))
    # One weekday for each series gives it a habit; Tuesday to Thursday in turn spreads the load.
    return 2 + index % 3


def _is_bridge(forum: ForumInput, day: date, closed: ClosedDays) -> bool:
    neighbour = {5: day - timedelta(days=1), 1: day + timedelta(days=1)}.get(day.isoweekday())
    return neighbour is not None and closed.by(forum, neighbour) is not None


def _own_days(year: YearInput, forum: ForumInput) -> tuple[int, ...]:
    return tuple(
        sorted(
            meeting.date.toordinal()
            for meeting in year.fixed
            if (meeting.forum, meeting.unit) == forum.key
            and year.starts_on <= meeting.date <= year.ends_on
        )
    )


def _links(
    year: YearInput, series: list[Series], rhythms: list[Placed], kept: tuple[FixedMeeting, ...]
) -> Iterable[Link]:
    units: dict[str, set[str | None]] = {}
    for forum in year.forums:
        units.setdefault(forum.slug, set()).add(forum.unit)
    for link in year.links:
        if link.kind is LinkKind.AGENDA_ITEM:
            continue
        sources, targets = units.get(link.source, {None}), units.get(link.target, {None})
        # Two forums with a series at each of the same units are linked unit by unit.
        if None not in sources and sources == targets:
            scopes = [frozenset({unit}) for unit in sorted(sources, key=str)]
        else:
            scopes = [frozenset(sources | targets | {None})]
        for scope in scopes:
            source_days = _days_of_forum(year, rhythms, kept, link.source, scope)
            yield Link(
                kind=link.kind,
                source=link.source,
                target=link.target,
                days=max(1, link.days),
                sources=_indexes(series, link.source, scope),
                source_days=tuple(sorted(source_days)),
                targets=_indexes(series, link.target, scope),
                target_days=tuple(
                    placed.day
                    for placed in rhythms
                    if placed.forum.slug == link.target and placed.forum.unit in scope
                ),
            )


def _indexes(series: list[Series], slug: str, scope: frozenset[str | None]) -> tuple[int, ...]:
    return tuple(s.index for s in series if s.forum.slug == slug and s.forum.unit in scope)


def _days_of_forum(
    year: YearInput,
    rhythms: list[Placed],
    kept: tuple[FixedMeeting, ...],
    slug: str,
    scope: frozenset[str | None],
) -> set[int]:
    days = {p.day for p in rhythms if p.forum.slug == slug and p.forum.unit in scope}
    for meeting in kept:
        stands = meeting.why is not FixedWhy.CANCELLED
        if meeting.forum == slug and meeting.unit in scope and stands:
            days.add(meeting.date.toordinal())
    for past in year.last_year:
        if past.forum == slug and past.unit in scope:
            days.add(past.date.toordinal())
    return days


def _starts(year: YearInput, forum: ForumInput) -> tuple[tuple[int, int], ...]:
    given = forum.starts or _words_start(forum)
    if given is not None:
        return ((_clock(given), 0),)
    length = _length(forum)
    first, last = (_clock(at) for at in year.core_time)
    preferred = min(max(first, _clock(year.preferred_start)), max(first, last - length))
    starts = range(first, max(first, last - length) + 1, _STEP)
    costed = (
        (start, year.weights.half_hour * (abs(start - preferred) // _STEP)) for start in starts
    )
    return tuple(sorted(costed, key=lambda pair: (pair[1], pair[0])))


def _words_start(forum: ForumInput) -> time | None:
    if forum.cadence.time_ranges:
        return forum.cadence.time_ranges[0][0]
    return forum.cadence.time_start


def _length(forum: ForumInput) -> int:
    # The words' own span of time holds only when no other start was chosen for the forum.
    if forum.starts is None and forum.cadence.time_ranges:
        start, end = forum.cadence.time_ranges[0]
        if end > start:
            return _clock(end) - _clock(start)
    return int(forum.duration.total_seconds()) // 60


def _forum_resources(forum: ForumInput) -> tuple[str, ...]:
    units = (seat.busy_unit for seat in forum.seats if seat.attends is not AttendanceRule.ON_CALL)
    return resources_of(units, forum.place, forum.unit)


def resources_of(units: Iterable[str], place: str | None, unit: str | None) -> tuple[str, ...]:
    """Return the keys of what a meeting takes: its people and its room."""
    # "Skolen" is another room at each unit, so the unit is part of the place.
    rooms = [f"p:{place.casefold()}@{unit or ''}"] if place else []
    return tuple(sorted({f"u:{name}" for name in units}) + rooms)


def _clock(at: time) -> int:
    return clock_of(at.hour, at.minute)
