"""The plan file: what a municipality's plan says, checked before it is loaded."""

from scheduler.domain.planfile.choices import Choices
from scheduler.domain.planfile.entries import (
    ClosedEntry,
    CouncilEntry,
    DutyEntry,
    MeasureEntry,
    MunicipalityEntry,
    PlanEntry,
    PositionEntry,
    QuestionEntry,
    Rhythm,
    RuleEntry,
    ServiceEntry,
    UnitEntry,
)
from scheduler.domain.planfile.forum_entry import ForumEntry, LinkEntry, SeatEntry
from scheduler.domain.planfile.plan_file import PlanFile
from scheduler.domain.planfile.problem import PlanFileError, Problem, ProblemCode
from scheduler.domain.planfile.reading import read_plan_file

__all__ = [
    "Choices",
    "ClosedEntry",
    "CouncilEntry",
    "DutyEntry",
    "ForumEntry",
    "LinkEntry",
    "MeasureEntry",
    "MunicipalityEntry",
    "PlanEntry",
    "PlanFile",
    "PlanFileError",
    "PositionEntry",
    "Problem",
    "ProblemCode",
    "QuestionEntry",
    "Rhythm",
    "RuleEntry",
    "SeatEntry",
    "ServiceEntry",
    "UnitEntry",
    "read_plan_file",
]
