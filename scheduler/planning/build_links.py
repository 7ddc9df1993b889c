"""Links between forums, as links between series and the days that stand fast."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.domain.enums import LinkKind
from scheduler.planning.inputs import FixedMeeting, FixedWhy, YearInput
from scheduler.planning.problem import Link, Placed, Series

__all__ = ["days_of_forum", "links_between"]


def links_between(
    year: YearInput, series: list[Series], rhythms: list[Placed], kept: tuple[FixedMeeting, ...]
) -> Iterable[Link]:
    """Give the links that move dates. One whose source has no dates at all may have no days."""
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
            source_days = days_of_forum(year, rhythms, kept, link.source, scope)
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


def days_of_forum(
    year: YearInput,
    rhythms: list[Placed],
    kept: tuple[FixedMeeting, ...],
    slug: str,
    scope: frozenset[str | None],
) -> set[int]:
    """Return the days of a forum that stand fast, those of last year too."""
    days = {p.day for p in rhythms if p.forum.slug == slug and p.forum.unit in scope}
    for meeting in kept:
        stands = meeting.why is not FixedWhy.CANCELLED
        if meeting.forum == slug and meeting.unit in scope and stands:
            days.add(meeting.date.toordinal())
    for past in year.last_year:
        if past.forum == slug and past.unit in scope:
            days.add(past.date.toordinal())
    return days


def _indexes(series: list[Series], slug: str, scope: frozenset[str | None]) -> tuple[int, ...]:
    return tuple(s.index for s in series if s.forum.slug == slug and s.forum.unit in scope)
