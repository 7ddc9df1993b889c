"""Reads the rhythm of a phrase, a sentence or a longer text."""

from __future__ import annotations

from dataclasses import dataclass, replace

from scheduler.domain.cadence.assembly import Assembled, assemble
from scheduler.domain.cadence.cadence import UNKNOWN, VAGUE, Cadence
from scheduler.domain.cadence.elements import Found, Mark, MarkKind
from scheduler.domain.cadence.grouping import Statement, statements_of
from scheduler.domain.cadence.kinds import CadenceKind
from scheduler.domain.cadence.lexemes import Lexemes, lexemes_of
from scheduler.domain.cadence.problems import Ambiguity, Problem, ProblemCode
from scheduler.domain.cadence.scan import Sentence, sentences_of
from scheduler.domain.cadence.vocabulary import Sort

__all__ = ["LONGEST_PHRASE", "Reading", "read", "read_all"]

LONGEST_PHRASE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How words were read.

    `span` is where in the text the rhythm stands and `words` the text there; `not_understood`
    are runs of the sentence's words that said nothing; `ambiguity` is what a person should be
    asked; `problems` are the impossibilities that made the cadence unknown.
    """

    text: str
    cadence: Cadence
    span: tuple[int, int] | None = None
    words: str = ""
    not_understood: tuple[str, ...] = ()
    ambiguity: Ambiguity | None = None
    problems: tuple[Problem, ...] = ()


def read(text: str) -> Reading:
    """Read the most important rhythm of a phrase or sentence.

    A blank text is vague, words without a rhythm unknown. More than `LONGEST_PHRASE` characters
    are no phrase and not read: `read_all` is for those. Never raises, whatever the text.
    """
    if not text.strip():
        return Reading(text=text, cadence=VAGUE)
    if len(text) > LONGEST_PHRASE:
        problem = Problem(ProblemCode.TOO_LONG, (len(text), LONGEST_PHRASE))
        return Reading(text=text, cadence=UNKNOWN, problems=(problem,))
    words = lexemes_of(text)
    candidates = _candidates(words)
    if not candidates:
        return Reading(
            text=text, cadence=UNKNOWN, not_understood=_left_over(words, 0, len(words), [])
        )
    best = max(candidates, key=_weight)
    return _reading(text, words, best, with_left_over=True)


def read_all(text: str) -> tuple[Reading, ...]:
    """Read every rhythm of a longer text, in the order of the text. Never raises."""
    words = lexemes_of(text)
    return tuple(
        _reading(text, words, candidate, with_left_over=False)
        for candidate in _candidates(words)
        if _is_worth_telling(candidate)
    )


@dataclass(slots=True)
class _Candidate:
    sentence: Sentence
    statement: Statement
    assembled: Assembled


def _is_worth_telling(candidate: _Candidate) -> bool:
    """Tell a rhythm in a longer text from the years, dates and numbers of its references."""
    assembled, statement = candidate.assembled, candidate.statement
    cadence = assembled.cadence
    if assembled.ambiguity is Ambiguity.PERIOD_MISSING or cadence.kind is CadenceKind.TIME_ONLY:
        return False
    if cadence.kind in (CadenceKind.VAGUE, CadenceKind.CONTINUOUS) and _is_loose(statement):
        return False
    if cadence.kind is CadenceKind.WINDOW:
        return bool(cadence.weeks or cadence.months or cadence.seasons or cadence.school_holidays)
    if cadence.kind is CadenceKind.ONE_OFF:
        dated = cadence.months or cadence.seasons or cadence.day is not None
        return bool(dated) and bool(statement.marks(MarkKind.EVENT))
    return True


def _is_loose(statement: Statement) -> bool:
    """Tell whether only a word such as "ofte" or "alltid", common in running text, says it."""
    said = [*statement.marks(MarkKind.VAGUE), *statement.marks(MarkKind.CONTINUOUS)]
    return bool(said) and all(mark.value == "loose" for mark in said)


_WEIGHTS = {
    CadenceKind.RECURRENCE: 100,
    CadenceKind.DEADLINE: 80,
    CadenceKind.RELATIVE: 75,
    CadenceKind.PATTERN: 70,
    CadenceKind.STATUS_DATE: 65,
    CadenceKind.WINDOW: 60,
    CadenceKind.ONE_OFF: 60,
    CadenceKind.ON_DEMAND: 50,
    CadenceKind.REFERENCE: 45,
    CadenceKind.CONTINUOUS: 40,
    CadenceKind.VAGUE: 30,
    CadenceKind.TIME_ONLY: 20,
    CadenceKind.UNKNOWN: 10,
}
_IMPLIED = 60
_SILENT = frozenset(
    {
        MarkKind.EVENT,
        MarkKind.ATTEND,
        MarkKind.TASK,
        MarkKind.WHAT,
        MarkKind.OPENING,
        MarkKind.EXPECTED,
        MarkKind.EXTRA,
        MarkKind.CASE,
        MarkKind.FIXED,
        MarkKind.MODAL,
    }
)


def _candidates(words: Lexemes) -> list[_Candidate]:
    found: list[_Candidate] = []
    for sentence in sentences_of(words):
        for statement in statements_of(sentence.found):
            assembled = assemble(words, statement)
            if assembled.cadence.kind is CadenceKind.UNKNOWN and not assembled.problems:
                continue
            candidate = _Candidate(sentence, statement, assembled)
            if not (found and _joins(words, found[-1], candidate)):
                found.append(candidate)
    return found


def _joins(words: Lexemes, before: _Candidate, now: _Candidate) -> bool:
    """Let "Ellers ved behov." add itself to the rhythm of the sentence before it."""
    if before.assembled.cadence.kind is not CadenceKind.RECURRENCE:
        return False
    if now.assembled.cadence.kind is not CadenceKind.ON_DEMAND or before.sentence is now.sentence:
        return False
    first = now.sentence.first
    last = max(part.after for part in now.statement.parts)
    said = range(first, last + 2)
    if last - first > 6 or not any(words.has(i, Sort.EXTRA) for i in said):
        return False
    if before.sentence.after != first or any(words.has(i, Sort.ATTEND) for i in said):
        return False
    before.assembled = replace(
        before.assembled, cadence=replace(before.assembled.cadence, on_demand_extra=True)
    )
    return True


def _weight(candidate: _Candidate) -> int:
    cadence = candidate.assembled.cadence
    if candidate.assembled.problems:
        return 90
    if cadence.implied:
        return _IMPLIED
    return _WEIGHTS[cadence.kind]


def _reading(text: str, words: Lexemes, candidate: _Candidate, *, with_left_over: bool) -> Reading:
    parts = _telling(candidate.statement.parts)
    start, end = words[parts[0].first].start, words[parts[-1].after - 1].end
    sentence = candidate.sentence
    left = (
        _left_over(words, sentence.first, sentence.after, list(sentence.found))
        if with_left_over
        else ()
    )
    return Reading(
        text=text,
        cadence=candidate.assembled.cadence,
        span=(start, end),
        words=text[start:end],
        not_understood=left,
        ambiguity=candidate.assembled.ambiguity,
        problems=candidate.assembled.problems,
    )


def _telling(parts: list[Found]) -> list[Found]:
    """The parts without the silent ones at either end."""
    loud = [
        i
        for i, part in enumerate(parts)
        if not (isinstance(part.element, Mark) and part.element.kind in _SILENT)
    ]
    return parts[loud[0] : loud[-1] + 1] if loud else parts


def _left_over(words: Lexemes, first: int, after: int, found: list[Found]) -> tuple[str, ...]:
    """Runs of words that neither the grammar nor the lexicon knows."""
    used = {i for part in found for i in range(part.first, part.after)}
    runs: list[str] = []
    last = -2
    for i in range(first, after):
        word = words[i]
        if i in used or word.senses or not word.text[0].isalnum():
            continue
        if i == last + 1:
            runs[-1] += " " + word.text
        else:
            runs.append(word.text)
        last = i
    return tuple(runs)
