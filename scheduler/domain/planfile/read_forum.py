"""Reads the forums of a plan file, with their seats, and the links between them."""

from __future__ import annotations

from datetime import time
from typing import Final

from scheduler.domain.cadence.cadence import VAGUE, Cadence
from scheduler.domain.cadence.kinds import CadenceKind, Weekday
from scheduler.domain.enums import (
    AttendanceRule,
    ClosedDayRule,
    ClosedKind,
    ForumKind,
    ForumLevel,
    Function,
    LinkKind,
    MinutesRule,
    SetBy,
    UnitKind,
)
from scheduler.domain.planfile.entries import UnitEntry
from scheduler.domain.planfile.forum_entry import ForumEntry, LinkEntry, SeatEntry
from scheduler.domain.planfile.problem import Problem, ProblemCode
from scheduler.domain.planfile.refused_text import is_about_one_child
from scheduler.domain.planfile.rhythm_text import read_rhythm
from scheduler.domain.planfile.table_reader import TableReader

__all__ = ["MIXED", "read_forum", "read_link"]

MIXED: Final = "mixed"
"""The level of a forum whose plan speaks of both cases and systems, or is unclear."""

_IN_EACH_UNIT = "@{unit}"
_CHOOSABLE = ("rhythm", "weekday", "starts", "ends", "place", "minutes", "level")


def read_forum(
    table: TableReader, units: tuple[UnitEntry, ...], warnings: list[Problem]
) -> ForumEntry:
    """Read one forum; `units` are all of the municipality's."""
    slug, name = table.slug("slug"), table.required_text("name")
    if is_about_one_child(name):
        table.report(ProblemCode.ONE_CHILD, "name", name)
    level, is_settled = _level(table, warnings)
    rhythm = read_rhythm(table, "rhythm", warnings)
    chosen_rhythm = read_rhythm(table, "chosen_rhythm", warnings)
    dates_set_by = table.choice("dates_set_by", SetBy) or SetBy.US
    said = chosen_rhythm or rhythm
    cadence = said.cadence if said is not None else VAGUE
    if cadence.kind is CadenceKind.VAGUE and dates_set_by is SetBy.US:
        warnings.append(Problem(ProblemCode.RHYTHM_MISSING, table.table.line, table.path, name))
    starts, duration = _times(table, cadence)
    per_unit = table.choice("per_unit", UnitKind)
    series = _series(table, per_unit, units, warnings)
    elected = table.flag("elected")
    entry = ForumEntry(
        line=table.table.line,
        slug=slug,
        name=name,
        kind=table.choice("kind", ForumKind) or ForumKind.OTHER,
        level=level,
        level_is_settled=is_settled,
        level_words=table.text("level_words"),
        mandate=table.running_text("mandate"),
        rhythm=rhythm,
        chosen_rhythm=chosen_rhythm,
        adjustable=table.flag("adjustable", default=cadence.adjustable),
        anchor_on=table.day("anchor"),
        weekday=table.choice("weekday", Weekday) or _only_weekday(cadence),
        starts=starts,
        duration_minutes=duration,
        place=table.text("place"),
        room_email=table.email("room_email"),
        minutes_rule=table.choice("minutes", MinutesRule) or MinutesRule.ALWAYS,
        minutes_words=table.text("minutes_words"),
        notice_days=table.number("notice_days", 0, 90),
        minutes_days=table.number("minutes_days", 0, 90),
        agenda=table.texts("agenda"),
        closed=table.choices("closed", ClosedKind),
        on_closed=table.choice("on_closed", ClosedDayRule) or ClosedDayRule.SKIP,
        per_unit=per_unit,
        units=series,
        dates_set_by=dates_set_by,
        elected=elected,
        chosen=_chosen(table),
        seats=_seats(table, series, elected=elected),
        source_lines=table.source_lines(),
    )
    if level.is_case:
        for key in ("agenda", "mandate"):
            if table.has(key):
                table.report(ProblemCode.CASE_AGENDA, key)
    table.finish()
    return entry


def read_link(table: TableReader) -> LinkEntry:
    """Read how one forum's dates depend on another's."""
    for key in ("kind", "from", "to"):
        if not table.has(key):
            table.report(ProblemCode.MISSING_KEY, key)
    kind = table.choice("kind", LinkKind) or LinkKind.AFTER
    link = LinkEntry(
        line=table.table.line,
        kind=kind,
        from_forum=table.reference("from") or "",
        to_forum=table.reference("to") or "",
        days=table.number("days", 0, 365),
        item=table.text("item") or "",
        words=table.text("words"),
        source_lines=table.source_lines(),
    )
    if kind is LinkKind.AGENDA_ITEM:
        if not link.item:
            table.report(ProblemCode.MISSING_KEY, "item")
    elif link.from_forum and link.from_forum == link.to_forum:
        table.report(ProblemCode.SAME_FORUM, "to", link.to_forum)
    table.finish()
    return link


def _level(table: TableReader, warnings: list[Problem]) -> tuple[ForumLevel, bool]:
    if not table.has("level"):
        table.report(ProblemCode.MISSING_KEY, "level", wanted=", ".join(_level_words()))
    word = table.word("level", _level_words())
    if word is None:
        # The strictest level, so that the rest of the forum is checked for the worst.
        return (ForumLevel.CASE_ELSE_NOT if table.has("level") else ForumLevel.SYSTEM), True
    if word == MIXED:
        where = f"{table.path}.level"
        warnings.append(Problem(ProblemCode.LEVEL_MIXED, table.line("level"), where))
        return ForumLevel.CASE_ELSE_NOT, False
    return ForumLevel(word), True


def _level_words() -> tuple[str, ...]:
    return (*(level.value for level in ForumLevel), MIXED)


def _times(table: TableReader, cadence: Cadence) -> tuple[time | None, int | None]:
    """Return when it begins and its whole minutes; what the file leaves out the words may say."""
    said = cadence.time_ranges[0] if len(cadence.time_ranges) == 1 else None
    starts = table.clock_time("starts") or (said[0] if said else cadence.time_start)
    ends = table.clock_time("ends")
    length = table.number("duration_minutes", 15, 600)
    if ends is None and length is None and said is not None and starts == said[0]:
        ends = said[1]
    if ends is None or starts is None:
        return starts, length or cadence.duration
    if ends <= starts:
        table.report(ProblemCode.WRONG_ORDER, "ends", f"{starts:%H:%M}-{ends:%H:%M}")
        return starts, None
    return starts, length or _minute_of_day(ends) - _minute_of_day(starts)


def _minute_of_day(at: time) -> int:
    return at.hour * 60 + at.minute


def _only_weekday(cadence: Cadence) -> Weekday | None:
    return cadence.weekdays[0] if len(cadence.weekdays) == 1 else None


def _series(
    table: TableReader,
    per_unit: UnitKind | None,
    units: tuple[UnitEntry, ...],
    warnings: list[Problem],
) -> tuple[str, ...]:
    named = table.texts("units")
    if named or per_unit is None:
        return named
    found = tuple(unit.slug for unit in units if unit.kind is per_unit)
    if not found:
        where = f"{table.path}.per_unit"
        warnings.append(
            Problem(ProblemCode.NO_UNITS, table.line("per_unit"), where, per_unit.value)
        )
    return found


def _chosen(table: TableReader) -> tuple[str, ...]:
    chosen = table.texts("chosen")
    for key in chosen:
        if key not in _CHOOSABLE:
            table.report(ProblemCode.NOT_ALLOWED, "chosen", key, ", ".join(_CHOOSABLE))
    return chosen


def _seats(table: TableReader, series: tuple[str, ...], *, elected: bool) -> tuple[SeatEntry, ...]:
    seats = []
    for seat in table.tables("seats"):
        if not seat.has("position"):
            seat.report(ProblemCode.MISSING_KEY, "position")
        position = seat.reference("position") or ""
        functions = seat.choices("function", Function) or (Function.MEMBER,)
        attends = seat.choice("attends", AttendanceRule) or AttendanceRule.EVERY_MEETING
        unit = seat.reference("unit")
        if unit is not None and unit not in series:
            code = ProblemCode.UNKNOWN_REFERENCE if series else ProblemCode.NEEDS_UNITS
            seat.report(code, "unit", unit, ", ".join(series))
        if position.endswith(_IN_EACH_UNIT) and not (series or table.has("per_unit")):
            seat.report(ProblemCode.NEEDS_UNITS, "position", position)
        if elected:
            _check_elected(seat, functions)
        seat.finish()
        for function in functions:
            seats += [
                SeatEntry(
                    line=seat.table.line,
                    position=held,
                    unit=in_unit,
                    function=function,
                    attends=attends,
                )
                for held, in_unit in _positions(position, unit, series)
            ]
    return _without_repeats(table, tuple(seats))


def _check_elected(seat: TableReader, functions: tuple[Function, ...]) -> None:
    allowed = (Function.COORDINATOR, Function.SECRETARY)
    for function in functions:
        if function not in allowed:
            # Members of a youth council may be minors (privacy rule 7).
            wanted = ", ".join(each.value for each in allowed)
            seat.report(ProblemCode.ELECTED_MEMBER, "function", function.value, wanted)


def _positions(
    position: str, unit: str | None, series: tuple[str, ...]
) -> list[tuple[str, str | None]]:
    if not position.endswith(_IN_EACH_UNIT):
        return [(position, unit)]
    title = position.removesuffix(_IN_EACH_UNIT)
    return [(f"{title}@{slug}", slug) for slug in series]


def _without_repeats(table: TableReader, seats: tuple[SeatEntry, ...]) -> tuple[SeatEntry, ...]:
    seen: dict[tuple[str, str | None, Function], SeatEntry] = {}
    for seat in seats:
        key = (seat.position, seat.unit, seat.function)
        if key in seen:
            first = str(seen[key].line)
            table.report(ProblemCode.DUPLICATE, "seats", seat.position, first, line=seat.line)
        seen.setdefault(key, seat)
    return tuple(seen.values())
