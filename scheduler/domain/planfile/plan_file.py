"""A whole plan file, checked."""

from __future__ import annotations

from dataclasses import dataclass

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
    RuleEntry,
    ServiceEntry,
    UnitEntry,
)
from scheduler.domain.planfile.forum_entry import ForumEntry, LinkEntry
from scheduler.domain.planfile.problem import Problem

__all__ = ["PlanFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """Everything a plan file says; every slug it refers to is in it.

    `warnings` do not stop the loading: a rhythm that is not understood, a level left open.
    """

    municipality: MunicipalityEntry
    plan: PlanEntry
    choices: Choices
    units: tuple[UnitEntry, ...]
    positions: tuple[PositionEntry, ...]
    services: tuple[ServiceEntry, ...]
    forums: tuple[ForumEntry, ...]
    links: tuple[LinkEntry, ...]
    duties: tuple[DutyEntry, ...]
    measures: tuple[MeasureEntry, ...]
    rules: tuple[RuleEntry, ...]
    questions: tuple[QuestionEntry, ...]
    closed: tuple[ClosedEntry, ...]
    council: tuple[CouncilEntry, ...]
    warnings: tuple[Problem, ...]
