"""Which days are closed for a forum, and by what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from scheduler.domain.enums import ClosedKind
from scheduler.planning.inputs import ClosedSpan, ForumInput, YearInput
from scheduler.planning.periods import days_of

__all__ = ["ClosedDays"]

_Heeds = tuple[frozenset[ClosedKind], tuple[tuple[date, date], ...]]


class ClosedDays:
    """The closed days of a period, looked up by forum."""

    def __init__(self, year: YearInput) -> None:
        self._spans: dict[date, list[ClosedSpan]] = {}
        for span in year.closed:
            first, last = max(span.starts_on, year.starts_on), min(span.ends_on, year.ends_on)
            for day in days_of((first, last)):
                self._spans.setdefault(day, []).append(span)
        self._known: dict[_Heeds, dict[date, ClosedSpan]] = {}

    def by(self, forum: ForumInput, day: date) -> ClosedSpan | None:
        """Return what closes the day for the forum, or None when it is open.

        The forum's own exclusions count as a local closed period without a name. When several
        close it, the most particular is given: a public holiday before a school break.
        """
        return self.of(forum).get(day)

    def of(self, forum: ForumInput) -> Mapping[date, ClosedSpan]:
        """Return every closed day of the forum with what closes it."""
        kinds = forum.closed_kinds
        if forum.cadence.except_holidays:
            kinds |= {ClosedKind.SCHOOL_BREAK}
        heeds = (kinds, forum.exclusions)
        known = self._known.get(heeds)
        if known is None:
            known = self._known[heeds] = self._closed(kinds, forum.exclusions)
        return known

    def _closed(
        self, kinds: frozenset[ClosedKind], exclusions: tuple[tuple[date, date], ...]
    ) -> dict[date, ClosedSpan]:
        closed: dict[date, ClosedSpan] = {}
        for first, last in reversed(exclusions):
            span = ClosedSpan(first, last, ClosedKind.LOCAL, "")
            closed.update(dict.fromkeys(days_of((first, last)), span))
        for day, spans in self._spans.items():
            heeded = [span for span in spans if span.kind in kinds]
            public = (span for span in heeded if span.kind is ClosedKind.PUBLIC_HOLIDAY)
            if heeded:
                closed[day] = next(public, heeded[0])
        return closed
