"""Looks words up: known forms, expressions of several words, and plain misspellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from scheduler.domain.cadence.vocabulary.calendar import CALENDAR_WORDS
from scheduler.domain.cadence.vocabulary.marks import MARK_WORDS
from scheduler.domain.cadence.vocabulary.need import NEED_WORDS
from scheduler.domain.cadence.vocabulary.numbers import NUMBER_WORDS
from scheduler.domain.cadence.vocabulary.periods import PERIOD_WORDS
from scheduler.domain.cadence.vocabulary.sorts import Sort
from scheduler.domain.cadence.vocabulary.spelling import Spelling

__all__ = ["Lexicon", "Senses", "lexicon"]

Senses = Mapping[Sort, object]

NOTHING: Senses = {}

_FORGIVEN = frozenset(
    {
        Sort.UNIT,
        Sort.RHYTHM,
        Sort.EVERY_OTHER,
        Sort.WEEKDAY,
        Sort.MONTH,
        Sort.PARITY,
        Sort.VAGUE,
        Sort.CONTINUOUS,
        Sort.APPROX,
        Sort.MIN,
        Sort.MAX,
        Sort.HOLIDAY,
        Sort.ORDINAL,
    }
)


@dataclass(slots=True)
class Branch:
    """A word inside expressions: what may follow, and what the words so far mean."""

    follows: dict[str, Branch]
    senses: dict[Sort, object]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of the rhythm language.

    `words` are single words, `expressions` the first words of longer expressions.
    """

    words: Mapping[str, Senses]
    expressions: Mapping[str, Branch]
    spelling: Spelling

    def corrected(self, word: str) -> Senses:
        """The senses of the known word that an unknown word is a misspelling of.

        Nothing when the nearest words differ in meaning ("tersdag": Tuesday or Thursday).
        """
        meant = [self.words[candidate] for candidate in self.spelling.meant_by(word)]
        if not meant or any(senses != meant[0] for senses in meant):
            return NOTHING
        return meant[0]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, built at its first use."""
    words: dict[str, dict[Sort, object]] = {}
    expressions: dict[str, Branch] = {}
    for sort, value, forms in _entries():
        for form in forms.split():
            parts = form.split("_")
            if len(parts) == 1:
                words.setdefault(form, {}).setdefault(sort, value)
            else:
                _grow(expressions, parts).setdefault(sort, value)
    _add_plurals(words)
    forgiven = [
        word
        for word, senses in words.items()
        if len(word) >= 5 and not _FORGIVEN.isdisjoint(senses)
    ]
    return Lexicon(words, expressions, Spelling.of(forgiven, known=words))


def _entries() -> Iterable[tuple[Sort, object, str]]:
    yield from NUMBER_WORDS
    yield from PERIOD_WORDS
    yield from CALENDAR_WORDS
    yield from MARK_WORDS
    yield from NEED_WORDS


def _grow(expressions: dict[str, Branch], parts: list[str]) -> dict[Sort, object]:
    branch = expressions.setdefault(parts[0], Branch({}, {}))
    for part in parts[1:]:
        branch = branch.follows.setdefault(part, Branch({}, {}))
    return branch.senses


def _add_plurals(words: dict[str, dict[Sort, object]]) -> None:
    """Weekdays in the plural ("mandager", "tysdagar") say that the day comes again."""
    for word, senses in list(words.items()):
        if Sort.WEEKDAY in senses and word.endswith("dag"):
            for ending in ("er", "ar", "ene", "ane", "e", "erne", "arna"):
                words.setdefault(word + ending, {})[Sort.WEEKDAY] = senses[Sort.WEEKDAY]
