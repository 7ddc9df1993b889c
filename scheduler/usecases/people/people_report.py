"""What loading a list of people did, or would do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from scheduler.domain.enums import HolderKind
from scheduler.domain.language import Language
from scheduler.usecases.people.problem import RowProblem
from scheduler.usecases.people.words import say_row_problem

__all__ = ["HoldingAction", "HoldingChange", "PeopleReport"]


class HoldingAction(StrEnum):
    """What happens to one row of the list."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingChange:
    """One row: who holds which position from when to when, and whether that is news.

    `before` is the span that stood.
    """

    row: int
    action: HoldingAction
    position_id: int
    position_title: str
    name: str
    email: str
    kind: HolderKind
    from_on: date
    until_on: date | None
    before: tuple[date, date | None] | None
    language: Language | None
    person_id: int | None
    holder_id: int | None


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """Every row with what happens to it, and who holds a named position but is not in the list.

    Those in `missing` ("stilling: navn") are only told of; a holding is ended by a person.
    """

    changes: tuple[HoldingChange, ...]
    missing: tuple[str, ...]
    warnings: tuple[RowProblem, ...]

    def count(self, action: HoldingAction) -> int:
        """Return how many rows something happens to."""
        return sum(change.action is action for change in self.changes)

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return the report as `aarshjul people --json` prints it, warnings in words."""
        return {
            "added": self.count(HoldingAction.ADDED),
            "changed": self.count(HoldingAction.CHANGED),
            "unchanged": self.count(HoldingAction.UNCHANGED),
            "missing": list(self.missing),
            "warnings": [say_row_problem(warning, language) for warning in self.warnings],
        }
