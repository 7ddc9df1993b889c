"""Which days are closed for a forum, and by what."""

from __future__ import annotations

from datetime import date

from scheduler.domain.enums import ClosedKind
from scheduler.planning.inputs import ClosedSpan, ForumInput, YearInput
from scheduler.planning.periods import days_of

__all__ = ["ClosedDays"]


class ClosedDays:
    """The closed days of a period, looked up by forum."""

    def __init__(self, year: YearInput) -> None:
        self._spans: dict[date, list[ClosedSpan]] = {}
        for span in year.closed:
            first, last = max(span.starts_on, year.starts_on), min(span.ends_on, year.ends_on)
            for day in days_of((first, last)):
                self._spans.setdefault(day, []).append(span)

    def by(self, forum: ForumInput, day: date) -> ClosedSpan | None:
        """Return what closes the day for the forum, or None when it is open.

        The forum's own exclusions count as a local closed period without a name. When several
        close it, the most particular is given: a public holiday before a school break.
        """
        for span in self._spans.get(day, ()):
            if span.kind is ClosedKind.PUBLIC_HOLIDAY and span.kind in forum.closed_kinds:
                return span
        for span in self._spans.get(day, ()):
            if span.kind in forum.closed_kinds or (
                forum.cadence.except_holidays and (span.kind is ClosedKind.SCHOOL_BREAK)
            ):
                return span
        for first, last in forum.exclusions:
            if first <= day <= last:
                return ClosedSpan(first, last, ClosedKind.LOCAL, "")
        return None
