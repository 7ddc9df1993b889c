"""What is wrong with a year before any planning: things that no choice of dates can mend."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.kinds import CadenceUnit
from scheduler.domain.enums import LinkKind
from scheduler.planning.closed_days import ClosedDays
from scheduler.planning.inputs import ForumInput, YearInput
from scheduler.planning.meeting_shape import clock
from scheduler.planning.periods import days_of
from scheduler.planning.rhythm import Grid, NoDates, Window, demand_of, may_fall_on

__all__ = ["Finding", "FindingCode", "check_year"]

_LONGEST_PERIOD = 400


class FindingCode(StrEnum):
    """What is wrong; `conflict_words.py` says it, and how to mend it."""

    PERIOD_BACKWARDS = "period_backwards"
    PERIOD_TOO_LONG = "period_too_long"
    PERIOD_OVER = "period_over"
    ALL_CLOSED = "all_closed"
    TOO_MANY = "too_many"
    TOO_FAR_APART = "too_far_apart"
    GAPS_CROSS = "gaps_cross"
    LONGER_THAN_DAY = "longer_than_day"
    LINK_CIRCLE = "link_circle"
    LINK_WITHOUT_SOURCE = "link_without_source"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong. `forums` are the names of those it is about."""

    code: FindingCode
    forums: tuple[str, ...] = ()
    slug: str | None = None
    unit: str | None = None
    count: int = 0
    room: int = 0
    starts_on: date | None = None
    ends_on: date | None = None


def check_year(year: YearInput) -> tuple[Finding, ...]:
    """Find everything at once; an empty result does not promise that a plan exists."""
    if year.ends_on < year.starts_on:
        return (_period(year, FindingCode.PERIOD_BACKWARDS),)
    if (year.ends_on - year.starts_on).days > _LONGEST_PERIOD:
        return (_period(year, FindingCode.PERIOD_TOO_LONG),)
    if year.plan_from is not None and year.plan_from > year.ends_on:
        return (_period(year, FindingCode.PERIOD_OVER),)
    closed = ClosedDays(year)
    findings: list[Finding] = []
    for forum in year.forums:
        findings.extend(_forum(year, forum, closed))
    findings.extend(_circles(year))
    findings.extend(_without_source(year))
    return tuple(findings)


def _period(year: YearInput, code: FindingCode) -> Finding:
    return Finding(code, starts_on=year.starts_on, ends_on=year.ends_on)


def _forum(year: YearInput, forum: ForumInput, closed: ClosedDays) -> Iterator[Finding]:
    def found(code: FindingCode, *, count: int = 0, room: int = 0) -> Finding:
        return Finding(code, (forum.name,), forum.slug, forum.unit, count, room)

    length = int(forum.duration.total_seconds()) // 60
    core = clock(year.core_time[1]) - clock(year.core_time[0])
    if forum.starts is None and not forum.cadence.time_ranges and length > core:
        yield found(FindingCode.LONGER_THAN_DAY, count=length, room=core)
    low, high = forum.min_gap_days, forum.max_gap_days
    if low is not None and high is not None and low > high:
        yield found(FindingCode.GAPS_CROSS, count=low, room=high)
    demand = demand_of(year, forum)
    if isinstance(demand, NoDates):
        return
    if isinstance(demand, Grid):
        wanted, room = forum.cadence.count_min or 1, _days_in_turn(forum.cadence)
        if wanted > room:
            yield found(FindingCode.TOO_MANY, count=wanted, room=room)
            return
        own_dates = {day for dates in demand.options for day in dates}
        if not any(closed.by(forum, day) is None for day in own_dates):
            yield found(FindingCode.ALL_CLOSED)
        return
    test = may_fall_on(year, forum)
    rooms = [
        (window, [day for day in days_of(_span(window)) if test(day) and not closed.by(forum, day)])
        for window in demand
    ]
    if not any(days for _, days in rooms):
        yield found(FindingCode.ALL_CLOSED)
        return
    window, days = max(rooms, key=lambda room: len(room[1]))
    if window.least > len(days):
        yield found(FindingCode.TOO_MANY, count=window.least, room=len(days))
    elif low is not None and (fits := _apart(days, low)) < window.least:
        yield found(FindingCode.TOO_FAR_APART, count=window.least, room=fits)


def _days_in_turn(cadence: Cadence) -> int:
    """Return on how many working days a rhythm could meet each time it comes round."""
    each = {CadenceUnit.DAY: 1, CadenceUnit.WEEK: 5}
    return each.get(cadence.unit or CadenceUnit.MONTH, 23) * (cadence.interval or 1)


def _apart(days: list[date], gap: int) -> int:
    """Count how many of the days can be chosen at least a gap apart."""
    count, last = 0, None
    for day in days:
        if last is None or (day - last).days >= gap:
            count, last = count + 1, day
    return count


def _span(window: Window) -> tuple[date, date]:
    return (window.starts_on, window.ends_on)


def _circles(year: YearInput) -> Iterator[Finding]:
    names = {forum.slug: forum.name for forum in year.forums}
    follows: dict[str, list[str]] = {}
    for link in year.links:
        if link.kind is not LinkKind.AGENDA_ITEM:
            follows.setdefault(link.source, []).append(link.target)
    done: set[str] = set()
    for start in sorted(follows):
        path = _circle_from(start, follows, done)
        if path:
            yield Finding(
                FindingCode.LINK_CIRCLE, tuple(names.get(slug, slug) for slug in path), path[0]
            )


def _circle_from(start: str, follows: dict[str, list[str]], done: set[str]) -> list[str]:
    """Walk the links from a forum; return the first circle met, each circle only once."""
    path: list[str] = []

    def walk(slug: str) -> list[str]:
        if slug in path:
            return path[path.index(slug) :]
        if slug in done:
            return []
        path.append(slug)
        for target in sorted(follows.get(slug, ())):
            circle = walk(target)
            if circle:
                return circle
        path.pop()
        done.add(slug)
        return []

    circle = walk(start)
    done.update(path)
    return circle


def _without_source(year: YearInput) -> Iterator[Finding]:
    names = {forum.slug: forum.name for forum in year.forums}
    dated = {forum.slug for forum in year.forums if not isinstance(demand_of(year, forum), NoDates)}
    dated |= {meeting.forum for meeting in year.fixed if meeting.forum is not None}
    dated |= {past.forum for past in year.last_year}
    for link in year.links:
        if link.kind is LinkKind.AGENDA_ITEM or link.target not in dated:
            continue
        if link.source not in dated:
            yield Finding(
                FindingCode.LINK_WITHOUT_SOURCE,
                (names.get(link.target, link.target), names.get(link.source, link.source)),
                link.target,
            )
