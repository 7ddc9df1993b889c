"""A calendar of others as its administrator sees it: what counts, and what would change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from scheduler.domain.enums import ClosedKind
from scheduler.domain.unseen import without_unseen
from scheduler.store.rows import id_of
from scheduler.store.tables import ImportedCalendar
from scheduler.usecases.imported_calendars.days import NamedDays, from_json, to_json

__all__ = ["CalendarSnapshot", "days_that_count", "differs", "snapshot_of"]

_LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSnapshot:
    """A calendar with the days that count, and those that a confirmation adds and takes away.

    `waits` tells whether there is something to confirm; a calendar that nobody has confirmed yet
    waits although it may be empty. `mark` stands for exactly these days to add and take away: who
    confirms sends it back, and nothing else can be confirmed with it.
    """

    id: int
    name: str
    address: str | None
    closed_kind: ClosedKind | None
    applied: tuple[NamedDays, ...]
    added: tuple[NamedDays, ...]
    taken_away: tuple[NamedDays, ...]
    waits: bool
    left_out: int
    fault: str | None
    fetched_at: datetime | None

    @property
    def mark(self) -> str:
        """Return what stands for the days that are shown as new and as gone."""
        shown = [to_json(self.added), to_json(self.taken_away)]
        return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()

    @property
    def confirmed(self) -> tuple[NamedDays, ...]:
        """Return the days that count once this is confirmed."""
        return tuple(sorted({*self.applied, *self.added} - set(self.taken_away)))


def snapshot_of(row: ImportedCalendar, *, today: date) -> CalendarSnapshot:
    """Return the calendar as it is on a day."""
    applied = days_that_count(from_json(row.applied), row.closed_kind)
    added, taken_away = _changes(row, applied, today)
    is_first = row.confirmed_at is None
    return CalendarSnapshot(
        id=id_of(row),
        name=row.name,
        address=row.address,
        closed_kind=row.closed_kind,
        applied=applied,
        added=added,
        taken_away=taken_away,
        waits=row.waiting is not None and bool(is_first or added or taken_away),
        left_out=row.left_out,
        fault=row.fault,
        fetched_at=row.fetched_at,
    )


def days_that_count(
    days: Iterable[NamedDays], closed_kind: ClosedKind | None
) -> tuple[NamedDays, ...]:
    """Return the days as they are shown, kept and planned around.

    A meeting of the council that goes on for several days counts with its first.
    """
    return tuple(
        sorted(
            {
                NamedDays(
                    one.starts_on,
                    one.starts_on if closed_kind is None else one.ends_on,
                    without_unseen(one.title)[:_LONGEST_TITLE],
                )
                for one in days
            }
        )
    )


def differs(found: Iterable[NamedDays], applied: Iterable[NamedDays], *, today: date) -> bool:
    """Tell whether a calendar says something else than what was confirmed about the days ahead.

    Days that are over stay as they were confirmed: they only fell out of what is read.
    """
    return set(_ahead(found, today)) != set(_ahead(applied, today))


def _changes(
    row: ImportedCalendar, applied: tuple[NamedDays, ...], today: date
) -> tuple[tuple[NamedDays, ...], tuple[NamedDays, ...]]:
    if row.waiting is None:
        return (), ()
    waiting = days_that_count(from_json(row.waiting), row.closed_kind)
    if row.confirmed_at is None:
        return waiting, ()
    new, old = _ahead(waiting, today), _ahead(applied, today)
    return _without(new, old), _without(old, new)


def _ahead(days: Iterable[NamedDays], today: date) -> tuple[NamedDays, ...]:
    return tuple(one for one in days if one.ends_on >= today)


def _without(days: tuple[NamedDays, ...], others: tuple[NamedDays, ...]) -> tuple[NamedDays, ...]:
    known = set(others)
    return tuple(one for one in days if one not in known)
