"""The row of a planned year: found or made, and what may be done with it."""

from __future__ import annotations

from sqlmodel import Session, select

from scheduler.domain.errors import AarshjulError
from scheduler.domain.periods import Period
from scheduler.store.tables import Municipality, YearPlan

__all__ = [
    "NothingToPublishError",
    "StaleProposalError",
    "UnknownMunicipalityError",
    "find_municipality",
    "find_year_plan",
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
