"""Proposes dates for a municipality's period, without writing anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from scheduler.domain.periods import Period
from scheduler.planning import Proposal, YearInput, propose
from scheduler.store.rows import id_of
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.inputs_of import year_input
from scheduler.usecases.year.year_plans import find_municipality, find_year_plan

__all__ = ["Planner", "Proposed", "propose_year"]

Planner = Callable[[YearInput], Proposal]
"""Places the year: at once by a plain rule, or as well as the solver can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal with the revision of the year it was made from; a later one makes it stale."""

    municipality_slug: str
    period: Period
    proposal: Proposal
    base_revision: int


def propose_year(
    session: Session,
    municipality_slug: str,
    period: Period,
    *,
    plan_from: date | None,
    holidays_of: HolidaysOf,
    planner: Planner = propose,
) -> Proposed:
    """Return a proposal for the period; no new meeting is placed before `plan_from`.

    Raises:
        UnknownMunicipalityError: there is no such municipality.
    """
    municipality = find_municipality(session, municipality_slug)
    year_plan = find_year_plan(session, id_of(municipality), period)
    year = year_input(session, municipality, period, plan_from=plan_from, holidays_of=holidays_of)
    return Proposed(
        municipality_slug=municipality_slug,
        period=period,
        proposal=planner(year),
        base_revision=year_plan.revision if year_plan else 0,
    )
