"""A parsed file as values that remember the line they stand on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Source", "SourceList", "SourceScalar", "SourceTable"]


@dataclass(frozen=True, slots=True)
class SourceScalar:
    """A text, number, truth value, date or time; lines count from 1."""

    value: object
    line: int


@dataclass(frozen=True, slots=True)
class SourceList:
    """Values in order, and the line the list begins on."""

    items: tuple[Source, ...]
    line: int


@dataclass(frozen=True, slots=True)
class SourceTable:
    """Values by key, and the line of the table's heading or opening brace."""

    line: int
    entries: Mapping[str, Source] = field(default_factory=dict)


Source = SourceScalar | SourceList | SourceTable
