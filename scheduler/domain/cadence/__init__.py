"""The rhythm language of Norwegian plans: words to a frozen cadence, a cadence to dates."""

from __future__ import annotations

from scheduler.domain.cadence.cadence import UNKNOWN, VAGUE, Cadence
from scheduler.domain.cadence.errors import CadenceFormatError
from scheduler.domain.cadence.json_form import from_json, to_json
from scheduler.domain.cadence.kinds import (
    CadenceKind,
    CadenceUnit,
    Modality,
    Season,
    Weekday,
    WeekParity,
)
from scheduler.domain.cadence.problems import Ambiguity, Problem, ProblemCode
from scheduler.domain.cadence.reading import Reading, read, read_all

__all__ = [
    "UNKNOWN",
    "VAGUE",
    "Ambiguity",
    "Cadence",
    "CadenceFormatError",
    "CadenceKind",
    "CadenceUnit",
    "Modality",
    "Problem",
    "ProblemCode",
    "Reading",
    "Season",
    "WeekParity",
    "Weekday",
    "from_json",
    "read",
    "read_all",
    "to_json",
]
