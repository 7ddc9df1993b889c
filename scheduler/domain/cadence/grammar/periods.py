"""Grammar of periods: "i året", "pr mnd", "hvert tredje år", "annenhver uke", "månedlig"."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.domain.cadence.elements import Element, Fault, Period
from scheduler.domain.cadence.grammar.numbers import ordinal_at, range_at
from scheduler.domain.cadence.kinds import CadenceUnit
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Ambiguity, Problem, ProblemCode
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["period_at"]

_LONGEST = 1000
_WEEK = 7
_POSSESSIVE = {"sitt", "sin", "det", "den", "deira", "deres", "vårt", "vår", "dei", "sine", "i"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit word: the unit, how many of it (a council period is four years)."""

    unit: CadenceUnit
    times: int
    school_year: bool
    after: int


def period_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """A period that a count is for, or that something happens in every time."""
    return (
        _adverb(words, i)
        or _every_other(words, i)
        or _every(words, i)
        or _per(words, i)
        or _gap(words, i)
    )


def _adverb(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "månedlig", "14-daglig", and a period in a name ("tertialrapport")."""
    rhythm = words.value(i, Sort.RHYTHM)
    if rhythm is not None:
        if rhythm[0] is CadenceUnit.DAY and words.text(i - 1) in _POSSESSIVE:
            return None
        return Period(rhythm[0], rhythm[1], each=True), i + 1
    named = words.value(i, Sort.NAMED_PERIOD)
    if named is not None:
        return Period(named, each=True, implied=True), i + 1
    if words[i].digits:
        j = i + 2 if words.has(i + 1, Sort.DASH) else i + 1
        rhythm = words.value(j, Sort.RHYTHM)
        counted = (CadenceUnit.DAY, CadenceUnit.WEEK, CadenceUnit.YEAR)
        joined = words.has(i + 1, Sort.DASH) or (rhythm and rhythm[0] is CadenceUnit.DAY)
        if rhythm is not None and rhythm[0] in counted and joined:
            return _period(rhythm[0], words.value(i, Sort.NUMBER), j + 1)
    return None


def _every_other(words: Lexemes, i: int) -> tuple[Element, int] | None:
    if not words.has(i, Sort.EVERY_OTHER):
        return None
    unit = _unit_at(words, i + 1)
    return _period(unit.unit, 2 * unit.times, unit.after) if unit is not None else None


def _every(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "hver uke", "hver 14. dag", "hvert tredje år", "hver 6.-8. uke"."""
    if not words.has(i, Sort.EVERY):
        return None
    j = i + 1
    if words.has(j, Sort.APPROX):
        j += 1
    unit = _unit_at(words, j)
    if unit is not None:
        return _period(unit.unit, unit.times, unit.after, school_year=unit.school_year)
    if words.has(j, Sort.PART_OF_DAY) and not words.has(j, Sort.WEEKDAY):
        return Period(CadenceUnit.DAY, each=True), j
    if words.has(j, Sort.OTHER):
        unit = _unit_at(words, j + 1)
        if unit is not None:
            return _period(unit.unit, 2 * unit.times, unit.after)
    return _nth(words, j)


def _nth(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """The "14. dag" of "hver 14. dag", perhaps with a second number."""
    first = ordinal_at(words, i) or _plain_number(words, i)
    if first is None:
        return None
    interval, j = first
    longest = None
    if words.has_any(j, Sort.DASH, Sort.TO, Sort.OR, Sort.SLASH):
        second = ordinal_at(words, j + 1) or _plain_number(words, j + 1)
        if second is not None:
            longest, j = second
    unit = _unit_at(words, j)
    if unit is None or interval < 0:
        return None
    return _period(unit.unit, interval * unit.times, unit.after, longest=longest)


def _plain_number(words: Lexemes, i: int) -> tuple[int, int] | None:
    value = words.value(i, Sort.NUMBER)
    return (value, i + 1) if value is not None else None


def _per(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "i året", "pr. mnd", "/uke", "i løpet av hvert semester", "per 14 dager"."""
    kind = words.value(i, Sort.PER)
    if kind is None:
        return None
    j = i + 1
    if words.has(j, Sort.DOT) and not words[j].gap:
        j += 1
    if words.has_any(j, Sort.EVERY, Sort.EVERY_OTHER):
        found = _every_other(words, j) or _every(words, j)
        if found is not None:
            return found
        j += 1
    while j < i + 4 and words.text(j) in {
        "det",
        "den",
        "et",
        "ett",
        "en",
        "eit",
        "ei",
        "hele",
        "heile",
    }:
        j += 1
    unit = _unit_at(words, j)
    if unit is not None:
        if kind == "in" and words.text(j) == "dag":
            return None
        if unit.unit is CadenceUnit.WEEK and _is_week_number(words, unit.after) and kind == "in":
            return None
        doubt = (
            Ambiguity.THIS_YEAR_OR_EVERY
            if kind == "in" and words.text(j) == "år" and words.text(i) == "i"
            else None
        )
        each = words.has(i, Sort.EVERY)
        return (
            Period(
                unit.unit,
                unit.times,
                each=each,
                bare=kind == "per",
                school_year=unit.school_year,
                ambiguity=doubt,
            ),
            unit.after,
        )
    if kind != "in":
        counted = _plain_number(words, j)
        unit = _unit_at(words, counted[1]) if counted is not None else None
        if counted is not None and unit is not None:
            return _period(unit.unit, counted[0] * unit.times, unit.after)
        if counted is not None and words.has(counted[1], Sort.DOT):
            return _nth(words, j)
    return None


def _is_week_number(words: Lexemes, i: int) -> bool:
    return words[i].digits and not words.has_any(i + 1, Sort.TIMES, Sort.EVENT)


def _gap(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "med 6 ukers mellomrom", "4 uker mellom hvert møte", "3. hver uke"."""
    if not words.has_any(i, Sort.NUMBER, Sort.ORDINAL):
        return None
    nth = ordinal_at(words, i)
    if nth is not None and words.has(nth[1], Sort.EVERY):
        unit = _unit_at(words, nth[1] + 1)
        if unit is not None and nth[0] > 0:
            return _period(unit.unit, nth[0] * unit.times, unit.after)
    found = range_at(words, i)
    if found is None:
        return None
    low, high, j = found
    unit = _unit_at(words, j)
    if unit is None:
        return None
    after = unit.after
    if words.text(after) == "'" or words.has(after, Sort.DASH):
        after += 1
    if not words.has(after, Sort.GAP):
        return None
    longest = high if high != low else None
    return _period(unit.unit, low * unit.times, after + 1, longest=longest)


def _unit_at(words: Lexemes, i: int) -> _Unit | None:
    school_year = words.has(i, Sort.SCHOOL_YEAR)
    unit = words.value(i, Sort.UNIT)
    if unit is not None:
        return _Unit(unit, 1, school_year, i + 1)
    if words.has(i, Sort.DAYS) and not words.has(i, Sort.WORKDAYS):
        return _Unit(CadenceUnit.DAY, 1, False, i + 1)
    years = words.value(i, Sort.COUNCIL_PERIOD)
    if years is not None:
        return _Unit(CadenceUnit.YEAR, years, False, i + 1)
    return None


def _period(
    unit: CadenceUnit,
    interval: int,
    after: int,
    *,
    longest: int | None = None,
    school_year: bool = False,
) -> tuple[Element, int]:
    """A period that comes every n-th time; whole weeks in days are told in weeks."""
    if interval < 1:
        return Fault(Problem(ProblemCode.INTERVAL_ZERO, (interval,))), after
    if interval > _LONGEST or (longest or 0) > _LONGEST:
        return Fault(Problem(ProblemCode.INTERVAL_TOO_LARGE, (interval,))), after
    if longest is not None and longest < interval:
        return Fault(Problem(ProblemCode.RANGE_REVERSED, (interval, longest))), after
    doubt = None
    if unit is CadenceUnit.DAY and interval % _WEEK == 0 and not (longest or 0) % _WEEK:
        unit, interval = CadenceUnit.WEEK, interval // _WEEK
        longest = longest // _WEEK if longest is not None else None
    return (
        Period(unit, interval, longest, each=True, school_year=school_year, ambiguity=doubt),
        after,
    )
