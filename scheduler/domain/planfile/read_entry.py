"""Reads the lists of a plan file that are not forums, one entry at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scheduler.domain.enums import (
    ClosedKind,
    DutyKind,
    PreventionLevel,
    ServiceKind,
    UnitKind,
)
from scheduler.domain.planfile.entries import (
    ClosedEntry,
    CouncilEntry,
    DutyEntry,
    MeasureEntry,
    PositionEntry,
    QuestionEntry,
    Rhythm,
    RuleEntry,
    ServiceEntry,
    UnitEntry,
)
from scheduler.domain.planfile.problem import Problem, ProblemCode
from scheduler.domain.planfile.rhythm_text import read_rhythm
from scheduler.domain.planfile.table_reader import TableReader

__all__ = [
    "read_closed",
    "read_council",
    "read_duty",
    "read_measure",
    "read_positions",
    "read_question",
    "read_rule",
    "read_service",
    "read_unit",
]


def read_unit(table: TableReader) -> UnitEntry:
    """Read one [[unit]]."""
    if not table.has("kind"):
        table.report(ProblemCode.MISSING_KEY, "kind")
    entry = UnitEntry(
        line=table.table.line,
        slug=table.slug("slug"),
        name=table.required_text("name"),
        kind=table.choice("kind", UnitKind) or UnitKind.SCHOOL,
    )
    table.finish()
    return entry


def read_positions(table: TableReader, units: tuple[UnitEntry, ...]) -> tuple[PositionEntry, ...]:
    """Read one [[position]]; with `per_unit` it is one position in each unit of that kind.

    The position in a unit is called `slug@unit`, as seats refer to it, and its title ends with
    the unit's name, so that two in one forum can be told apart.
    """
    slug = table.slug("slug")
    per_unit = table.choice("per_unit", UnitKind)
    unit = table.reference("unit")
    title = table.required_text("title")
    old_title = table.text("old_title")
    several = table.flag("held_by_several")
    external = table.flag("external")
    source_lines = table.source_lines()
    table.finish()
    places = (
        [
            (f"{slug}@{each.slug}", f"{title}, {each.name}", each.slug)
            for each in units
            if each.kind is per_unit
        ]
        if per_unit
        else [(slug, title, unit)]
    )
    return tuple(
        PositionEntry(
            line=table.table.line,
            slug=own_slug,
            title=own_title,
            old_title=old_title,
            unit=place,
            held_by_several=several,
            external=external,
            source_lines=source_lines,
        )
        for own_slug, own_title, place in places
    )


def read_service(table: TableReader) -> ServiceEntry:
    """Read one [[service]]."""
    entry = ServiceEntry(
        line=table.table.line,
        slug=table.slug("slug"),
        name=table.required_text("name"),
        kind=table.choice("kind", ServiceKind) or ServiceKind.BASIC,
        leader=table.reference("leader"),
        source_lines=table.source_lines(),
    )
    table.finish()
    return entry


def read_duty(table: TableReader, warnings: list[Problem]) -> DutyEntry:
    """Read one [[duty]]."""
    if not table.has("kind"):
        table.report(ProblemCode.MISSING_KEY, "kind")
    last_done = table.day_or_year("last_done")
    entry = DutyEntry(
        line=table.table.line,
        slug=table.slug("slug"),
        name=table.required_text("name"),
        kind=table.choice("kind", DutyKind) or DutyKind.FOLLOW_UP,
        position=table.reference("position"),
        per_service=table.flag("per_service"),
        forum=table.reference("forum"),
        rhythm=_since(last_done, read_rhythm(table, "rhythm", warnings)),
        due=table.month_and_day("due"),
        last_done_on=last_done if isinstance(last_done, date) else None,
        reports_to=table.text("reports_to"),
        legal_basis=table.text("law"),
        switched_off_because=table.text("switched_off_because"),
        source_lines=table.source_lines(),
    )
    table.finish()
    return entry


def read_measure(table: TableReader, warnings: list[Problem]) -> MeasureEntry:
    """Read one [[measure]]."""
    entry = MeasureEntry(
        line=table.table.line,
        slug=table.slug("slug"),
        name=table.required_text("name"),
        level=table.choice("level", PreventionLevel),
        level_words=table.text("level_words"),
        status=table.text("status"),
        target_group=table.text("target_group"),
        protective_factor=table.text("protective_factor"),
        responsible=table.texts("responsible"),
        position=table.reference("position"),
        rhythm=read_rhythm(table, "rhythm", warnings),
        evaluation=read_rhythm(table, "evaluation", warnings),
        source_lines=table.source_lines(),
    )
    table.finish()
    return entry


def read_rule(table: TableReader) -> RuleEntry:
    """Read one [[rule]]."""
    entry = RuleEntry(
        line=table.table.line,
        slug=table.slug("slug"),
        name=table.required_text("name"),
        text=table.required_running_text("text"),
        source_lines=table.source_lines(),
    )
    table.finish()
    return entry


def read_question(table: TableReader) -> QuestionEntry:
    """Read one [[question]]."""
    entry = QuestionEntry(
        line=table.table.line,
        slug=table.slug("slug"),
        about=table.reference("about"),
        text=table.required_running_text("text"),
        source_lines=table.source_lines(),
    )
    table.finish()
    return entry


def read_closed(table: TableReader) -> ClosedEntry | None:
    """Read one [[closed]]; None where it has no days."""
    for key in ("kind", "from", "to"):
        if not table.has(key):
            table.report(ProblemCode.MISSING_KEY, key)
    slug, name = table.slug("slug"), table.required_text("name")
    kind = table.choice("kind", ClosedKind) or ClosedKind.LOCAL
    first, last = table.day("from"), table.day("to")
    confirmed = table.flag("confirmed", default=True)
    source = table.text("source")
    table.finish()
    if first is None or last is None:
        return None
    if last < first:
        table.report(ProblemCode.WRONG_ORDER, "to", f"{first} - {last}")
        return None
    return ClosedEntry(
        line=table.table.line,
        slug=slug,
        name=name,
        kind=kind,
        starts_on=first,
        ends_on=last,
        confirmed=confirmed,
        source=source,
    )


def read_council(table: TableReader) -> CouncilEntry | None:
    """Read one [[council]]; None where it has no day."""
    if not table.has("on"):
        table.report(ProblemCode.MISSING_KEY, "on")
    held_on = table.day("on")
    body = table.text("body") or "kommunestyret"
    table.finish()
    if held_on is None:
        return None
    return CouncilEntry(line=table.table.line, held_on=held_on, body=body)


def _since(last_done: date | int | None, rhythm: Rhythm | None) -> Rhythm | None:
    # A plan that says "revidert i 2017" gives no day, so none is made up.
    if rhythm is None or not isinstance(last_done, int):
        return rhythm
    return replace(rhythm, cadence=replace(rhythm.cadence, last_year=last_done))
