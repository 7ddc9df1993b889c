"""The days on which no meeting is held: public holidays, soft days and the municipality's own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.enums import ClosedKind
from scheduler.domain.periods import Period
from scheduler.planning.inputs import ClosedSpan
from scheduler.store.tables import ClosedPeriod

__all__ = ["HolidaysOf", "closed_spans"]

HolidaysOf = Callable[[int], Mapping[date, tuple[str, ...]]]
"""Gives the public holidays of a year with their names."""


def closed_spans(
    session: Session, municipality_id: int, period: Period, holidays_of: HolidaysOf
) -> tuple[ClosedSpan, ...]:
    """Return every closed span of the period, in the order of their first days.

    The public holidays come from `holidays_of`; Christmas week and the day before Easter, which
    no law closes, are closed softly; the rest is the municipality's own confirmed periods.
    """
    spans = [span for year in period.years for span in _of_year(holidays_of(year), year)]
    own = session.exec(
        select(ClosedPeriod).where(
            ClosedPeriod.municipality_id == municipality_id,
            col(ClosedPeriod.confirmed).is_(True),
        )
    )
    spans += [ClosedSpan(row.starts_on, row.ends_on, row.kind, row.name) for row in own]
    within = [
        span
        for span in spans
        if span.starts_on <= period.ends_on and span.ends_on >= period.starts_on
    ]
    return tuple(sorted(within, key=lambda span: (span.starts_on, span.ends_on, span.name)))


def _of_year(named: Mapping[date, tuple[str, ...]], year: int) -> list[ClosedSpan]:
    spans = [
        ClosedSpan(day, day, ClosedKind.PUBLIC_HOLIDAY, " / ".join(names))
        for day, names in named.items()
    ]
    spans.append(ClosedSpan(date(year, 12, 24), date(year, 12, 31), ClosedKind.CHRISTMAS, "romjul"))
    maundy_thursday = next((day for day, names in named.items() if "Skjærtorsdag" in names), None)
    if maundy_thursday is not None:
        monday = maundy_thursday - timedelta(days=3)
        wednesday = maundy_thursday - timedelta(days=1)
        spans.append(ClosedSpan(monday, wednesday, ClosedKind.EASTER, "dagene før påske"))
    return spans
