"""Checks what a plan file's entries say of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from difflib import get_close_matches

from scheduler.domain.enums import LinkKind
from scheduler.domain.planfile.forum_entry import LinkEntry
from scheduler.domain.planfile.plan_file import PlanFile
from scheduler.domain.planfile.problem import Problem, ProblemCode
from scheduler.domain.planfile.source import SourceList, SourceTable

__all__ = ["reference_problems"]


def reference_problems(plan: PlanFile, source: SourceTable) -> list[Problem]:
    """Return every slug that is used twice or names nothing, and every circle of links.

    `source` is the file that the plan was read from: it knows the line of each key.
    """
    problems = [
        *_unknown(plan),
        *_agenda_of_case_forums(plan),
        *_loops(plan.links),
    ]
    lines = _lines_of_keys(source)
    return [*_repeated(plan), *(_at_its_key(problem, lines) for problem in problems)]


def _lines_of_keys(source: SourceTable) -> dict[tuple[str, int, str], int]:
    """Return the line of each key, by the kind of its table, the table's line and the key."""
    lines: dict[tuple[str, int, str], int] = {}
    for kind, found in source.entries.items():
        for table in found.items if isinstance(found, SourceList) else (found,):
            if isinstance(table, SourceTable):
                lines |= {(kind, table.line, key): at.line for key, at in table.entries.items()}
    return lines


def _at_its_key(problem: Problem, lines: Mapping[tuple[str, int, str], int]) -> Problem:
    """Return the problem of a table at the line of the key that it is about."""
    kind, key = problem.key.split(".")[0], problem.key.split(".")[-1]
    return replace(problem, line=lines.get((kind, problem.line, key), problem.line))


def _repeated(plan: PlanFile) -> Iterator[Problem]:
    groups: dict[str, Iterable[tuple[str, int]]] = {
        "unit": ((entry.slug, entry.line) for entry in plan.units),
        "position": ((entry.slug, entry.line) for entry in plan.positions),
        "service": ((entry.slug, entry.line) for entry in plan.services),
        "forum": ((entry.slug, entry.line) for entry in plan.forums),
        "duty": ((entry.slug, entry.line) for entry in plan.duties),
        "measure": ((entry.slug, entry.line) for entry in plan.measures),
        "rule": ((entry.slug, entry.line) for entry in plan.rules),
        "question": ((entry.slug, entry.line) for entry in plan.questions),
        "closed": ((entry.slug, entry.line) for entry in plan.closed),
        "council": ((str(entry.held_on), entry.line) for entry in plan.council),
        "link": (
            (f"{link.kind}: {link.from_forum} - {link.to_forum} {link.item}".strip(), link.line)
            for link in plan.links
        ),
    }
    for group, entries in groups.items():
        first: dict[str, int] = {}
        for slug, line in entries:
            if slug and slug in first:
                yield Problem(
                    ProblemCode.DUPLICATE, line, f"{group}.{slug}", slug, str(first[slug])
                )
            first.setdefault(slug, line)


def _unknown(plan: PlanFile) -> Iterator[Problem]:
    known = {
        "unit": [entry.slug for entry in plan.units],
        "position": [entry.slug for entry in plan.positions],
        "forum": [entry.slug for entry in plan.forums],
    }
    for group, slug, line, key in _references(plan):
        if slug and slug not in known[group]:
            close = get_close_matches(slug, known[group], n=1)
            wanted = close[0] if close else ", ".join(sorted({*known[group]} - {""})[:8])
            code = ProblemCode.UNKNOWN_REFERENCE if wanted else ProblemCode.NOTHING_TO_REFER_TO
            yield Problem(code, line, key, slug, wanted)


def _references(plan: PlanFile) -> Iterator[tuple[str, str | None, int, str]]:
    yield "position", plan.plan.owner, plan.plan.line, "plan.owner"
    yield "position", plan.choices.plan_owner, plan.plan.line, "choices.plan_owner"
    for position in plan.positions:
        yield "unit", position.unit, position.line, f"position.{position.slug}.unit"
    for service in plan.services:
        yield "position", service.leader, service.line, f"service.{service.slug}.leader"
    for forum in plan.forums:
        for unit in forum.units:
            yield "unit", unit, forum.line, f"forum.{forum.slug}.units"
        for seat in forum.seats:
            yield "position", seat.position, seat.line, f"forum.{forum.slug}.seats.position"
    for link in plan.links:
        yield "forum", link.from_forum, link.line, "link.from"
        yield "forum", link.to_forum, link.line, "link.to"
    for duty in plan.duties:
        yield "position", duty.position, duty.line, f"duty.{duty.slug}.position"
        yield "forum", duty.forum, duty.line, f"duty.{duty.slug}.forum"
    for measure in plan.measures:
        yield "position", measure.position, measure.line, f"measure.{measure.slug}.position"
    for question in plan.questions:
        yield "forum", question.about, question.line, f"question.{question.slug}.about"


def _agenda_of_case_forums(plan: PlanFile) -> Iterator[Problem]:
    case_level = {forum.slug for forum in plan.forums if forum.level.is_case}
    for link in plan.links:
        if link.kind is LinkKind.AGENDA_ITEM and link.to_forum in case_level:
            yield Problem(ProblemCode.CASE_AGENDA, link.line, "link.item", link.to_forum)


def _loops(links: tuple[LinkEntry, ...]) -> Iterator[Problem]:
    after: dict[str, list[LinkEntry]] = {}
    for link in links:
        if link.kind is not LinkKind.AGENDA_ITEM and link.from_forum != link.to_forum:
            after.setdefault(link.from_forum, []).append(link)
    for link in links:
        path = _path_back(after, link.to_forum, link.from_forum, ())
        # One report for each circle: at the link that the file says last.
        if path and all(link.line >= each.line for each in path):
            names = " → ".join((link.from_forum, *(each.from_forum for each in path)))
            yield Problem(ProblemCode.LOOP, link.line, "link.to", f"{names} → {link.from_forum}")


def _path_back(
    after: dict[str, list[LinkEntry]], start: str, goal: str, seen: tuple[str, ...]
) -> tuple[LinkEntry, ...]:
    for link in after.get(start, ()):
        if link.to_forum == goal:
            return (link,)
        if link.to_forum not in seen:
            rest = _path_back(after, link.to_forum, goal, (*seen, start))
            if rest:
                return (link, *rest)
    return ()
