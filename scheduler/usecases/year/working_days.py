"""The working days of one municipality, which deadlines and delivery are counted in."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session, col, select

from scheduler.domain.enums import ClosedKind
from scheduler.domain.workdays import DateSpan, WorkingDays
from scheduler.store.tables import ClosedPeriod
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = ["working_days"]

_DAYS_OFF = (ClosedKind.LOCAL, ClosedKind.BRIDGE_DAY)


def working_days(
    session: Session, municipality_id: int, years: Iterable[int], holidays_of: HolidaysOf
) -> WorkingDays:
    """Return the working days of those years, with one year on each side for what runs over."""
    wanted = sorted(years)
    around = range(wanted[0] - 1, wanted[-1] + 2)
    own = session.exec(
        select(ClosedPeriod).where(
            ClosedPeriod.municipality_id == municipality_id,
            col(ClosedPeriod.confirmed).is_(True),
        )
    ).all()
    return WorkingDays(
        public_holidays=frozenset(day for year in around for day in holidays_of(year)),
        days_off=_spans(own, _DAYS_OFF),
        joint_leave=_spans(own, (ClosedKind.JOINT_LEAVE,)),
    )


def _spans(rows: Iterable[ClosedPeriod], kinds: tuple[ClosedKind, ...]) -> tuple[DateSpan, ...]:
    return tuple(DateSpan(row.starts_on, row.ends_on) for row in rows if row.kind in kinds)
