"""Grammar of several days: "1. mars til 15. april", "1.-15. mars", "1. og 15. mars"."""

from __future__ import annotations

from calendar import monthrange

from scheduler.domain.cadence.elements import Day, DaySpan, Element, Fault
from scheduler.domain.cadence.grammar.calendar import date_at
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Problem, ProblemCode
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["day_span_at", "shared_month_at"]

_MOST_DAYS = 6
_LEAP_YEAR = 2024


def day_span_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """Two days with a dash, "til" or "mellom ... og" between; a bare first day has the month."""
    j = i
    between = False
    while j < i + 2 and words.has_any(j, Sort.BETWEEN, Sort.FROM, Sort.BY):
        if words.has(j, Sort.BY):
            return None
        between = between or words.has(j, Sort.BETWEEN)
        j += 1
    if words.text(j) == "den":
        j += 1
    first = date_at(words, j)
    k = first[1] if first is not None else _past_bare_day(words, j)
    if k is None:
        return None
    after = _past_separator(words, k, between=between)
    last = date_at(words, after) if after > k else None
    if last is None:
        return None
    if not isinstance(last[0], Day):
        return last
    start = first[0] if first is not None else _with_month_of(words, j, last[0])
    return (DaySpan(start, last[0]) if isinstance(start, Day) else start), last[1]


def shared_month_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """The "1." of "1. og 15. mars", whose month is told with the last of the days."""
    after = j = _past_bare_day(words, i)
    for _ in range(_MOST_DAYS):
        if after is None or j is None or not words.has(j - 1, Sort.DOT):
            return None
        first = j
        while words.has_any(j, Sort.COMMA, Sort.AND):
            j += 1
        last = date_at(words, j) if j > first else None
        if last is not None:
            if not isinstance(last[0], Day):
                return last
            day = Day(last[0].month, words.value(i, Sort.NUMBER), last[0].year)
            return _checked(day), after
        j = _past_bare_day(words, j)
    return None


def _checked(day: Day) -> Element:
    if day.day <= monthrange(day.year or _LEAP_YEAR, day.month)[1]:
        return day
    return Fault(Problem(ProblemCode.IMPOSSIBLE_DATE, (day.day, day.month)))


def _past_bare_day(words: Lexemes, i: int) -> int | None:
    """The place after the "1." of "1.-15. mars"."""
    if not words[i].digits or not 1 <= words.value(i, Sort.NUMBER) <= 31:
        return None
    return i + 2 if words.has(i + 1, Sort.DOT) else i + 1


def _past_separator(words: Lexemes, i: int, *, between: bool) -> int:
    j = i
    while j < i + 2 and words.has_any(j, Sort.DASH, Sort.TO):
        j += 1
    if j == i and between and words.has(j, Sort.AND):
        j += 1
    return j + 1 if j > i and words.text(j) == "den" else j


def _with_month_of(words: Lexemes, i: int, last: Day) -> Element:
    day: int = words.value(i, Sort.NUMBER)
    # "28.-3. mars" starts in February: the day before the last stands in the month before.
    month = last.month if day <= last.day else (last.month - 2) % 12 + 1
    return _checked(Day(month, day, last.year))
