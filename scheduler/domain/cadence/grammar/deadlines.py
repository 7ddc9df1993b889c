"""Grammar of deadlines: "innen 1. mars", "senest uke 40", "innen utgangen av året"."""

from __future__ import annotations

from calendar import monthrange

from scheduler.domain.cadence.elements import Day, Deadline, Element, Fault, MonthlyDay, Months
from scheduler.domain.cadence.grammar.calendar import (
    date_at,
    months_at,
    seasons_at,
    weeks_at,
    years_at,
)
from scheduler.domain.cadence.grammar.days import monthly_day_at
from scheduler.domain.cadence.grammar.numbers import ordinal_at
from scheduler.domain.cadence.kinds import CadenceUnit
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["deadline_at", "numbered_period_at"]

_LEAP_YEAR = 2025
_FEASTS = {"christmas": (12, 24), "new_year": (12, 31)}
_LONGEST_SUBJECT = 8
_PARTS = {CadenceUnit.QUARTER: 3, CadenceUnit.TERTIAL: 4, CadenceUnit.HALF_YEAR: 6}


def deadline_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """A day, month, week, season or year by which something is done."""
    if not words.has_any(i, Sort.BY, Sort.BEFORE):
        return None
    by = words.has(i, Sort.BY)
    j = i + 1
    while j < i + 5 and (
        words.has_any(j, Sort.BY, Sort.COLON, Sort.BEFORE)
        or words.text(j) in {"er", "til", "den", "for", "i", "på"}
    ):
        j += 1
    if by and words.text(i).startswith("frist"):
        j = _past_subject(words, j)
    return (
        _end_of(words, j)
        or _on_day(words, j)
        or _feast(words, j)
        or (_loose(words, j) if by else _month_only(words, j))
    )


def _past_subject(words: Lexemes, i: int) -> int:
    """Past what the "frist" is for, up to its "er": "frist for innmelding er 31. januar"."""
    for j in range(i, i + _LONGEST_SUBJECT):
        if words.text(j) in {"er", "blir", "vert", "settes"} or words.has(j, Sort.COLON):
            return j + 1
        if words.has_any(j, Sort.BREAK, Sort.DOT, Sort.NUMBER, Sort.END):
            break
    return i


def numbered_period_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "1. kvartal", "andre halvår", "2. tertial": the months of it."""
    found = ordinal_at(words, i)
    if found is None:
        return None
    number, j = found
    unit = words.value(j, Sort.UNIT)
    length = _PARTS.get(unit) if unit is not None else None
    if length is None or (words.text(i + 1) == words.text(j) and words[i].digits):
        return None
    number = 12 // length if number == -1 else number
    if not 1 <= number <= 12 // length:
        return None
    first = (number - 1) * length + 1
    return Months(tuple(range(first, first + length)), span=True), j + 1


def _end_of(words: Lexemes, i: int) -> tuple[Element, int] | None:
    part = words.value(i, Sort.END_OF)
    if part is None:
        return None
    j = i + 1
    every = False
    while j < i + 4 and (
        words.has_any(j, Sort.EVERY, Sort.ARTICLE) or words.text(j) in {"av", "inneværende", "på"}
    ):
        every = every or words.has(j, Sort.EVERY)
        j += 1
    months = numbered_period_at(words, j) or months_at(words, j)
    if months is not None and isinstance(months[0], Months):
        month = months[0].months[-1]
        day = monthrange(_LEAP_YEAR, month)[1] if part == "end" else None
        return Deadline(months[0], month=month, day=day), months[1]
    unit = words.value(j, Sort.UNIT)
    if unit is CadenceUnit.WEEK and words[j + 1].digits:
        return weeks_at(words, j)
    if unit is CadenceUnit.YEAR and not words.has(j, Sort.SCHOOL_YEAR):
        yearly = CadenceUnit.YEAR if every else None
        return Deadline(None, month=12, day=31, every=yearly), j + 1
    if unit is not None:
        return Deadline(None, anchor=words.text(j), every=unit if every else None), j + 1
    year = years_at(words, j)
    if year is not None:
        return Deadline(year[0], month=12, day=31), year[1]
    season = seasons_at(words, j)
    if season is not None:
        return Deadline(season[0]), season[1]
    return None


def _on_day(words: Lexemes, i: int) -> tuple[Element, int] | None:
    monthly = monthly_day_at(words, i)
    if monthly is not None:
        return _deadline(monthly)
    day = date_at(words, i, strict=False)
    if day is None:
        return _bare_day(words, i)
    if isinstance(day[0], Day):
        return Deadline(day[0], month=day[0].month, day=day[0].day), day[1]
    return day


def _bare_day(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """The "den 10." of "månedlig innen den 10."."""
    if (
        not words.text(i - 1).endswith("den")
        or not words[i].digits
        or not words.has(i + 1, Sort.DOT)
    ):
        return None
    day = words.value(i, Sort.NUMBER)
    if not 1 <= day <= 31 or words.has(i + 2, Sort.WEEKDAY):
        return None
    return Deadline(MonthlyDay(day)), i + 2


def _feast(words: Lexemes, i: int) -> tuple[Element, int] | None:
    feast = words.value(i, Sort.FEAST) or words.value(i, Sort.HOLIDAY)
    if feast is None:
        return None
    month, day = _FEASTS.get(feast, (None, None))
    return Deadline(None, month=month, day=day, anchor=str(feast)), i + 1


def _month_only(words: Lexemes, i: int) -> tuple[Element, int] | None:
    months = months_at(words, i)
    if months is None or not isinstance(months[0], Months):
        return None
    return Deadline(months[0], month=months[0].months[-1]), months[1]


def _loose(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """Targets that only "innen" or "senest" makes a deadline of."""
    numbered = numbered_period_at(words, i)
    if numbered is not None and isinstance(numbered[0], Months):
        month = numbered[0].months[-1]
        day = monthrange(_LEAP_YEAR, month)[1]
        return Deadline(numbered[0], month=month, day=day), numbered[1]
    found = _month_only(words, i)
    if found is not None:
        return found
    target = weeks_at(words, i) or seasons_at(words, i) or years_at(words, i)
    return _deadline(target) if target is not None else None


def _deadline(found: tuple[Element, int]) -> tuple[Element, int]:
    element, after = found
    return (element if isinstance(element, Fault) else Deadline(element)), after
