"""Grammar of what is counted from something else: "10 dager før møtet", "innen to uker"."""

from __future__ import annotations

from scheduler.domain.cadence.elements import Element, Fault, Offset
from scheduler.domain.cadence.grammar.numbers import range_at
from scheduler.domain.cadence.kinds import CadenceUnit
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Problem, ProblemCode
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["offset_at"]

_LONGEST = 10_000
_DAYS_IN_MONTH = 30
_HOURS_IN_DAY = 24
_DEFINITE = {
    "dagen": 1,
    "døgnet": 1,
    "uka": 7,
    "uken": 7,
    "veka": 7,
    "veken": 7,
    "måneden": 30,
    "månaden": 30,
    "kvelden": 1,
    "virkedagen": 1,
}
_SOON = {"umiddelbart", "rett", "straks", "like", "snarest", "kort", "omgående"}


def offset_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """A distance before or after an anchor, or within which something is done."""
    return (
        _definite(words, i) or _counted(words, i) or _beside_meeting(words, i) or _first(words, i)
    )


def _definite(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "dagen før (møtet)", "uka etter", "samme dag som møtet"."""
    j = _past_bounds(words, i)
    if words.text(j) in {"samme", "same", "på"} and words.text(j + 1) in {"dag", "møtedagen"}:
        if words.text(j + 1) == "møtedagen" or words.text(j + 2) == "som":
            anchor, after = _anchor(words, j + 3 if words.text(j + 2) == "som" else j + 2)
            return Offset(days=0, anchor=anchor or "møte"), max(after, j + 2)
        return None
    days = _DEFINITE.get(words.text(j))
    if days is None or not words.has_any(j + 1, Sort.BEFORE, Sort.AFTER):
        return None
    sign = -1 if words.has(j + 1, Sort.BEFORE) else 1
    anchor, after = _anchor(words, j + 2)
    months = sign if days == _DAYS_IN_MONTH else None
    working = words.text(j) == "virkedagen"
    return Offset(days=sign * days, months=months, working=working, anchor=anchor), after


def _counted(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "10 dager før møtet", "innen 1-2 uker", "med 14 dagers varsel"."""
    by = False
    j = i
    while j < i + 4 and words.has_any(j, Sort.BY, Sort.MIN, Sort.MAX, Sort.APPROX, Sort.BETWEEN):
        by = by or words.has(j, Sort.BY)
        j += 1
    if words.text(j) in {"de", "dei", "første"}:
        return None
    found = range_at(words, j, between=True)
    if found is None:
        return None
    low, high, k = found
    if words.text(k) in {"hele", "heile", "full", "fulle"}:
        k += 1
    length = _length(words, k)
    if length is None:
        return None
    days, months, hours, working, k = length
    if words.text(k) in {"'"}:
        k += 1
    if words.text(k) in {"i", "på"} and words.has(k + 1, Sort.BEFORE):
        k += 1
    said = words.has_any(k, Sort.BEFORE, Sort.AFTER, Sort.NOTICE_TIME)
    if (said or by) and (high * (days or hours) > _LONGEST or low > high):
        code = ProblemCode.COUNT_REVERSED if low > high else ProblemCode.COUNT_TOO_LARGE
        return Fault(Problem(code, (low, high))), k
    if words.has_any(k, Sort.BEFORE, Sort.AFTER):
        sign = -1 if words.has(k, Sort.BEFORE) else 1
        after_hit = k + 1
        if words.has_any(after_hit, Sort.OR, Sort.AND) and words.has(after_hit + 1, Sort.AFTER):
            return None
        anchor, after = _anchor(words, after_hit)
        return (
            Offset(
                days=sign * high * days if not hours else sign * (high * hours // _HOURS_IN_DAY),
                months=sign * high * months if months else None,
                hours=sign * high * hours if hours else None,
                working=working,
                anchor=anchor,
            ),
            after,
        )
    if words.has(k, Sort.NOTICE_TIME):
        return Offset(days=-high * days, working=working, anchor="møte"), k + 1
    if not by or hours:
        return None
    if low < 1:
        return Fault(Problem(ProblemCode.COUNT_ZERO, (low, high))), k
    if months:
        return Offset(within_months=high * months), k
    span = (low * days,) if low == high else (low * days, high * days)
    return Offset(within_days=span, working=working), k


def _beside_meeting(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "før hvert møte", "rett etter møtet": beside a meeting, without a distance."""
    j = i
    soon = words.text(j) in _SOON
    if soon:
        j += 1
    if not words.has_any(j, Sort.BEFORE, Sort.AFTER):
        return None
    k = j + 1
    while k < j + 4 and words.has_any(k, Sort.EVERY, Sort.ARTICLE):
        k += 1
    if not (words.has(k, Sort.MEETING) or words.has(j, Sort.MEETING)):
        return None
    days = 0 if soon and words.has(j, Sort.AFTER) else None
    return Offset(days=days, anchor="møte"), k + 1


def _first(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "de første 6 månedene": within so long of what the sentence speaks of."""
    j = i
    while j < i + 3 and words.text(j) in {"i", "de", "dei", "innen", "den", "det", "løpet", "av"}:
        j += 1
    if words.value(j, Sort.ORDINAL) != 1:
        return None
    found = range_at(words, j + 1)
    if found is None:
        return None
    length = _length(words, found[2])
    if length is None:
        return None
    days, months, hours, _, after = length
    if hours or not 0 < found[1] * days <= _LONGEST:
        return None
    if months:
        return Offset(within_months=found[1] * months), after
    return Offset(within_days=(found[1] * days,)), after


def _length(words: Lexemes, i: int) -> tuple[int, int, int, bool, int] | None:
    """A unit as days, months, hours, whether working days, and the place after."""
    span = words.value(i, Sort.DAYS)
    if span is not None:
        return span[0], 0, 0, span[1], i + 1
    if words.has(i, Sort.HOUR):
        return 0, 0, 1, False, i + 1
    unit = words.value(i, Sort.UNIT)
    if unit is CadenceUnit.WEEK:
        return 7, 0, 0, False, i + 1
    if unit is CadenceUnit.MONTH:
        return _DAYS_IN_MONTH, 1, 0, False, i + 1
    if unit is CadenceUnit.YEAR:
        return 365, 12, 0, False, i + 1
    return None


def _past_bounds(words: Lexemes, i: int) -> int:
    j = i
    while j < i + 3 and words.has_any(j, Sort.BY, Sort.MIN, Sort.APPROX):
        j += 1
    return j


def _anchor(words: Lexemes, i: int) -> tuple[str | None, int]:
    """What is counted from, and the place after it."""
    j = i
    while j < i + 4 and (
        words.has_any(j, Sort.EVERY, Sort.ARTICLE)
        or words.text(j) in {"at", "et", "en", "selve", "sjølve"}
    ):
        j += 1
    if words.has(j, Sort.MEETING) or words.text(j).endswith(("møtet", "møte", "møta", "møter")):
        return "møte", j + 1
    word = words.text(j)
    if (
        len(word) >= 3
        and word[0].isalpha()
        and not words.has_any(j, Sort.BREAK, Sort.NUMBER, Sort.PER, Sort.FUNCTION)
    ):
        return word, j + 1
    return None, i
