"""What loading a plan file did, or would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scheduler.domain.language import Language
from scheduler.domain.planfile import Problem
from scheduler.usecases.plan_file.difference import Change
from scheduler.usecases.plan_file.words import say_problem

__all__ = ["LoadReport"]


@dataclass(frozen=True, slots=True)
class LoadReport:
    """Counts of rows, what only the database has ("forum familieteam"), and the warnings.

    `changes` holds the added and changed rows one by one, for a page that shows them.
    """

    added: int
    changed: int
    unchanged: int
    missing: tuple[str, ...]
    warnings: tuple[Problem, ...]
    changes: tuple[Change, ...]

    def as_json(self, language: Language) -> dict[str, Any]:
        """Return the report as `aarshjul load --json` prints it, warnings in words."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "missing": list(self.missing),
            "warnings": [say_problem(warning, language) for warning in self.warnings],
        }
