"""Grammar of weekdays: "hver mandag", "annenhver fredag", "første og tredje tirsdag"."""

from __future__ import annotations

from scheduler.domain.cadence.elements import Days, Element, Fault, MonthlyDay, OrdinalWeek, Parity
from scheduler.domain.cadence.grammar.numbers import LONGEST_LIST, ordinals_at
from scheduler.domain.cadence.grammar.periods import period_at
from scheduler.domain.cadence.kinds import CadenceUnit, Weekday
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Problem, ProblemCode
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["days_at", "monthly_day_at", "ordinal_week_at", "parity_at", "weekday_list_at"]

_LAST_ORDINAL = 5
_WORKING_WEEK = tuple(Weekday)[:5]
_WEEKEND = tuple(Weekday)[5:]
_LONGEST_INTERVAL = 104
_MONTHS = 12


def days_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """Weekdays with what says how often they come."""
    every, interval, ordinals, j = _prefix(words, i)
    listed = _list_at(words, j, led=every or bool(ordinals))
    if listed is None:
        return None
    days, either, named, plural, part, after = listed
    if len(ordinals) == 1 and every and ordinals[0] > 1:
        interval, ordinals = ordinals[0], () if ordinals[0] > _LAST_ORDINAL else ordinals
    if any(value == 0 or value > _LAST_ORDINAL for value in ordinals) or interval == 0:
        return Fault(Problem(ProblemCode.IMPOSSIBLE_ORDINAL, ordinals or (interval,))), after
    if interval > _LONGEST_INTERVAL:
        return Fault(Problem(ProblemCode.INTERVAL_TOO_LARGE, (interval,))), after
    return (
        Days(
            days,
            every=every,
            interval=interval,
            ordinals=ordinals,
            named=named,
            either=either,
            plural=plural,
            part_of_day=part,
        ),
        after,
    )


def weekday_list_at(words: Lexemes, i: int) -> tuple[tuple[Weekday, ...], int] | None:
    """Weekdays alone, for rules that need one beside a date."""
    listed = _list_at(words, i, led=False)
    return (listed[0], listed[5]) if listed is not None else None


def ordinal_week_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "første uke i måneden", "siste uka i mars"."""
    j = i + 1 if words.has(i, Sort.EVERY) else i
    found = ordinals_at(words, j)
    if found is None or words.value(found[1], Sort.UNIT) is not CadenceUnit.WEEK:
        return None
    ordinals, after = found
    period = period_at(words, after + 1)
    in_month = (
        period is not None
        and getattr(period[0], "unit", None) is not CadenceUnit.WEEK
        and getattr(period[0], "interval", 1) == 1
    ) or (words.text(after + 1) in {"i", "av"} and words.has(after + 2, Sort.MONTH))
    if not in_month or any(not (-1 <= n <= _LAST_ORDINAL) or n == 0 for n in ordinals):
        return None
    return OrdinalWeek(ordinals), after + 1


def parity_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "partallsuker", "hver oddetallsuke", "uker med partall", "like og jevne uker"."""
    j = i + 1 if words.has_any(i, Sort.EVERY, Sort.ARTICLE) else i
    parity = words.value(j, Sort.PARITY)
    if parity is not None:
        return Parity(parity), j + 1
    loose = words.value(j, Sort.ODD_OR_EVEN)
    if loose is not None:
        k = j + 2 if words.has(j + 1, Sort.DASH) else j + 1
        if words.value(k, Sort.UNIT) is CadenceUnit.WEEK or words.text(k).startswith("ukenum"):
            return Parity(loose), k + 1
        if words.text(j)[:5] in {"parta", "oddet"}:
            return Parity(loose), j + 1
        return None
    if words.value(j, Sort.UNIT) is CadenceUnit.WEEK:
        k = j + 1
        while k < j + 3 and words.text(k) in {"med", "på", "i", "nr", "nummer", "som", "er"}:
            k += 1
        loose = words.value(k, Sort.ODD_OR_EVEN)
        if loose is not None and (words.text(k)[:5] in {"parta", "oddet"} or k > j + 1):
            return Parity(loose), k + 1
    return None


def monthly_day_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "den 15. i hver måned", "den 1. hver måned"."""
    j = i
    if words.text(j) in {"den", "dag", "dato"}:
        j += 1
    if not words[j].digits or not words.has(j + 1, Sort.DOT):
        return None
    day = words.value(j, Sort.NUMBER)
    k = j + 2
    if j == i and day <= _MONTHS and words.has(k, Sort.EVERY):
        return None
    if words.has(k, Sort.DAYS) and words.text(k) in {"dag", "dagen"}:
        k += 1
    period = period_at(words, k)
    if period is None or getattr(period[0], "unit", None) is not CadenceUnit.MONTH:
        return None
    if not 1 <= day <= 31:
        return Fault(Problem(ProblemCode.IMPOSSIBLE_DATE, (day,))), k
    return MonthlyDay(day), k


def _prefix(words: Lexemes, i: int) -> tuple[bool, int, tuple[int, ...], int]:
    """What stands before the days: every, interval, ordinals and the place after."""
    j = i
    if words.has(j, Sort.EVERY_OTHER):
        return True, 2, (), j + 1
    every = words.has(j, Sort.EVERY)
    if every:
        j += 1
        if words.has(j, Sort.ARTICLE) and words.text(j) == "den":
            j += 1
    if words.text(j) == "den" and words.has(j + 1, Sort.ORDINAL):
        j += 1
    found = ordinals_at(words, j)
    written = found is not None and words.has_any(found[1] - 1, Sort.DOT, Sort.ORDINAL)
    if found is not None and (written or max(found[0]) <= _LAST_ORDINAL):
        k = found[1]
        if words.text(k) in {"hele", "heile", "ordinære"}:
            k += 1
        if words.has_any(k, Sort.WEEKDAY, Sort.WEEKDAY_SHORT, Sort.NAMED_DAY, Sort.WORKDAYS):
            return every, 1, found[0], k
    return every, 1, (), j


_Listed = tuple[tuple[Weekday, ...], bool, bool, bool, str | None, int]


def _list_at(words: Lexemes, i: int, *, led: bool) -> _Listed | None:
    """Days in a row, with spans written out."""
    group = _group_at(words, i, led=led, nth=words.has_any(i - 1, Sort.ORDINAL, Sort.DOT))
    if group is not None:
        return group
    first = _day_at(words, i, led=led)
    if first is None:
        return None
    days, either, named, plural, part = [first], False, False, False, None
    j = i
    while True:
        named = named or words.has(j, Sort.NAMED_DAY)
        plural = plural or words.text(j).endswith(("er", "ar", "ene", "ane"))
        if words.has(j, Sort.PART_OF_DAY):
            part = words.value(j, Sort.PART_OF_DAY)
        j += 1
        if words.has(j, Sort.PART_OF_DAY) and not words.has(j, Sort.WEEKDAY):
            part, j = words.value(j, Sort.PART_OF_DAY), j + 1
        k, span = _between_days(words, j)
        following = _day_at(words, k, led=len(days) > 1 or k > j)
        if following is None or len(days) >= LONGEST_LIST:
            break
        if words.has(j, Sort.OR):
            either = True
        days.extend(_days_between(days[-1], following) if span else (following,))
        j = k
    if words.has(j, Sort.DASH) and words.has(j - 1, Sort.NAMED_DAY):
        j += 1
    unique = tuple(sorted(set(days), key=lambda day: day.iso))
    return unique, either, named, plural, part, j


def _group_at(words: Lexemes, i: int, *, led: bool, nth: bool) -> _Listed | None:
    """ "alle hverdager", "i helgene"."""
    text = words.text(i)
    if words.has(i, Sort.WORKDAYS) and (led or text.endswith(("er", "ar"))):
        if words.has_any(i + 1, Sort.BEFORE, Sort.AFTER) or words.has(i - 1, Sort.NUMBER):
            return None
        return _WORKING_WEEK, nth, False, True, None, i + 1
    if words.has(i, Sort.WEEKENDS) and (led or text.endswith(("ene", "ane"))):
        return _WEEKEND, False, False, True, None, i + 1
    return None


def _day_at(words: Lexemes, i: int, *, led: bool) -> Weekday | None:
    for sort in (Sort.WEEKDAY, Sort.NAMED_DAY):
        day: Weekday | None = words.value(i, sort)
        if day is not None:
            return day
    short: Weekday | None = words.value(i, Sort.WEEKDAY_SHORT)
    if short is None:
        return None
    if led and not words.has(i, Sort.NUMBER) and not words.has(i, Sort.FUNCTION):
        return short
    j, _ = _between_days(words, i + 1)
    if j > i + 1 and words.has_any(j, Sort.WEEKDAY, Sort.WEEKDAY_SHORT):
        return short
    if led and words.has_any(i - 1, Sort.DASH, Sort.SLASH, Sort.COMMA, Sort.AND):
        return short
    alone = len(words.text(i)) >= 3 and not words.has_any(i, Sort.NUMBER, Sort.FUNCTION)
    if (
        alone
        and words.text(i) not in {"man", "sun", "tor"}
        and (words.has(i + 1, Sort.CLOCK) or words[i + 1].digits)
    ):
        return short
    return None


def _between_days(words: Lexemes, i: int) -> tuple[int, bool]:
    """Past the separators between two days, and whether they make a span."""
    j, span = i, False
    while j < i + 3:
        if words.has_any(j, Sort.TO):
            span = True
        elif words.has(j, Sort.DASH):
            span = span or not words.has(j + 1, Sort.AND)
        elif not words.has_any(j, Sort.COMMA, Sort.AND, Sort.OR, Sort.SLASH):
            break
        j += 1
    return j, span


def _days_between(first: Weekday, last: Weekday) -> list[Weekday]:
    """The days after the first up to the last, across the weekend if need be."""
    steps = (last.iso - first.iso) % 7
    return [Weekday.from_iso((first.iso - 1 + step) % 7 + 1) for step in range(1, steps + 1)]
