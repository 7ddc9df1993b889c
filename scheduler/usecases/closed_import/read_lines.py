"""Reads a pasted table, or the rows of a CSV or XLSX file, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.documents.sheet import read_sheet
from scheduler.domain.enums import ClosedKind
from scheduler.usecases.closed_import.dates_in_text import dates_in
from scheduler.usecases.closed_import.found_period import Doubt, FoundPeriod, doubts_of

__all__ = ["ReadTable", "kind_of", "read_file", "read_pasted"]

_MOST_LINES = 400
_HOLIDAY = re.compile(
    r"(?:1\.|første|fyrste|2\.|andre)\s*(?:jule|påske|pinse|nyttårs)dag|nyttårsdag|skjærtorsdag"
    r"|skjertorsdag|langfredag|kristi himmelfart|grunnlovsdag|17\.?\s*mai|offentlig(?:e)? høytids"
    r"|arbeidernes|arbeidardag|1\.?\s*mai",
    re.IGNORECASE,
)
_SCHOOL_DAY = re.compile(
    r"(?:første|fyrste|siste)\s+(?:skole|skule)dag|(?:skole|skule)start|(?:skole|skule)slutt"
    r"|semesterstart|oppstart",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The periods that were found, and the lines in which none could be."""

    found: tuple[FoundPeriod, ...]
    not_understood: tuple[str, ...]


def read_pasted(text: str, *, school_year: int) -> ReadTable:
    """Read a table pasted from a page: a period a line, cells parted by tabs or bars."""
    lines = (re.sub(r"[\t|]+", "  ", line) for line in text.splitlines())
    return _read(lines, school_year)


def read_file(data: bytes, *, school_year: int) -> ReadTable:
    """Read a CSV or XLSX file, with or without headings.

    Raises:
        SheetError: the file is neither, is empty, or is too large.
    """
    headings, rows = read_sheet(data)
    lines = ["  ".join(headings), *("  ".join(_cells(row.cells)) for row in rows)]
    return _read(lines, school_year)


def kind_of(name: str) -> ClosedKind:
    """Return the likeliest kind of a period by its name; a person may say otherwise."""
    low = name.lower()
    if "fellesferie" in low:
        return ClosedKind.JOINT_LEAVE
    if "inneklemt" in low:
        return ClosedKind.BRIDGE_DAY
    return ClosedKind.SCHOOL_BREAK


def _read(lines: Iterable[str], school_year: int) -> ReadTable:
    found: list[FoundPeriod] = []
    not_understood: list[str] = []
    # Cut rather than refused: what is beyond it is seen to be missing by the one who confirms.
    full = [" ".join(line.split()) for line in lines]
    for line in [line for line in full if line][:_MOST_LINES]:
        dates = dates_in(line, school_year)
        if dates is None:
            not_understood.append(line[:200])
            continue
        name = dates.rest[:80] or line[:80]
        found.append(
            FoundPeriod(
                name=name[:1].upper() + name[1:],
                kind=kind_of(name),
                starts_on=dates.starts_on,
                ends_on=dates.ends_on,
                line=line[:200],
                doubts=(
                    *doubts_of(dates.starts_on, dates.ends_on, dates.weekdays),
                    *_by_name(line),
                ),
            )
        )
    return ReadTable(tuple(found), tuple(not_understood))


def _by_name(line: str) -> tuple[Doubt, ...]:
    if _SCHOOL_DAY.search(line):
        return (Doubt.SCHOOL_DAY,)
    return (Doubt.PUBLIC_HOLIDAY,) if _HOLIDAY.search(line) else ()


def _cells(cells: dict[str, str]) -> Iterable[str]:
    return (value for value in cells.values() if value)
