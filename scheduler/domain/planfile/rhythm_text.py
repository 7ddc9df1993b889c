"""Reads a plan's words for a rhythm, and warns where a person must look."""

from __future__ import annotations

from scheduler.domain.cadence import read
from scheduler.domain.cadence.kinds import CadenceKind
from scheduler.domain.planfile.entries import Rhythm
from scheduler.domain.planfile.problem import Problem, ProblemCode
from scheduler.domain.planfile.table_reader import TableReader

__all__ = ["read_rhythm"]


def read_rhythm(table: TableReader, key: str, warnings: list[Problem]) -> Rhythm | None:
    """Return the words with their reading; words that are not understood are kept as unknown."""
    words = table.text(key)
    if words is None:
        return None
    rhythm = Rhythm(words, read(words).cadence)
    if rhythm.cadence.kind is CadenceKind.UNKNOWN:
        where = f"{table.path}.{key}"
        warnings.append(Problem(ProblemCode.RHYTHM_UNKNOWN, table.line(key), where, words))
    return rhythm
