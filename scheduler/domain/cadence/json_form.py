"""A cadence as the flat JSON object of the contract, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import time
from enum import StrEnum
from functools import lru_cache
from typing import Any

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.errors import CadenceFormatError
from scheduler.domain.cadence.kinds import (
    CadenceKind,
    CadenceUnit,
    Modality,
    Season,
    Weekday,
    WeekParity,
)

__all__ = ["from_json", "to_json"]


def to_json(cadence: Cadence) -> dict[str, Any]:
    """Write a cadence as a flat object that holds only what the words said.

    A count with one open end keeps both keys (`null` is the open one). One season of a window
    or of a single event is `season`, as in the contract; several are `seasons`.
    """
    result: dict[str, Any] = {}
    counted = cadence.count_min is not None or cadence.count_max is not None
    for field in fields(cadence):
        value = getattr(cadence, field.name)
        if field.name in {"count_min", "count_max"}:
            if counted:
                result[field.name] = value
        elif value is not None and value is not False and value != ():
            result[_key(field.name)] = _plain(value)
    if cadence.kind is not CadenceKind.RECURRENCE and len(cadence.seasons) == 1:
        result["season"] = result.pop("seasons")[0]
    return result


def from_json(data: Mapping[str, Any]) -> Cadence:
    """Read a cadence back; raises `CadenceFormatError` with the key and the value at fault."""
    if not isinstance(data, Mapping):
        raise CadenceFormatError("", data)
    values: dict[str, Any] = {}
    for key, value in data.items():
        if key == "season":
            values["seasons"] = (_season(key, value),)
            continue
        reader = _readers().get(key)
        if reader is None:
            raise CadenceFormatError(str(key), value)
        if value is None and key in {"count_min", "count_max"}:
            continue
        values[_FIELDS.get(key, key)] = reader(key, value)
    if "kind" not in values:
        raise CadenceFormatError("kind", None)
    _check_counts(values)
    return Cadence(**values)


_KEYS = {"more_ordinals": "ordinals", "more_dates": "dates"}
_FIELDS = {key: name for name, key in _KEYS.items()}


def _key(name: str) -> str:
    return _KEYS.get(name, name)


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value


def _check_counts(values: Mapping[str, Any]) -> None:
    low, high = values.get("count_min"), values.get("count_max")
    if low is not None and high is not None and low > high:
        raise CadenceFormatError("count_max", high)


Reader = Callable[[str, Any], Any]


@lru_cache(maxsize=1)
def _readers() -> dict[str, Reader]:
    positive, flag = _number(1, 10_000), _flag
    return {
        "kind": _one_of(CadenceKind),
        "unit": _one_of(CadenceUnit),
        "interval": positive,
        "interval_max": positive,
        "count_min": positive,
        "count_max": positive,
        "approx": flag,
        "modality": _one_of(Modality),
        "weekdays": _several(_one_of(Weekday)),
        "ordinal": _ordinal,
        "ordinals": _several(_ordinal),
        "ordinal_of_week": flag,
        "week_parity": _one_of(WeekParity),
        "weeks": _several(_number(1, 53)),
        "months": _several(_number(1, 12)),
        "seasons": _several(_season),
        "season_counts": _several(_pair(_season, positive)),
        "month_part": _text,
        "school_year": flag,
        "school_holidays": flag,
        "time_ranges": _several(_pair(_time, _time)),
        "time_start": _time,
        "time_end": _time,
        "part_of_day": _text,
        "duration": positive,
        "total_occurrences": positive,
        "on_demand": flag,
        "on_demand_extra": flag,
        "month": _number(1, 12),
        "day": _number(1, 31),
        "dates": _several(_pair(_number(1, 12), _number(1, 31))),
        "between": _several(_pair(_number(1, 12), _number(1, 31))),
        "year": _number(1000, 9999),
        "last_year": _number(1000, 9999),
        "next_year": _number(1000, 9999),
        "every": _one_of(CadenceUnit),
        "anchor": _text,
        "after": _text,
        "starts_after": _text,
        "offset_days": _number(-10_000, 10_000),
        "offset_months": _number(-1_000, 1_000),
        "offset_hours": _number(-10_000, 10_000),
        "working_days": flag,
        "within_days": _several(positive),
        "within_months": positive,
        "except_months": _several(_number(1, 12)),
        "except_weeks": _several(_number(1, 53)),
        "except_holidays": flag,
        "task": _text,
        "per": _text,
        "ref": _text,
        "what": _text,
        "level": _text,
        "activity": _text,
        "fixed": flag,
        "implied": flag,
        "adjustable": flag,
    }


def _one_of(kind: type[StrEnum]) -> Reader:
    def read(key: str, value: Any) -> Any:
        if not isinstance(value, str):
            raise CadenceFormatError(key, value)
        try:
            return kind(value)
        except ValueError:
            raise CadenceFormatError(key, value) from None

    return read


def _number(low: int, high: int) -> Reader:
    def read(key: str, value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise CadenceFormatError(key, value)
        return value

    return read


def _several(reader: Reader) -> Reader:
    def read(key: str, value: Any) -> tuple[Any, ...]:
        if not isinstance(value, (list, tuple)):
            raise CadenceFormatError(key, value)
        return tuple(reader(key, item) for item in value)

    return read


def _pair(first: Reader, second: Reader) -> Reader:
    def read(key: str, value: Any) -> tuple[Any, Any]:
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            raise CadenceFormatError(key, value)
        return first(key, value[0]), second(key, value[1])

    return read


def _flag(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise CadenceFormatError(key, value)
    return value


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise CadenceFormatError(key, value)
    return value


def _season(key: str, value: Any) -> Any:
    return _one_of(Season)(key, value)


def _time(key: str, value: Any) -> time:
    if not isinstance(value, str):
        raise CadenceFormatError(key, value)
    try:
        result = time.fromisoformat(value)
    except ValueError:
        raise CadenceFormatError(key, value) from None
    if result.tzinfo is not None or result.second or result.microsecond:
        raise CadenceFormatError(key, value)
    return result


def _ordinal(key: str, value: Any) -> int:
    if value == -1 and not isinstance(value, bool):
        return -1
    return int(_number(1, 5)(key, value))
