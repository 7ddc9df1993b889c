"""What a plan file says, as frozen values; each entry keeps the line it begins on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.domain.cadence import Cadence
from scheduler.domain.enums import (
    ClosedKind,
    DutyKind,
    PeriodKind,
    PreventionLevel,
    ServiceKind,
    UnitKind,
)
from scheduler.domain.language import Language

__all__ = [
    "ClosedEntry",
    "CouncilEntry",
    "DutyEntry",
    "MeasureEntry",
    "MunicipalityEntry",
    "PlanEntry",
    "PositionEntry",
    "QuestionEntry",
    "Rhythm",
    "RuleEntry",
    "ServiceEntry",
    "UnitEntry",
]


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The plan's own words for how often, and how they are read."""

    words: str
    cadence: Cadence


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityEntry:
    """The municipality; `number` is Statistics Norway's four digits."""

    line: int
    slug: str
    name: str
    number: str | None
    language: Language
    timezone: str
    period: PeriodKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntry:
    """The plan itself; what it does not say is None and asked for."""

    line: int
    title: str
    adopted_on: date | None
    valid_until: date | None
    owner: str | None
    shared_with: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A school, kindergarten or department."""

    line: int
    slug: str
    name: str
    kind: UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionEntry:
    """A stilling; `old_title` is the plan's word where today's is another."""

    line: int
    slug: str
    title: str
    old_title: str | None
    unit: str | None
    held_by_several: bool
    external: bool
    source_lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceEntry:
    """A tjeneste and the position that leads it."""

    line: int
    slug: str
    name: str
    kind: ServiceKind
    leader: str | None
    source_lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyEntry:
    """Something the plan or the law asks for in a rhythm.

    `due` is a month and day of each year. `last_done_on` is the anchor of an interval.
    """

    line: int
    slug: str
    name: str
    kind: DutyKind
    position: str | None
    per_service: bool
    forum: str | None
    rhythm: Rhythm | None
    due: tuple[int, int] | None
    last_done_on: date | None
    reports_to: str | None
    legal_basis: str | None
    switched_off_because: str | None
    source_lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureEntry:
    """A tiltak; `responsible` are the plan's words, `position` the one that answers."""

    line: int
    slug: str
    name: str
    level: PreventionLevel | None
    level_words: str | None
    status: str | None
    target_group: str | None
    protective_factor: str | None
    responsible: tuple[str, ...]
    position: str | None
    rhythm: Rhythm | None
    evaluation: Rhythm | None
    source_lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """A meeting about one child: shown as a rule, never made, dated or reminded of."""

    line: int
    slug: str
    name: str
    text: str
    source_lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEntry:
    """Something the plan leaves open or says in two ways, for a person to answer."""

    line: int
    slug: str
    about: str | None
    text: str
    source_lines: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedEntry:
    """Days without meetings, both ends included; only confirmed ones are used."""

    line: int
    slug: str
    name: str
    kind: ClosedKind
    starts_on: date
    ends_on: date
    confirmed: bool
    source: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilEntry:
    """A meeting of the council, entered and never planned."""

    line: int
    held_on: date
    body: str
