"""The row of a planned year: found or made, and what may be done with it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.errors import AarshjulError
from scheduler.domain.periods import Period
from scheduler.store.tables import Municipality, YearPlan

__all__ = [
    "NothingToPublishError",
    "OverlappingPeriodError",
    "StaleProposalError",
    "UnknownMunicipalityError",
    "find_municipality",
    "find_year_plan",
    "first_free_day",
    "known_year_plan",
    "year_plan_of",
]


class UnknownMunicipalityError(AarshjulError):
    """No municipality has this slug; `known` are those that exist."""

    def __init__(self, slug: str, known: tuple[str, ...]) -> None:
        """Keep what was asked for and what there is."""
        super().__init__(slug)
        self.slug = slug
        self.known = known


class StaleProposalError(AarshjulError):
    """The year was changed after the proposal was made; it must be made again."""


class NothingToPublishError(AarshjulError):
    """The year has no proposed meetings; `period` is its label."""

    def __init__(self, period: str) -> None:
        """Keep the period's label."""
        super().__init__(period)
        self.period = period


class OverlappingPeriodError(AarshjulError):
    """The period runs on into another that is published; both are labels."""

    def __init__(self, period: str, published: str) -> None:
        """Keep the period to be planned and the one that stands."""
        super().__init__(period, published)
        self.period = period
        self.published = published


def find_municipality(session: Session, slug: str) -> Municipality:
    """Return the municipality with that slug.

    Raises:
        UnknownMunicipalityError: there is none.
    """
    found = session.exec(select(Municipality).where(Municipality.slug == slug)).one_or_none()
    if found is None:
        known = session.exec(select(Municipality.slug).order_by(Municipality.slug)).all()
        raise UnknownMunicipalityError(slug, tuple(known))
    return found


def find_year_plan(session: Session, municipality_id: int, period: Period) -> YearPlan | None:
    """Return the year plan of a period, or None where nothing has been planned."""
    return session.exec(
        select(YearPlan).where(
            YearPlan.municipality_id == municipality_id, YearPlan.period == period.label
        )
    ).one_or_none()


def first_free_day(session: Session, municipality_id: int, period: Period) -> date | None:
    """Return the first day that no earlier published period covers; None where all are free.

    A municipality that goes from calendar years to school years would else have its autumn twice.

    Raises:
        OverlappingPeriodError: a published period begins within this one, which is not published.
    """
    published = session.exec(
        select(YearPlan)
        .where(
            YearPlan.municipality_id == municipality_id,
            col(YearPlan.published_at).is_not(None),
            YearPlan.starts_on <= period.ends_on,
            YearPlan.ends_on >= period.starts_on,
        )
        .order_by(col(YearPlan.starts_on))
    ).all()
    others = [one for one in published if one.period != period.label]
    if len(others) == len(published):
        for one in others:
            if one.starts_on > period.starts_on:
                raise OverlappingPeriodError(period.label, one.period)
    ends = [one.ends_on for one in others if one.starts_on < period.starts_on]
    return max(ends) + timedelta(days=1) if ends else None


def year_plan_of(session: Session, municipality_id: int, period: Period) -> YearPlan:
    """Return the year plan of a period, made as a draft where there is none."""
    found = find_year_plan(session, municipality_id, period)
    if found is None:
        found = YearPlan(
            municipality_id=municipality_id,
            period=period.label,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
        )
        session.add(found)
        session.flush()
    return found


def known_year_plan(session: Session, municipality_id: int, period: Period) -> YearPlan:
    """Return the year plan of a period that must be there.

    Raises:
        NothingToPublishError: nothing has been planned.
    """
    found = find_year_plan(session, municipality_id, period)
    if found is None:
        raise NothingToPublishError(period.label)
    return found
