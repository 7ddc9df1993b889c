"""The passages of a plan that are about one forum."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scheduler.usecases.read_plan.forum_names import (
    ForumName,
    forum_names_in,
    heading_name,
    row_name,
)
from scheduler.usecases.read_plan.lines import LineKind
from scheduler.usecases.read_plan.passages import Passage

__all__ = ["NamedPassages", "named_passages", "section_of"]

_LONGEST = 40
_PROSE = 120


@dataclass(frozen=True, slots=True)
class NamedPassages:
    """Passages with the forums each one names, and the forum of each that is a heading."""

    passages: tuple[Passage, ...]
    names: tuple[tuple[ForumName, ...], ...]
    headings: tuple[ForumName | None, ...]


def named_passages(passages: Sequence[Passage]) -> NamedPassages:
    """Look once for names in every passage."""
    return NamedPassages(
        tuple(passages),
        tuple(tuple(forum_names_in(passage.text)) for passage in passages),
        tuple(
            heading_name(passage.text) if passage.kind is LineKind.HEADING else None
            for passage in passages
        ),
    )


def section_of(
    key: str, named: NamedPassages, spoken_of: Sequence[int]
) -> tuple[tuple[Passage, ...], ...]:
    """Return runs of passages about the forum `key`, in order, none of them twice.

    From its heading to the next; from "teamet består av:" to the end of the list; the cells of
    the table's row up to its rhythm; and the passages numbered `spoken_of`.
    """
    runs: list[tuple[int, int]] = []
    for number, passage in enumerate(named.passages):
        heading = named.headings[number]
        if heading is not None and heading.key == key:
            runs.append((number, _end_of_heading(key, named, number)))
        elif _names(key, named, number) and _LISTS_MEMBERS.search(passage.text):
            runs.append((number, _end_of_list(named, number)))
    runs += [(_row_start(key, named.passages, number), number + 1) for number in spoken_of]
    return tuple(named.passages[first:after] for first, after in _without_overlap(runs))


_LISTS_MEMBERS = re.compile(
    r"\b(?:består av|består|medlemmer|medlemmar|medlemer|deltakere|deltakarar)\b"
)


def _names(key: str, named: NamedPassages, number: int) -> bool:
    return any(name.key == key for name in named.names[number])


def _end_of_heading(key: str, named: NamedPassages, start: int) -> int:
    last = min(len(named.passages), start + _LONGEST)
    for number in range(start + 1, last):
        passage = named.passages[number]
        # "Avdelingsledere" alone on a line looks like a heading. One that is numbered, that
        # names a forum or that opens a paragraph about something else is one.
        if passage.kind is LineKind.HEADING and (
            named.headings[number] is not None
            or passage.text[:1].isdigit()
            or _opens_other_prose(key, named, number + 1)
        ):
            return number
    return last


def _opens_other_prose(key: str, named: NamedPassages, number: int) -> bool:
    following = named.passages[number : number + 1]
    return any(len(each.text) > _PROSE for each in following) and not _names(key, named, number)


def _end_of_list(named: NamedPassages, start: int) -> int:
    number = start + 1
    while number < min(len(named.passages), start + _LONGEST):
        passage = named.passages[number]
        if passage.kind is not LineKind.BULLET and len(passage.text.split()) > 8:
            break
        if named.headings[number] is not None:
            break
        number += 1
    return number


def _row_start(key: str, passages: Sequence[Passage], number: int) -> int:
    """Return the nearest short cell above that names the forum, else the passage itself."""
    for place in range(number, max(-1, number - 6), -1):
        text = passages[place].text
        name = row_name(text) if len(text) < _PROSE else None
        if name is not None and name.key == key:
            return place
    return number


def _without_overlap(runs: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    covered = 0
    for first, after in sorted(runs):
        start = max(first, covered)
        if start < after:
            yield start, after
            covered = after
