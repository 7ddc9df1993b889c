"""What loading a plan file changes, a line for each row, with the keys that stand in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, time
from enum import Enum
from typing import Any

from scheduler.domain.language import Language, say_date
from scheduler.usecases.plan_file.difference import Change
from scheduler.usecases.plan_file.record import Entity, Record, Ref

__all__ = ["change_lines"]

_KEYS = {
    "rhythm_words": "rhythm",
    "evaluation_words": "evaluation",
    "source_lines": "lines",
    "closed_kinds": "closed",
    "minutes_rule": "minutes",
    "legal_basis": "law",
    "last_done_on": "last_done",
    "anchor_on": "anchor",
    "adopted_on": "adopted",
    "period_kind": "period",
    "starts_on": "from",
    "ends_on": "to",
    "from_forum_id": "from",
    "to_forum_id": "to",
    "leader_position_id": "leader",
    "owner_position_id": "owner",
    "position_id": "position",
    "forum_id": "forum",
    "unit_id": "unit",
}
_READINGS = {"cadence": "rhythm_words", "evaluation_cadence": "evaluation_words"}
_DUE = ("due_month", "due_day")
_SILENT = frozenset({"calendar_id", "chosen", "days_chosen"})
_LONGEST = 60


def change_lines(changes: Iterable[Change]) -> Iterator[str]:
    """Yield a line for each added or changed row; a municipality that is new is one line.

    Everything in a file is new the first time, and a list of it would be the file again.
    """
    found = list(changes)
    if any(one.before is None and one.key.entity is Entity.MUNICIPALITY for one in found):
        return
    for one in found:
        if one.before is None:
            name = one.after.get("name") or one.after.get("title")
            yield f"ny: {one.key}" + (f" ({name})" if name else "")
        else:
            said = "; ".join(_differences(one.before, one.after))
            yield f"endret: {one.key}: {said}"


def _differences(before: Record, after: Record) -> Iterator[str]:
    for column, value in after.items():
        if column in _SILENT or (column in _READINGS and _READINGS[column] in after):
            continue
        if column in _READINGS:
            yield f"{_KEYS[_READINGS[column]]} leses på en ny måte"
        elif column == "retired_on":
            yield "tatt i bruk igjen" if value is None else "tatt ut av bruk"
        elif column in _DUE:
            if column == _DUE[0] or _DUE[0] not in after:
                yield f"due {_due(before)} → {_due({**before, **after})}"
        elif _is_table(before[column]) or _is_table(value):
            yield from _of_tables(column, before[column] or [], value or [])
        elif isinstance(value, dict):
            yield from _of_choices(column, before[column] or {}, value)
        else:
            yield f"{_KEYS.get(column, column)} {_say(before[column])} → {_say(value)}"


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(one, dict) for one in value)


def _of_tables(
    column: str, before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> Iterator[str]:
    """Rules and questions are kept as lists of tables, each with its slug."""
    was, now = ({one["slug"]: one for one in each} for each in (before, after))
    yield from (f"{column} + {slug}" for slug in now if slug not in was)
    yield from (f"{column} - {slug}" for slug in was if slug not in now)
    yield from (f"{column} {slug} endret" for slug in now if slug in was and now[slug] != was[slug])


def _of_choices(column: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            yield f"{column}.{name} {_say(before.get(name))} → {_say(after.get(name))}"


def _due(record: Record) -> str:
    month, day = (record.get(column) for column in _DUE)
    return f"{month:02}-{day:02}" if month and day else _say(None)


def _say(value: Any) -> str:
    match value:
        case None:
            return "(ikke sagt)"
        case bool():
            return "ja" if value else "nei"
        case Ref():
            return value.slug
        case Enum():
            return str(value.value)
        case date():
            return say_date(value, Language.BOKMAL)
        case time():
            return f"{value:%H:%M}"
        case list():
            return ", ".join(_say(one) for one in value) or "(ingen)"
        case str():
            return f"«{value}»" if len(value) <= _LONGEST else f"«{value[:_LONGEST]}…»"
        case _:
            return str(value)
