"""Grammar of the calendar: week numbers, months, seasons, dates, years, exceptions."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable

from scheduler.domain.cadence.elements import (
    Day,
    Element,
    Exclusion,
    Fault,
    Months,
    Seasons,
    StatusDay,
    Weeks,
    Years,
)
from scheduler.domain.cadence.grammar.days import weekday_list_at
from scheduler.domain.cadence.grammar.numbers import LONGEST_LIST
from scheduler.domain.cadence.kinds import CadenceUnit
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Problem, ProblemCode
from scheduler.domain.cadence.vocabulary import Sort

__all__ = [
    "date_at",
    "exclusion_at",
    "months_at",
    "seasons_at",
    "status_day_at",
    "weeks_at",
    "year_number_at",
    "years_at",
]

_LAST_WEEK = 53
_LEAP_YEAR = 2024
_MINUTES = {"00", "15", "30", "45"}
_EARLIEST, _LATEST = 1900, 2199


def weeks_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "uke 4-7", "veke 41", "uke 10, 20 og 40"; a span over New Year is written out."""
    if words.value(i, Sort.UNIT) is not CadenceUnit.WEEK:
        return None
    j = i + 2 if words.has(i + 1, Sort.NUMBERED) else i + 1
    if not words[j].digits or words.has_any(j + 1, Sort.TIMES, Sort.EVENT):
        return None
    return _number_list(words, j, high=_LAST_WEEK, build=_weeks)


def months_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """Months one by one or as a span, perhaps with the part of the month."""
    j = i
    every = words.has(j, Sort.EVERY)
    if every:
        j += 1
    part = words.value(j, Sort.END_OF)
    if part is not None:
        j += 1
        if words.text(j) in {"av", "i"}:
            j += 1
    elif words.has(j, Sort.BETWEEN):
        j += 1
    first = words.value(j, Sort.MONTH)
    if first is None:
        return None
    months, span = [first], False
    j += 1
    while len(months) < LONGEST_LIST:
        k = j
        spanning = alternative = False
        while k < j + 3 and words.has_any(
            k, Sort.DASH, Sort.TO, Sort.COMMA, Sort.AND, Sort.SLASH, Sort.OR
        ):
            spanning = spanning or words.has_any(k, Sort.DASH, Sort.TO)
            alternative = alternative or words.has_any(k, Sort.SLASH, Sort.OR)
            k += 1
        if words.has(i, Sort.BETWEEN):
            spanning = True
        while k < j + 4 and words.has(k, Sort.END_OF):
            k += 1
        following = words.value(k, Sort.MONTH)
        if following is None or k == j:
            break
        span = span or spanning or alternative
        months.extend(_circle(months[-1], following, 12) if spanning else (following,))
        j = k + 1
    return Months(tuple(dict.fromkeys(months)), span, part, every), j


def seasons_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """Seasons by name; "vår" alone is "our" unless something shows that it is not."""
    j = i
    every = words.has(j, Sort.EVERY)
    if every:
        j += 1
    part = words.value(j, Sort.END_OF)
    if part is not None:
        j += 1
    if words.text(j) in {"tidlig", "sein", "sen", "tidleg"}:
        j += 1
    first = words.value(j, Sort.SEASON)
    if first is None:
        return None
    seasons, span = [first], False
    start, j = j, j + 1
    while len(seasons) < 4:
        k = j
        while k < j + 3 and (
            words.has_any(k, Sort.AND, Sort.SLASH, Sort.COMMA, Sort.DASH, Sort.OR)
            or (k > j and words.has_any(k, Sort.EVERY, Sort.PER, Sort.ARTICLE))
        ):
            span = span or words.has_any(k, Sort.SLASH, Sort.OR)
            k += 1
        following = words.value(k, Sort.SEASON)
        if following is None or k == j:
            break
        seasons.append(following)
        j = k + 1
    bare = words.text(start) == "vår" and len(seasons) == 1 and not every and j < len(words)
    shown = year_number_at(words, j) is not None or words.has_any(
        j, Sort.COMMA, Sort.DOT, Sort.BREAK, Sort.CLOSE
    )
    if bare and not shown:
        return None
    return Seasons(tuple(dict.fromkeys(seasons)), every, span, part), j


def date_at(words: Lexemes, i: int, *, strict: bool = True) -> tuple[Element, int] | None:
    """ "1. mars 2026", "01.03.2026", "2026-03-01"; digits alone ("1.3") only when not strict."""
    j = i
    weekday = weekday_list_at(words, j)
    if weekday is not None:
        j = weekday[1]
        if words.has(j, Sort.COMMA):
            j += 1
    if words.text(j) in {"den", "dato"}:
        j += 1
    found = _named_date(words, j)
    if found is None:
        timed = words.text(j + 2) in _MINUTES or words.has_any(j + 3, Sort.DASH, Sort.TO)
        found = _digit_date(words, j, strict=strict and (weekday is None or timed))
    if found is None:
        return None
    day, month, year, after = found
    if month == 0 or month > 12:
        return Fault(Problem(ProblemCode.IMPOSSIBLE_DATE, (day, month))), after
    if not 1 <= day <= monthrange(year or _LEAP_YEAR, month)[1]:
        values = (day, month) if year is None else (day, month, year)
        return Fault(Problem(ProblemCode.IMPOSSIBLE_DATE, values)), after
    return Day(month, day, year), after


def status_day_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "per 30. april", "pr 31.08": the day that figures are from."""
    if words.value(i, Sort.PER) != "per" or words.has(i, Sort.SLASH):
        return None
    found = date_at(words, i + 1, strict=False)
    if found is None:
        return None
    if isinstance(found[0], Day):
        return StatusDay(found[0]), found[1]
    return found


def years_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """A year or a span of years."""
    first = year_number_at(words, i)
    if first is None:
        return None
    if words.has_any(i + 1, Sort.DASH, Sort.TO, Sort.SLASH):
        last = year_number_at(words, i + 2)
        if last is not None and last >= first:
            return Years(first, last), i + 3
        if words.has(i + 1, Sort.SLASH) and words[i + 2].digits and len(words.text(i + 2)) == 2:
            return Years(first, first // 100 * 100 + words.value(i + 2, Sort.NUMBER)), i + 3
    return Years(first), i + 1


def year_number_at(words: Lexemes, i: int) -> int | None:
    """Four digits that can be a year."""
    value: int | None = words.value(i, Sort.NUMBER)
    if value is None or not words[i].digits or len(words.text(i)) != 4:
        return None
    return value if _EARLIEST <= value <= _LATEST else None


def exclusion_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "unntatt juli", "utenom skoleferiene", "ikke i uke 8"."""
    if not words.has(i, Sort.EXCEPT):
        return None
    j = i + 1
    while j < i + 4 and words.text(j) in {"i", "for", "av", "på", "de", "om", "frå", "fra"}:
        j += 1
    months = months_at(words, j)
    if months is not None and isinstance(months[0], Months):
        return Exclusion(months=months[0].months), months[1]
    weeks = weeks_at(words, j)
    if weeks is not None and isinstance(weeks[0], Weeks):
        return Exclusion(weeks=weeks[0].weeks), weeks[1]
    if words.has_any(j, Sort.HOLIDAY, Sort.FEAST):
        after = j + 1
        while after < j + 8 and words.has_any(
            after, Sort.AND, Sort.COMMA, Sort.HOLIDAY, Sort.FEAST
        ):
            after += 1
        return Exclusion(holidays=True), after
    season = words.value(j, Sort.SEASON)
    if season is not None:
        return Exclusion(holidays=True), j + 1
    return None


def _named_date(words: Lexemes, i: int) -> tuple[int, int, int | None, int] | None:
    """ "1. mars 2026", "1 mars", "første mars" without a year or with one."""
    if words[i].digits:
        day = words.value(i, Sort.NUMBER)
        j = i + 2 if words.has(i + 1, Sort.DOT) else i + 1
    elif words.has(i, Sort.ORDINAL) and words.value(i, Sort.ORDINAL) > 0:
        day, j = words.value(i, Sort.ORDINAL), i + 1
    else:
        return None
    month = words.value(j, Sort.MONTH)
    if month is None:
        return None
    year = year_number_at(words, j + 1)
    return day, month, year, j + 2 if year is not None else j + 1


def _digit_date(words: Lexemes, i: int, *, strict: bool) -> tuple[int, int, int | None, int] | None:
    """ "01.03.2026", "1.3.", "31/12", "2026-03-01"."""
    if not words[i].digits:
        return None
    mark = words[i + 1].senses
    second = words[i + 2]
    if not second.digits or (second.gap and words[i + 1].gap):
        return None
    year = year_number_at(words, i)
    if year is not None:
        if Sort.DASH not in mark or not words.has(i + 3, Sort.DASH) or not words[i + 4].digits:
            return None
        return words.value(i + 4, Sort.NUMBER), words.value(i + 2, Sort.NUMBER), year, i + 5
    if Sort.DOT not in mark and Sort.SLASH not in mark:
        return None
    day, month = words.value(i, Sort.NUMBER), words.value(i + 2, Sort.NUMBER)
    after = i + 3
    if words.has_any(after, Sort.DOT, Sort.SLASH, Sort.DASH) and words[after + 1].digits:
        year = year_number_at(words, after + 1)
        alike = words.text(after) == words.text(i + 1) and not words[after + 1].gap
        if year is None and alike and len(words.text(after + 1)) == 2:
            year = 2000 + words.value(after + 1, Sort.NUMBER)
        if year is not None:
            return day, month, year, after + 2
    if strict or second.gap or words[i + 1].gap:
        return None
    if words.has(after, Sort.DOT) and not words[after].gap:
        after += 1
    return day, month, None, after


def _number_list(
    words: Lexemes,
    i: int,
    *,
    high: int,
    build: Callable[[tuple[int, ...], bool], Element],
) -> tuple[Element, int]:
    """Digits with separators; spans are written out, in a circle from `high` to 1."""
    values, span = [words.value(i, Sort.NUMBER)], False
    j = i + 1
    if words.has(j, Sort.DOT) and words.has_any(j + 1, Sort.DASH, Sort.AND, Sort.COMMA):
        j += 1
    fault = _week_fault(values[0])
    while len(values) < LONGEST_LIST and fault is None:
        k, spanning = j, False
        while k < j + 3 and words.has_any(
            k, Sort.DASH, Sort.TO, Sort.COMMA, Sort.AND, Sort.SLASH, Sort.OR
        ):
            spanning = spanning or words.has_any(k, Sort.DASH, Sort.TO)
            k += 1
        if k > j and words.value(k, Sort.UNIT) is CadenceUnit.WEEK:
            k += 1
        if k == j or not words[k].digits or year_number_at(words, k) is not None:
            break
        if words.has_any(k + 1, Sort.TIMES, Sort.EVENT, Sort.UNIT, Sort.COLON, Sort.DAYS):
            break
        value = words.value(k, Sort.NUMBER)
        fault = _week_fault(value)
        if fault is None and spanning and value < values[-1] and not (values[-1] > 40 > 15 > value):
            fault = Fault(Problem(ProblemCode.RANGE_REVERSED, (values[-1], value)))
        if fault is None:
            values.extend(_circle(values[-1], value, high - 1) if spanning else (value,))
            span = span or spanning
        j = k + 1
    return (fault or build(tuple(dict.fromkeys(values)), span)), j


def _weeks(values: tuple[int, ...], span: bool) -> Element:
    return Weeks(values, span)


def _week_fault(value: int) -> Fault | None:
    if 1 <= value <= _LAST_WEEK:
        return None
    return Fault(Problem(ProblemCode.IMPOSSIBLE_WEEK, (value,)))


def _circle(first: int, last: int, size: int) -> list[int]:
    """The numbers after the first up to the last, past the end of the year if need be."""
    if last >= first:
        return list(range(first + 1, last + 1))
    return [*range(first + 1, size + 1), *range(1, last + 1)]
