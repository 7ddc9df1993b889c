"""A plan's file read whole: its passages and its rhythms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from scheduler.usecases.read_plan.document import read_document
from scheduler.usecases.read_plan.draft_plan import draft_plan
from scheduler.usecases.read_plan.draft_toml import draft_toml
from scheduler.usecases.read_plan.find_rhythms import find_rhythms
from scheduler.usecases.read_plan.found_rhythm import FoundRhythm
from scheduler.usecases.read_plan.lines import lines_of
from scheduler.usecases.read_plan.passages import Passage, passages_of

__all__ = ["PlanText", "read_plan_text"]

_HALF = 50


@dataclass(frozen=True, slots=True)
class PlanText:
    """What was found in a plan's text."""

    passages: tuple[Passage, ...]
    rhythms: tuple[FoundRhythm, ...]

    def draft(self) -> str:
        """Return a draft plan file in TOML, which passes the checks of a plan file."""
        return draft_toml(draft_plan(self.passages, self.rhythms))


def read_plan_text(data: bytes, on_progress: Callable[[int], None]) -> PlanText:
    """Read a plan (plain text, docx or PDF) and find its rhythms.

    `on_progress` is told how many per cent are done, as often as something is.

    Raises:
        DocumentError: the file has no text that can be read.
    """
    document = read_document(data, lambda done, total: on_progress(_HALF * done // total))
    passages = tuple(passages_of(lines_of(document), is_wrapped=document.is_wrapped))
    rhythms = find_rhythms(passages, lambda done, total: on_progress(_HALF + _HALF * done // total))
    return PlanText(passages, rhythms)
