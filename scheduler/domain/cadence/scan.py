"""Walks once through the lexemes and lets the grammar name every part of a rhythm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from scheduler.domain.cadence.elements import Element, Found
from scheduler.domain.cadence.grammar.amounts import amount_at, bound_after_at, season_first_at
from scheduler.domain.cadence.grammar.calendar import (
    date_at,
    exclusion_at,
    months_at,
    seasons_at,
    status_day_at,
    weeks_at,
    years_at,
)
from scheduler.domain.cadence.grammar.clock import clock_at, duration_at
from scheduler.domain.cadence.grammar.day_spans import day_span_at, shared_month_at
from scheduler.domain.cadence.grammar.days import (
    days_at,
    monthly_day_at,
    ordinal_week_at,
    parity_at,
)
from scheduler.domain.cadence.grammar.deadlines import deadline_at, numbered_period_at
from scheduler.domain.cadence.grammar.marks import (
    anchor_at,
    mark_at,
    reference_at,
    unit_series_at,
)
from scheduler.domain.cadence.grammar.offsets import offset_at
from scheduler.domain.cadence.grammar.periods import period_at
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["Sentence", "sentences_of"]

Rule = Callable[[Lexemes, int], tuple[Element, int] | None]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The parts found in one sentence and the places of its first lexeme and its end."""

    found: tuple[Found, ...]
    first: int
    after: int


def sentences_of(words: Lexemes) -> list[Sentence]:
    """Name the parts of every sentence in one pass; at each place the first rule that fits wins."""
    sentences: list[Sentence] = []
    found: list[Found] = []
    first = i = figures = 0
    while i < len(words):
        if _ends_sentence(words, i, first):
            sentences.append(Sentence(tuple(found), first, i))
            found, first = [], i
        named = _first_fit(words, i)
        if named is not None:
            found.append(Found(named[0], i, named[1]))
            figures = figures if named[1] == i + 1 and not _is_word(words, i) else 0
            i = named[1]
            continue
        figures = 0 if _is_word(words, i) else figures + words[i].digits
        i = i + 1 if figures < _FEW_FIGURES else max(i + 1, _next_word(words, i) - _LONGEST_RANGE)
    sentences.append(Sentence(tuple(found), first, len(words)))
    return sentences


# Rows of figures that say nothing (account numbers, tables) are passed over up to where a range
# before the next word can start; each figure would else be tried by every rule of the grammar.
_FEW_FIGURES, _LONGEST_RANGE = 4, 12


def _next_word(words: Lexemes, i: int) -> int:
    j = i
    while j < len(words) and not _is_word(words, j):
        j += 1
    return j


def _is_word(words: Lexemes, i: int) -> bool:
    return words.text(i)[:1].isalpha()


_NUMBERED = (
    Sort.NUMBER,
    Sort.ORDINAL,
    Sort.MIN,
    Sort.MAX,
    Sort.APPROX,
    Sort.BETWEEN,
    Sort.FROM,
)
_DAYS = (Sort.WEEKDAY, Sort.WEEKDAY_SHORT, Sort.NAMED_DAY, Sort.WORKDAYS, Sort.WEEKENDS)
_LOOSE_STARTS = {
    "umiddelbart",
    "rett",
    "straks",
    "like",
    "snarest",
    "kort",
    "omgående",
    "samme",
    "same",
    "virkedagen",
}


def _first_fit(words: Lexemes, i: int) -> tuple[Element, int] | None:
    senses = words[i].senses
    for rule in _rules_for(tuple(senses)):
        named = rule(words, i)
        if named is not None:
            return named
    if words.text(i) in _LOOSE_STARTS:
        return offset_at(words, i)
    return None if senses else anchor_at(words, i) or mark_at(words, i)


def _ends_sentence(words: Lexemes, i: int, first: int) -> bool:
    """Tell whether a new sentence starts at a place."""
    if i == first:
        return False
    word = words[i]
    if word.new_paragraph or words.has(i - 1, Sort.BREAK):
        return True
    if words[i - 2].digits and len(words.text(i - 2)) <= 2:
        return False
    return words.has(i - 1, Sort.DOT) and word.gap and (word.capital or word.digits)


@lru_cache(maxsize=4096)
def _rules_for(senses: tuple[Sort, ...]) -> tuple[Rule, ...]:
    """The rules that can start at a word of these classes, in their order."""
    return tuple(rule for starts, rule in _ordered() if not starts.isdisjoint(senses))


@lru_cache(maxsize=1)
def _ordered() -> tuple[tuple[frozenset[Sort], Rule], ...]:
    s = Sort
    rules: tuple[tuple[tuple[Sort, ...], Rule], ...] = (
        ((s.EXCEPT,), exclusion_at),
        ((s.POINTER, s.AFTER), reference_at),
        ((s.DEMAND, s.ADJUST, s.REFERENCE, s.CONTINUOUS, s.VAGUE), mark_at),
        (
            (*_NUMBERED, s.BY, s.DAYS, s.UNIT, s.BEFORE, s.AFTER, s.ARTICLE, s.PART_OF_DAY),
            offset_at,
        ),
        ((s.BY, s.BEFORE), deadline_at),
        ((s.PER,), status_day_at),
        ((s.NUMBER, s.ARTICLE, s.FUNCTION), monthly_day_at),
        ((*_DAYS, s.NUMBER, s.ORDINAL, s.BETWEEN, s.FROM, s.ARTICLE), day_span_at),
        ((s.NUMBER,), shared_month_at),
        ((*_DAYS, s.NUMBER, s.ORDINAL, s.ARTICLE), date_at),
        (
            (*_NUMBERED, s.CLOCK, s.TO, s.BY, s.HALF_PAST, s.QUARTER, s.BEFORE, s.AFTER),
            clock_at,
        ),
        ((s.OR_MORE, s.OR_FEWER), bound_after_at),
        ((s.SEASON,), season_first_at),
        (_NUMBERED, amount_at),
        ((s.NUMBER,), duration_at),
        ((s.NUMBER, s.ORDINAL), numbered_period_at),
        ((s.EVERY, s.ORDINAL, s.NUMBER), ordinal_week_at),
        (
            (s.RHYTHM, s.NAMED_PERIOD, s.EVERY, s.EVERY_OTHER, s.PER, s.NUMBER, s.ORDINAL),
            period_at,
        ),
        ((s.PER, s.EVERY), unit_series_at),
        (
            (*_DAYS, s.EVERY, s.EVERY_OTHER, s.ORDINAL, s.NUMBER, s.ARTICLE),
            days_at,
        ),
        ((s.EVERY, s.PARITY, s.ODD_OR_EVEN, s.UNIT, s.ARTICLE), parity_at),
        ((s.UNIT,), weeks_at),
        ((s.EVERY, s.END_OF, s.BETWEEN, s.MONTH), months_at),
        ((s.EVERY, s.END_OF, s.SEASON, s.FEAST), seasons_at),
        ((s.NUMBER,), years_at),
        ((s.AFTER, s.FUNCTION, s.EVERY), anchor_at),
        (tuple(s), mark_at),
    )
    return tuple((frozenset(starts), rule) for starts, rule in rules)
