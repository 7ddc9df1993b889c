"""A sentence of a plan that says how often, as a value and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduler.domain.cadence import Ambiguity, Cadence, to_json
from scheduler.usecases.read_plan.forum_names import ForumName

__all__ = ["FoundRhythm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRhythm:
    """Where a rhythm stands, its words and how they are read.

    `first_line` and `last_line` are those of the words, from 1; `page` is set where the document
    has pages. `forum` is a guess at who meets, None where nothing points at a forum. `passage` is
    the number of the passage among the document's, from 0; `is_of_meetings` tells that the
    sentence or its table speaks of meeting.
    """

    first_line: int
    last_line: int
    page: int | None
    sentence: str
    phrase: str
    cadence: Cadence
    ambiguity: Ambiguity | None
    forum: ForumName | None
    passage: int
    is_of_meetings: bool

    @property
    def lines(self) -> str:
        """Return the lines as a plan file writes them: "440-441"."""
        if self.first_line == self.last_line:
            return str(self.first_line)
        return f"{self.first_line}-{self.last_line}"

    def as_json(self) -> dict[str, Any]:
        """Return the object of the contract: `lines` and `page` only where they say more."""
        shown: dict[str, Any] = {"line": self.first_line}
        if self.first_line != self.last_line:
            shown["lines"] = self.lines
        if self.page is not None:
            shown["page"] = self.page
        return {
            **shown,
            "sentence": self.sentence,
            "phrase": self.phrase,
            "cadence": to_json(self.cadence),
            "forum": None if self.forum is None else self.forum.name,
        }
