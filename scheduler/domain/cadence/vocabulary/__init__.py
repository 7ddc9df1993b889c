"""The words of the rhythm language and their classes."""

from __future__ import annotations

from scheduler.domain.cadence.vocabulary.lexicon import Lexicon, Senses, lexicon
from scheduler.domain.cadence.vocabulary.sorts import Sort

__all__ = ["Lexicon", "Senses", "Sort", "lexicon"]
