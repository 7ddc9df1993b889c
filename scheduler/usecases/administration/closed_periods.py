"""The municipality's own periods without meetings: listed, added, confirmed and removed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import ClosedKind
from scheduler.store.rows import id_of
from scheduler.store.tables import ClosedPeriod
from scheduler.usecases.administration.acting import Acting, note
from scheduler.usecases.administration.errors import (
    EndsBeforeStartError,
    NotHereError,
    TooLongPeriodError,
)

__all__ = [
    "OWN_KINDS",
    "ClosedLine",
    "add_closed_period",
    "closed_lines",
    "confirm_closed_period",
    "remove_closed_period",
]

# The law's own days are known without anybody entering them.
OWN_KINDS = (
    ClosedKind.SCHOOL_BREAK,
    ClosedKind.JOINT_LEAVE,
    ClosedKind.BRIDGE_DAY,
    ClosedKind.LOCAL,
)
# Longer than any school holiday. Deadlines are counted in working days, and some must be left.
_LONGEST_DAYS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedLine:
    """One period; until a person has confirmed it, planning does not count it."""

    id: int
    name: str
    kind: ClosedKind
    starts_on: date
    ends_on: date
    confirmed: bool
    source: str | None


def closed_lines(session: Session, acting: Acting) -> tuple[ClosedLine, ...]:
    """Return every period that is not over, and those of the last year, by first day."""
    since = acting.today.replace(year=acting.today.year - 1, day=1)
    rows = session.exec(
        select(ClosedPeriod)
        .where(
            ClosedPeriod.municipality_id == acting.municipality_id,
            col(ClosedPeriod.ends_on) >= since,
        )
        .order_by(col(ClosedPeriod.starts_on), col(ClosedPeriod.id))
    )
    return tuple(
        ClosedLine(
            id=id_of(row),
            name=row.name,
            kind=row.kind,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            confirmed=row.confirmed,
            source=row.source,
        )
        for row in rows
    )


def add_closed_period(
    session: Session, acting: Acting, *, name: str, kind: ClosedKind, starts_on: date, ends_on: date
) -> None:
    """Add a period; a person who enters one confirms it by that.

    Raises:
        EndsBeforeStartError: it ends before it begins.
        TooLongPeriodError: it lasts for more than 120 days.
    """
    if ends_on < starts_on:
        raise EndsBeforeStartError(starts_on)
    if (ends_on - starts_on).days >= _LONGEST_DAYS:
        raise TooLongPeriodError(_LONGEST_DAYS)
    row = ClosedPeriod(
        municipality_id=acting.municipality_id,
        slug=_free_slug(session, acting, f"{_slug_of(name)}-{starts_on.isoformat()}"),
        name=name,
        kind=kind,
        starts_on=starts_on,
        ends_on=ends_on,
        confirmed=True,
    )
    session.add(row)
    session.flush()
    note(session, acting, "closed.added", entity="closed", entity_id=id_of(row), after=_values(row))


def confirm_closed_period(session: Session, acting: Acting, period_id: int) -> None:
    """Let a proposed period count from now on.

    Raises:
        NotHereError: the municipality has no such period.
    """
    row = _row(session, acting, period_id)
    if row.confirmed:
        return
    row.confirmed = True
    session.add(row)
    note(session, acting, "closed.confirmed", entity="closed", entity_id=period_id)


def remove_closed_period(session: Session, acting: Acting, period_id: int) -> None:
    """Remove a period; meetings that are planned stay where they are.

    Raises:
        NotHereError: the municipality has no such period.
    """
    row = _row(session, acting, period_id)
    note(
        session, acting, "closed.removed", entity="closed", entity_id=period_id, before=_values(row)
    )
    session.delete(row)
    session.flush()


def _row(session: Session, acting: Acting, period_id: int) -> ClosedPeriod:
    row = session.get(ClosedPeriod, period_id)
    if row is None or row.municipality_id != acting.municipality_id:
        raise NotHereError(period_id)
    return row


def _slug_of(name: str) -> str:
    plain = name.lower().replace("å", "a").replace("ø", "o").replace("æ", "ae")
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "periode"


def _free_slug(session: Session, acting: Acting, wanted: str) -> str:
    taken = set(
        session.exec(
            select(ClosedPeriod.slug).where(ClosedPeriod.municipality_id == acting.municipality_id)
        )
    )
    slug, number = wanted, 2
    while slug in taken:
        slug, number = f"{wanted}-{number}", number + 1
    return slug


def _values(row: ClosedPeriod) -> dict[str, str]:
    return {
        "name": row.name,
        "kind": row.kind.value,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
    }
