"""Grammar of counts: "2-3 ganger", "minst fire møter", "opptil ti", "et par ganger"."""

from __future__ import annotations

from scheduler.domain.cadence.elements import (
    Amount,
    Bound,
    BoundKind,
    Element,
    Fault,
    Mark,
    MarkKind,
    SeasonAmount,
)
from scheduler.domain.cadence.grammar.numbers import range_at
from scheduler.domain.cadence.grammar.periods import period_at
from scheduler.domain.cadence.kinds import CadenceUnit, Season
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Problem, ProblemCode
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["amount_at", "bound_after_at", "season_first_at"]

_MOST = 1000
_ADJECTIVES = 3


def amount_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """A count with its bounds and noun, or a bound alone."""
    at_least = at_most = approx = between = False
    beyond = 0
    j = i
    while j < i + 5:
        if words.has(j, Sort.MIN):
            at_least = True
            beyond = 1 if words.value(j, Sort.MIN) == "more" else 0
        elif words.has(j, Sort.MAX):
            at_most = True
            beyond = -1 if words.value(j, Sort.MAX) == "fewer" else 0
        elif words.has(j, Sort.APPROX):
            approx = True
        elif words.has_any(j, Sort.BETWEEN, Sort.FROM):
            between = True
        elif not (j > i and words.has(j, Sort.ARTICLE) and words.text(j) != "en"):
            break
        j += 1
    found = range_at(words, j, between=between)
    if found is None:
        if at_least or at_most:
            return Bound(BoundKind.MIN if at_least else BoundKind.MAX), i + 1
        return None
    low, high, k = found[0] + beyond, found[1] + beyond, found[2]
    if words[j].digits and len(words.text(j)) == 4 and not words.has(k, Sort.TIMES):
        return None
    if words.has(k, Sort.OR_MORE):
        at_least, k = True, k + 1
    elif words.has(k, Sort.OR_FEWER):
        at_most, k = True, k + 1
    elif words.has(k, Sort.COMMA) and words.has(k + 1, Sort.MAX):
        k += 1
    if at_least and words.has_any(k, Sort.MAX, Sort.AND) and low == high:
        upper = _upper(words, k)
        if upper is not None:
            high, k, at_least = upper[0], upper[1], False
    season = _season_at(words, _past_noun(words, k) or k)
    bounds = _bounds(low, high, at_least=at_least, at_most=at_most)
    fault = _fault(low, high)
    if season is not None:
        if fault is not None:
            return fault, season[1]
        each = any(words.has(place, Sort.EVERY) for place in range(k, season[1]))
        return SeasonAmount(season[0], *bounds, approx=approx, each=each), season[1]
    noun = _past_noun(words, k) or _before_days(words, k)
    after = noun or k
    tied = period_at(words, _past_fillers(words, after)) is not None
    if words.has(after, Sort.CLOCK) or (noun is None and not tied and not (at_least or at_most)):
        return None
    if noun is None and words.has_any(k, Sort.DAYS, Sort.HOUR, Sort.MINUTE, Sort.UNIT):
        return None
    if fault is not None:
        return fault, after
    article = low == high == 1 and not words[j].digits and not words.has(k, Sort.TIMES)
    return Amount(*bounds, article, approx), after


def bound_after_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "månedlig eller oftere": a bound behind the rhythm; "eller oftere ved behov" is extra."""
    more = words.has(i, Sort.OR_MORE)
    if not words.text(i).startswith("eller") or not (more or words.has(i, Sort.OR_FEWER)):
        return None
    if words.has(i + 1, Sort.DEMAND):
        return Mark(MarkKind.EXTRA), i + 1
    return Bound(BoundKind.MIN if more else BoundKind.MAX), i + 1


def season_first_at(words: Lexemes, i: int) -> tuple[Element, int] | None:
    """ "høst: 2 møter": the season before its count."""
    season = words.value(i, Sort.SEASON)
    if season not in (Season.SPRING, Season.AUTUMN) or not words.has(i + 1, Sort.COLON):
        return None
    found = range_at(words, i + 2)
    if found is None or words.has_any(found[2], Sort.COLON, Sort.DOT):
        return None
    low, high, k = found
    return _fault(low, high) or SeasonAmount(season, low or None, high), _past_noun(words, k) or k


def _upper(words: Lexemes, i: int) -> tuple[int, int] | None:
    """The "maks 4" of "minst 2 og maks 4"."""
    j = i
    while j < i + 2 and words.has_any(j, Sort.COMMA, Sort.AND):
        j += 1
    if not words.has(j, Sort.MAX):
        return None
    found = range_at(words, j + 1)
    return (found[1], found[2]) if found is not None else None


def _past_noun(words: Lexemes, i: int) -> int | None:
    """The place after "ganger" or "(felles, faste) møter", None when no such noun stands here."""
    if words.has(i, Sort.TIMES):
        return i + 1
    for j in range(i, i + _ADJECTIVES + 1):
        if words.has_any(j, Sort.EVENT, Sort.MEETING):
            return j + 1
        if words.has(j, Sort.TIMES):
            return j + 1
        if not _may_describe(words, j):
            return None
    return None


def _before_days(words: Lexemes, i: int) -> int | None:
    """ "to torsdager i måneden", "2 dager i uken": days as the noun of a count."""
    if words.has(i, Sort.WEEKDAY) and period_at(words, i + 1) is not None:
        return i
    if words.has(i, Sort.DAYS) and words.has(i + 1, Sort.PER):
        period = period_at(words, i + 1)
        if period is not None and getattr(period[0], "unit", None) is not CadenceUnit.DAY:
            return i + 1
    return None


def _may_describe(words: Lexemes, i: int) -> bool:
    """Tell whether a word can stand between a number and its noun."""
    if words[i].text == "" or words[i].digits or words.has(i, Sort.BREAK):
        return False
    return words.has_any(i, Sort.ARTICLE, Sort.FIXED) or (
        not words[i].senses and words[i].text[0].isalpha()
    )


def _past_fillers(words: Lexemes, i: int) -> int:
    """Skip what may stand between a count and its period ("2 ganger fast i året")."""
    j = i
    while j < i + 2 and words.has_any(j, Sort.FIXED, Sort.COMMA, Sort.APPROX):
        j += 1
    return j


def _season_at(words: Lexemes, i: int) -> tuple[Season, int] | None:
    """ "før jul", "etter jul", "høst", "på våren", "i høstsemesteret"."""
    j = i
    while j < i + 3 and (
        words.has_any(j, Sort.EVERY, Sort.ARTICLE, Sort.PER) or words.text(j) in {"på", "om"}
    ):
        j += 1
    season = words.value(j, Sort.SEASON)
    if season in (Season.SPRING, Season.AUTUMN) and not _has_company(words, j):
        return season, j + 1
    before = words.has(j, Sort.BEFORE)
    if not before and not words.has(j, Sort.AFTER):
        return None
    feast, after = words.value(j + 1, Sort.FEAST), j + 2
    if feast is None:
        feast, after = _shared_feast(words, j), j + 1
    if feast is None:
        return None
    if before:
        return (Season.SPRING if feast in {"summer", "easter"} else Season.AUTUMN), after
    return (Season.AUTUMN if feast == "summer" else Season.SPRING), after


def _shared_feast(words: Lexemes, i: int) -> str | None:
    """The feast of "3 før og 3 etter jul" or "3 før jul, 3 etter", told only once."""
    ended = words.has_any(i + 1, Sort.AND, Sort.COMMA, Sort.DOT, Sort.BREAK)
    if not ended and i + 1 < len(words):
        return None
    places = [*range(i + 2, i + 8), *range(i - 1, i - 9, -1)]
    beside = (Sort.BEFORE, Sort.AFTER)
    return next(
        (
            words.value(j, Sort.FEAST)
            for j in places
            if words.has(j, Sort.FEAST) and words.has_any(j - 1, *beside)
        ),
        None,
    )


def _has_company(words: Lexemes, i: int) -> bool:
    """Tell whether another season follows at once ("2 ganger vår og høst")."""
    return words.has_any(i + 1, Sort.AND, Sort.SLASH, Sort.DASH, Sort.COMMA) and words.has(
        i + 2, Sort.SEASON
    )


def _bounds(low: int, high: int, *, at_least: bool, at_most: bool) -> tuple[int | None, int | None]:
    if at_least and not at_most:
        return low or None, None
    if at_most and not at_least:
        return None, high
    return low or None, high


def _fault(low: int, high: int) -> Fault | None:
    if low > high:
        return Fault(Problem(ProblemCode.COUNT_REVERSED, (low, high)))
    if high == 0:
        return Fault(Problem(ProblemCode.COUNT_ZERO, (low, high)))
    if high > _MOST:
        return Fault(Problem(ProblemCode.COUNT_TOO_LARGE, (low, high)))
    return None
