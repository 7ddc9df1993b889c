"""What loading a plan file would do: rows to add and to change, and what only the database has."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from scheduler.usecases.plan_file.record import Default, Entity, Following, Key, Record, Rows

__all__ = ["Change", "Difference", "difference", "goes_with_forum"]

# Days are entered by people and imported; a plan file that does not name them says nothing.
_NEVER_MISSING = frozenset({Entity.MUNICIPALITY, Entity.PLAN, Entity.CLOSED, Entity.COUNCIL})


@dataclass(frozen=True, slots=True)
class Change:
    """One row: the columns that change, before (None for a new row) and after."""

    key: Key
    before: Record | None
    after: Record


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that loading does. `missing` rows are only told of, never touched."""

    added: tuple[Change, ...]
    changed: tuple[Change, ...]
    unchanged: tuple[Key, ...]
    missing: tuple[Key, ...]


def difference(desired: Rows, standing: Rows) -> Difference:
    """Compare what a file asks for with what stands, in the order in which rows are made."""
    added, changed, unchanged = [], [], []
    for key in sorted(desired, key=_order):
        now = standing.get(key)
        if now is None:
            after = {column: _new(value) for column, value in desired[key].items()}
            added.append(Change(key, None, after))
            continue
        after = _changes(desired[key], now)
        if after:
            changed.append(Change(key, {column: now[column] for column in after}, after))
        else:
            unchanged.append(key)
    retired = {
        key
        for key, record in standing.items()
        if key.entity is Entity.FORUM and record.get("retired_on") is not None
    }
    missing = [
        key
        for key, record in standing.items()
        if key not in desired
        and key.entity not in _NEVER_MISSING
        and record.get("retired_on") is None
        and not goes_with_forum(key, standing, retired)
    ]
    return Difference(
        tuple(added), tuple(changed), tuple(unchanged), tuple(sorted(missing, key=_order))
    )


def goes_with_forum(key: Key, standing: Rows, forums: Collection[Key]) -> bool:
    """Tell whether it is a seat in one of these forums, which is in use no longer than that is."""
    if key.entity is not Entity.SEAT:
        return False
    return Key(Entity.FORUM, standing[key]["forum_id"].slug) in forums


def _order(key: Key) -> tuple[int, str]:
    return list(Entity).index(key.entity), key.slug


def _new(value: Any) -> Any:
    return value.value if isinstance(value, Default | Following) else value


def _changes(desired: Record, now: Record) -> Record:
    after: Record = {}
    for column, value in desired.items():
        if isinstance(value, Default):
            continue
        if isinstance(value, Following):
            if now[column] != value.earlier:
                continue
            value = value.value
        if now[column] != value:
            after[column] = value
    return after
