"""Guesses whether a forum speaks of systems or of single cases; in doubt of both."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.enums import ForumLevel
from scheduler.domain.planfile.read_forum import MIXED
from scheduler.usecases.read_plan.passages import Passage

__all__ = ["LevelGuess", "guess_level"]


@dataclass(frozen=True, slots=True)
class LevelGuess:
    """The word for a plan file, and the line of the words behind it; None where there are none."""

    word: str
    line: int | None


def guess_level(passages: Iterable[Passage]) -> LevelGuess:
    """Return "system" only where the plan says so in plain words.

    Everything else is a case level, "mixed" until a person has decided (privacy rule 3).
    """
    said: dict[re.Pattern[str], int] = {}
    for passage in passages:
        for pattern in (_WITHOUT_CASES, _SYSTEM, _CASES, _NOT_WITHOUT_CONSENT, _ANONYMOUS):
            match = pattern.search(passage.text)
            if match and pattern not in said:
                said[pattern] = passage.line_at(match.start()).number
    if _WITHOUT_CASES in said:
        return LevelGuess(ForumLevel.SYSTEM, said[_WITHOUT_CASES])
    if _SYSTEM in said and not said.keys() & {_CASES, _ANONYMOUS, _NOT_WITHOUT_CONSENT}:
        return LevelGuess(ForumLevel.SYSTEM, said[_SYSTEM])
    if _NOT_WITHOUT_CONSENT in said:
        return LevelGuess(ForumLevel.CASE_ELSE_NOT, said[_NOT_WITHOUT_CONSENT])
    if _ANONYMOUS in said:
        return LevelGuess(ForumLevel.CASE_ELSE_ANONYMOUS, said[_ANONYMOUS])
    return LevelGuess(MIXED, said.get(_CASES))


_WITHOUT_CASES = re.compile(
    r"(?:uten|utan|ikke|ikkje)\b[^.]{0,60}\b(?:enkeltsak|enkeltsaker|einskildsak\w*|personsak\w*)",
    re.IGNORECASE,
)
_SYSTEM = re.compile(r"\bsystemnivå|\bsystemsak|\bsystemarbeid", re.IGNORECASE)
_CASES = re.compile(
    r"enkeltsak|einskildsak|individnivå|individ nivå|drøft\w*\s+(?:\w+\s+){0,3}sak"
    r"|\bsaker?\s+(?:\w+\s+)?drøft"
    r"|saker? en til en|samtykke|aktuelle saker|konsultasjon|bekymring for|enkeltbarn|enkeltelev"
    r"|\bsaker/",
    re.IGNORECASE,
)
_NOT_WITHOUT_CONSENT = re.compile(
    r"samtykke\b[^.]{0,60}\b(?:kan|skal)\s+(?:ikke|ikkje)\b[^.]{0,40}\b(?:drøft|tas|takast)",
    re.IGNORECASE,
)
_ANONYMOUS = re.compile(r"\banonym", re.IGNORECASE)
