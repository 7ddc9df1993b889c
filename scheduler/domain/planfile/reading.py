"""Reads a whole plan file: every problem at once, or the checked plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from scheduler.domain.planfile import read_entry, read_head
from scheduler.domain.planfile.plan_file import PlanFile
from scheduler.domain.planfile.problem import PlanFileError, Problem, ProblemCode
from scheduler.domain.planfile.read_forum import read_forum, read_link
from scheduler.domain.planfile.references import reference_problems
from scheduler.domain.planfile.source import SourceTable
from scheduler.domain.planfile.table_reader import TableReader

__all__ = ["read_plan_file"]

_Entry = TypeVar("_Entry")


def read_plan_file(source: SourceTable) -> PlanFile:
    """Read and check a plan file.

    Raises:
        PlanFileError: with all problems, in the order of their lines.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    file = TableReader(source, "", problems)

    def each(key: str, read: Callable[[TableReader], _Entry]) -> tuple[_Entry, ...]:
        return tuple(read(table) for table in file.tables(key))

    units = each("unit", read_entry.read_unit)
    plan = PlanFile(
        municipality=read_head.read_municipality(_section(file, "municipality")),
        plan=read_head.read_plan(_section(file, "plan")),
        choices=read_head.read_choices(
            file.table_at("choices") or TableReader(SourceTable(1), "choices", problems)
        ),
        units=units,
        positions=tuple(
            position
            for table in file.tables("position")
            for position in read_entry.read_positions(table, units)
        ),
        services=each("service", read_entry.read_service),
        forums=each("forum", lambda table: read_forum(table, units, warnings)),
        links=each("link", read_link),
        duties=each("duty", lambda table: read_entry.read_duty(table, warnings)),
        measures=each("measure", lambda table: read_entry.read_measure(table, warnings)),
        rules=each("rule", read_entry.read_rule),
        questions=each("question", read_entry.read_question),
        closed=tuple(entry for entry in each("closed", read_entry.read_closed) if entry),
        council=tuple(entry for entry in each("council", read_entry.read_council) if entry),
        warnings=(),
    )
    file.finish()
    problems += reference_problems(plan, source)
    if problems:
        raise PlanFileError(_in_order(problems))
    return replace(plan, warnings=_in_order(warnings))


def _section(file: TableReader, key: str) -> TableReader:
    found = file.table_at(key)
    if found is not None:
        return found
    if not file.has(key):
        file.report(ProblemCode.MISSING_TABLE, key)
    # What the missing table should have held is not reported one by one.
    return TableReader(SourceTable(1), key, [])


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.line))
