"""From a year's input to the problem: open days, evenly spread ideals, links, what is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scheduler.planning.build_deadlines import deadlines_between
from scheduler.planning.build_links import links_between
from scheduler.planning.build_series import leans_of, own_days, series_of
from scheduler.planning.busy import Busy, mask_of
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.grids import place_grid
from scheduler.planning.inputs import (
    FixedWhy,
    ForumInput,
    SeriesKey,
    YearInput,
)
from scheduler.planning.meeting_shape import (
    clock,
    forum_resources,
    guest_resources,
    length_of,
    resources_of,
    starts_of,
)
from scheduler.planning.periods import days_of, semester_of
from scheduler.planning.problem import (
    Deadline,
    FreeRhythm,
    Link,
    Placed,
    Problem,
    Series,
)
from scheduler.planning.proposal import Note, Unmet
from scheduler.planning.reasons import Reason, ReasonCode
from scheduler.planning.rhythm import Grid, NoDates, Window, demand_of

__all__ = ["build"]


def build(
    year: YearInput,
    *,
    unspaced: frozenset[SeriesKey] = frozenset(),
    options: Mapping[SeriesKey, int | None] | None = None,
) -> Problem:
    """Make the problem of a year.

    Series in `unspaced` give up the distance between meetings that the planner itself asks for
    (never one that the input gives). `options` says which of its possible rhythms a forum
    follows, where there are several; None leaves the forum out.
    """
    closed = ClosedDays(year)
    busy = Busy()
    kept = tuple(sorted((f for f in year.fixed), key=lambda f: (f.date, f.start, f.forum or "")))
    for meeting in kept:
        if meeting.why is not FixedWhy.CANCELLED:
            resources = resources_of(meeting.busy_units, meeting.place, meeting.unit)
            start = clock(meeting.start)
            mask = mask_of(start, clock(meeting.end) - start)
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
                if options is None or options.get(forum.key, 0) is not None:
                    grids.append((forum, grid))
            case windows:
                counted.append((forum, windows))
    rhythms: list[Placed] = []
    free: list[FreeRhythm] = []
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
            starts=starts_of(year, forum),
            length=length_of(forum),
            resources=forum_resources(forum),
            guests=guest_resources(forum),
            own=own_days(year, forum),
            own_with_guests=own_days(year, forum, with_guests=True),
            option=options.get(forum.key) if options is not None else None,
        )
        if len(grid.options) > 1:
            found = FreeRhythm(forum.key, len(grid.options), result.taken, result.missed)
            free.append(found)
        rhythms.extend(result.placed)
        unmet.extend(result.unmet)
        notes.extend(result.notes)
    series: list[Series] = []
    leans = leans_of(year.links, counted)
    for forum, windows in counted:
        made = series_of(
            year,
            forum,
            windows=windows,
            closed=closed,
            busy=grid_busy,
            index=len(series),
            leans=leans,
            unspaced=unspaced,
        )
        if isinstance(made, Unmet):
            unmet.append(made)
            continue
        one, series_notes = made
        series.append(one)
        notes.extend(series_notes)
    links = tuple(links_between(year, series, rhythms, kept))
    notes.extend(_without_source(year, links, series))
    deadlines = tuple(deadlines_between(year, series, rhythms, kept))
    notes.extend(one for one in deadlines if isinstance(one, Note))
    return Problem(
        year=year,
        closed=closed,
        busy=grid_busy,
        series=tuple(series),
        links=tuple(link for link in links if _has_source(link)),
        rhythms=tuple(rhythms),
        kept=kept,
        unmet=tuple(unmet),
        notes=tuple(notes),
        semesters={
            day.toordinal(): semester_of(year, day)
            for day in days_of((year.starts_on, year.ends_on))
        },
        free_rhythms=tuple(free),
        deadlines=tuple(one for one in deadlines if isinstance(one, Deadline)),
        unspaced=unspaced,
    )


def _has_source(link: Link) -> bool:
    return bool(link.sources or link.source_days)


def _without_source(
    year: YearInput, links: tuple[Link, ...], series: list[Series]
) -> Iterable[Note]:
    """Note the series that wait for a forum without dates; they are planned all the same."""
    names = {forum.slug: forum for forum in year.forums}
    for link in links:
        if _has_source(link):
            continue
        source = names.get(link.source)
        reason = Reason(
            ReasonCode.NO_SOURCE,
            forum=link.source,
            forum_name=source.name if source else "",
            hidden=source is None or source.case_level,
        )
        for index in link.targets:
            forum = series[index].forum
            yield Note(forum.slug, forum.unit, (reason,))
