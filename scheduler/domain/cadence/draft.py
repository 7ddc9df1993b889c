"""A statement on its way to become a cadence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from scheduler.domain.cadence.elements import MarkKind
from scheduler.domain.cadence.grouping import Statement
from scheduler.domain.cadence.lexemes import Lexemes
from scheduler.domain.cadence.problems import Ambiguity

__all__ = ["Draft"]

Part = TypeVar("Part")


@dataclass(slots=True)
class Draft:
    """The parts of a statement by kind, and the values of the cadence to be."""

    words: Lexemes
    statement: Statement
    values: dict[str, Any] = field(default_factory=dict)
    ambiguity: Ambiguity | None = None

    def all(self, kind: type[Part]) -> list[Part]:
        """Every part of a kind, in the order of the text."""
        return [p.element for p in self.statement.parts if isinstance(p.element, kind)]

    def first(self, kind: type[Part]) -> Part | None:
        """The first part of a kind, None when there is none."""
        return next(iter(self.all(kind)), None)

    def has_mark(self, *kinds: MarkKind) -> bool:
        """Tell whether a mark of one of the kinds is here."""
        return any(self.statement.marks(kind) for kind in kinds)

    def doubt(self, ambiguity: Ambiguity | None) -> None:
        """Keep the first thing that should be asked."""
        self.ambiguity = self.ambiguity or ambiguity
