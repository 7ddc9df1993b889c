"""Deadlines of cases, as spans in which one of some series must have a meeting."""

from __future__ import annotations

from collections.abc import Iterable

from scheduler.planning.build_links import days_of_forum
from scheduler.planning.inputs import DeadlineInput, FixedMeeting, YearInput
from scheduler.planning.problem import Deadline, Placed, Series
from scheduler.planning.proposal import Note
from scheduler.planning.reasons import Reason, ReasonCode

__all__ = ["deadlines_between"]


def deadlines_between(
    year: YearInput, series: list[Series], rhythms: list[Placed], kept: tuple[FixedMeeting, ...]
) -> Iterable[Deadline | Note]:
    """Give the deadlines that move dates, and a note for each that no date can be moved for.

    One that is over, or whose forum has no meetings that we plan, asks nothing.
    """
    for given in year.deadlines:
        if given.due_on < year.first_day:
            continue
        scope = _scope(year, given)
        first, last = given.first_day.toordinal(), given.due_on.toordinal()
        stand = days_of_forum(year, rhythms, kept, given.forum, scope)
        if any(first <= day <= last for day in stand):
            continue
        sources = tuple(
            one.index
            for one in series
            if one.forum.slug == given.forum and one.forum.unit in scope and any(one.most)
        )
        if sources:
            yield Deadline(given, first, last, sources)
        elif any(year.starts_on.toordinal() <= day for day in stand):
            reason = Reason(
                ReasonCode.DEADLINE_NOT_KEPT, on=given.due_on, name=given.words, days=given.days
            )
            yield Note(given.forum, given.unit, (reason,))


def _scope(year: YearInput, given: DeadlineInput) -> frozenset[str | None]:
    if given.unit is not None:
        return frozenset({given.unit})
    return frozenset(one.unit for one in year.forums if one.slug == given.forum)
