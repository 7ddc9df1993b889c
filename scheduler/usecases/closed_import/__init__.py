"""School calendars of others, read into periods that a person confirms before they count."""

from __future__ import annotations

from scheduler.usecases.closed_import.found_period import Doubt, FoundPeriod, doubts_of
from scheduler.usecases.closed_import.keep_periods import WantedPeriod, keep_periods, stands_already
from scheduler.usecases.closed_import.read_lines import ReadTable, kind_of, read_file, read_pasted

__all__ = [
    "Doubt",
    "FoundPeriod",
    "ReadTable",
    "WantedPeriod",
    "doubts_of",
    "keep_periods",
    "kind_of",
    "read_file",
    "read_pasted",
    "stands_already",
]
