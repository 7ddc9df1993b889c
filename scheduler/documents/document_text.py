"""The text of somebody's document as lines, and why a document may have none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scheduler.domain.errors import AarshjulError

__all__ = ["MOST_BYTES", "MOST_CHARACTERS", "DocumentError", "DocumentProblem", "DocumentText"]

MOST_BYTES = 40_000_000
MOST_CHARACTERS = 2_000_000
"""A plan of 100 pages has about 250 000."""


class DocumentProblem(StrEnum):
    """Why no text can be read; the words are made at the edge."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NOT_A_DOCUMENT = "not_a_document"
    OLD_WORD = "old_word"
    OTHER_FORMAT = "other_format"
    BROKEN = "broken"
    ENCRYPTED = "encrypted"
    SCANNED = "scanned"


class DocumentError(AarshjulError):
    """The file has no text that can be read."""

    def __init__(self, problem: DocumentProblem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The lines of a document in reading order; the first is number 1.

    `pages` holds the page of each line, counted from 1, and is empty where there are none.
    `is_wrapped` tells whether lines end where the page does, so that a sentence may run over
    several; otherwise a line is a paragraph or a row of a table ("| a | b |"). Headings that
    the format marks begin with "#".
    """

    lines: tuple[str, ...]
    pages: tuple[int, ...] = ()
    is_wrapped: bool = True
