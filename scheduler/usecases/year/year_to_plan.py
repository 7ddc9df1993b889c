"""A year as it is to be planned, read once, so that no transaction is open while it is solved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from scheduler.domain.periods import Period
from scheduler.planning import Finding, FindingCode, YearInput, check_year
from scheduler.store.rows import id_of
from scheduler.usecases.date_rounds.unfit import without_unfit_days
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.inputs_of import year_input
from scheduler.usecases.year.year_plans import find_municipality, find_year_plan, first_free_day

__all__ = ["YearToPlan", "fingerprint", "plan_from", "read_year_to_plan", "what_is_wrong"]

# Forums whose order cannot be ensured still get their dates, with a note that says so.
_ONLY_NOTED = (FindingCode.LINK_WITHOUT_SOURCE,)


@dataclass(frozen=True, slots=True, kw_only=True)
class YearToPlan:
    """What a proposal is made from; `base_revision` is 0 where nothing has been planned."""

    municipality_slug: str
    municipality_id: int
    period: Period
    year: YearInput
    base_revision: int


def read_year_to_plan(
    session: Session,
    municipality_slug: str,
    period: Period,
    *,
    today: date,
    holidays_of: HolidaysOf,
) -> YearToPlan:
    """Read the period; one that has begun is planned from today on.

    What an earlier published period covers is left to that one. Days that did not fit, as a closed
    round of the proposal says, are taken from whom they concern.

    Raises:
        OverlappingPeriodError: a published period begins within this one.
        UnknownMunicipalityError: there is no such municipality.
    """
    municipality = find_municipality(session, municipality_slug)
    year_plan = find_year_plan(session, id_of(municipality), period)
    free = first_free_day(session, id_of(municipality), period)
    year = year_input(
        session,
        municipality,
        period,
        plan_from=max(filter(None, (plan_from(period, today), free)), default=None),
        holidays_of=holidays_of,
    )
    if year_plan is not None:
        year = without_unfit_days(session, year_plan, year, today=today)
    return YearToPlan(
        municipality_slug=municipality_slug,
        municipality_id=id_of(municipality),
        period=period,
        year=year,
        base_revision=year_plan.revision if year_plan else 0,
    )


def plan_from(period: Period, today: date) -> date | None:
    """Return the first day a new meeting may have: nobody can be called in to yesterday."""
    return today if period.starts_on <= today else None


def what_is_wrong(year: YearInput) -> tuple[Finding, ...]:
    """Return what must be mended before the year can be planned at all."""
    return tuple(found for found in check_year(year) if found.code not in _ONLY_NOTED)


def fingerprint(year: YearInput) -> str:
    """Return a word that is the same as long as the year would be planned from the same facts.

    The day it is asked on is no fact: a proposal is still good the day after.
    """
    plain = _plain(replace(year, plan_from=None))
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset | set):
        # A set has no order of its own, and another one in each process.
        return sorted((_plain(each) for each in value), key=str)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, int | float) else str(value)
