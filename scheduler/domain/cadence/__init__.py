"""The rhythm language of Norwegian plans: words to a frozen cadence, a cadence to dates."""

from __future__ import annotations

from scheduler.domain.cadence.cadence import UNKNOWN, VAGUE, Cadence
from scheduler.domain.cadence.dates.occurrences import occurrences
from scheduler.domain.cadence.dates.planned import (
    DateReason,
    NeedCode,
    NeedsChoice,
    Occurrences,
    PlannedDate,
    ReasonCode,
    SkippedDate,
    Window,
)
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
from scheduler.domain.cadence.reading import LONGEST_PHRASE, Reading, read, read_all
from scheduler.domain.enums import ClosedDayRule

__all__ = [
    "LONGEST_PHRASE",
    "UNKNOWN",
    "VAGUE",
    "Ambiguity",
    "Cadence",
    "CadenceFormatError",
    "CadenceKind",
    "CadenceUnit",
    "ClosedDayRule",
    "DateReason",
    "Modality",
    "NeedCode",
    "NeedsChoice",
    "Occurrences",
    "PlannedDate",
    "Problem",
    "ProblemCode",
    "Reading",
    "ReasonCode",
    "Season",
    "SkippedDate",
    "WeekParity",
    "Weekday",
    "Window",
    "from_json",
    "occurrences",
    "read",
    "read_all",
    "to_json",
]
