"""The days on which no meeting is held: public holidays, soft days and the municipality's own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.enums import ClosedKind
from scheduler.domain.periods import Period
from scheduler.planning.inputs import ClosedSpan
from scheduler.store.tables import ClosedPeriod, Forum

__all__ = ["HolidaysOf", "closed_spans"]

HolidaysOf = Callable[[int], Mapping[date, tuple[str, ...]]]
"""Gives the public holidays of a year with their names."""


def closed_spans(
    session: Session, municipality_id: int, period: Period, holidays_of: HolidaysOf
) -> tuple[ClosedSpan, ...]:
    """Return every closed span of the period, in the order of their first days.

    The public holidays come from `holidays_of`; Christmas week and the days before Easter, which
    no law closes, are closed softly, and so is July in a year for which the municipality has set
    no joint leave of its own, and a lone working day between days off where some forum heeds
    such days. The rest is the municipality's own confirmed periods.
    """
    own = session.exec(
        select(ClosedPeriod).where(
            ClosedPeriod.municipality_id == municipality_id,
            col(ClosedPeriod.confirmed).is_(True),
        )
    ).all()
    heeded = session.exec(
        select(Forum.closed_kinds).where(
            Forum.municipality_id == municipality_id, col(Forum.retired_on).is_(None)
        )
    ).all()
    spans = [span for year in period.years for span in _of_year(holidays_of(year), year)]
    spans += _joint_leave(period.years, own)
    if any(ClosedKind.BRIDGE_DAY in kinds for kinds in heeded):
        spans += [span for year in period.years for span in _bridge_days(holidays_of(year), year)]
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


def _joint_leave(years: Iterable[int], own: Iterable[ClosedPeriod]) -> list[ClosedSpan]:
    """Return July for each year without a joint leave of the municipality's own."""
    said = {
        year
        for row in own
        if row.kind is ClosedKind.JOINT_LEAVE
        for year in range(row.starts_on.year, row.ends_on.year + 1)
    }
    return [
        ClosedSpan(date(year, 7, 1), date(year, 7, 31), ClosedKind.JOINT_LEAVE, "fellesferie")
        for year in years
        if year not in said
    ]


def _bridge_days(named: Mapping[date, tuple[str, ...]], year: int) -> list[ClosedSpan]:
    """Return the working days with a day off on either side, one of them a public holiday."""
    days = []
    for holiday in named:
        for step in (-1, 1):
            day = holiday + timedelta(days=step)
            beyond = day + timedelta(days=step)
            is_off = beyond.isoweekday() > 5 or beyond in named
            if day.year == year and day.isoweekday() <= 5 and day not in named and is_off:
                days.append(day)
    return [ClosedSpan(day, day, ClosedKind.BRIDGE_DAY, "inneklemt dag") for day in sorted({*days})]
