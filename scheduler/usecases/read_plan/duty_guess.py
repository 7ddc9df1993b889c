"""Guesses which of the plan's rhythms are duties that return: review, revision, report, survey."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.domain.cadence import CadenceKind
from scheduler.domain.enums import DutyKind
from scheduler.usecases.read_plan.found_rhythm import FoundRhythm

__all__ = ["DutyGuess", "guess_duties"]


@dataclass(frozen=True, slots=True)
class DutyGuess:
    """A kind of duty and the rhythm the plan gives it."""

    kind: DutyKind
    rhythm: FoundRhythm


def guess_duties(found: Iterable[FoundRhythm]) -> tuple[DutyGuess, ...]:
    """Return at most one duty of each kind: where the shortest sentence speaks of it."""
    guesses: dict[DutyKind, DutyGuess] = {}
    for rhythm in found:
        if rhythm.cadence.kind is not CadenceKind.RECURRENCE:
            continue
        for kind, pattern in _SPEAKS_OF:
            if pattern.search(rhythm.sentence):
                earlier = guesses.get(kind)
                if earlier is None or len(rhythm.sentence) < len(earlier.rhythm.sentence):
                    guesses[kind] = DutyGuess(kind, rhythm)
                break
    return tuple(guesses.values())


_SPEAKS_OF = (
    (
        DutyKind.COUNCIL_REPORT,
        re.compile(r"kommunestyre.*(?:rapport|orienter)|(?:rapport|orienter).*kommunestyre", re.I),
    ),
    (DutyKind.SURVEY, re.compile(r"ung\s?data|elevundersøk|brukerundersøk|brukarundersøk", re.I)),
    (
        DutyKind.REVISION,
        re.compile(
            r"(?:ruller|revider|revisjon).*plan|plan\w*\b.*(?:ruller|revider|revisjon)", re.I
        ),
    ),
    (
        DutyKind.PLAN_REVIEW,
        re.compile(
            r"\bplanen\b.*(?:gjennomgå|evaluer|følges opp|oppfølg)"
            r"|gå(?:r)? gjennom planen|(?:gjennomgå|evaluer|gjennomgang|oppfølg\w*) av planen",
            re.I,
        ),
    ),
)
