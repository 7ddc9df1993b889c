"""Keeps the periods that a person has confirmed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, select

from scheduler.domain.enums import ClosedKind
from scheduler.store.tables import ClosedPeriod
from scheduler.usecases.administration.acting import Acting
from scheduler.usecases.administration.closed_periods import add_closed_period
from scheduler.usecases.closed_import.found_period import Doubt, FoundPeriod

__all__ = ["WantedPeriod", "keep_periods", "stands_already"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPeriod:
    """A period as the person left it in the form."""

    name: str
    kind: ClosedKind
    starts_on: date
    ends_on: date


def stands_already(
    session: Session, municipality_id: int, found: Iterable[FoundPeriod]
) -> tuple[FoundPeriod, ...]:
    """Mark those whose days the municipality has entered already."""
    spans = {
        (row.starts_on, row.ends_on)
        for row in session.exec(
            select(ClosedPeriod).where(ClosedPeriod.municipality_id == municipality_id)
        )
    }
    return tuple(
        replace(one, doubts=(*one.doubts, Doubt.STANDS_ALREADY))
        if (one.starts_on, one.ends_on) in spans
        else one
        for one in found
    )


def keep_periods(session: Session, acting: Acting, wanted: Iterable[WantedPeriod]) -> int:
    """Add the periods, which count from now on; return how many.

    Raises:
        EndsBeforeStartError: one ends before it begins.
    """
    count = 0
    for one in wanted:
        add_closed_period(
            session,
            acting,
            name=one.name,
            kind=one.kind,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
        )
        count += 1
    return count
