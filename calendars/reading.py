"""A calendar of others, such as a council's meeting plan, read as spans of local time."""

import re
from codecs import BOM_UTF8, getincrementaldecoder
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from calendars.blocks import Block, Property, blocks, events_in, lines_in
from calendars.errors import CalendarReadError, ReadFault
from calendars.foreign_event import (
    ForeignEvent,
    Mark,
    Offsets,
    UnreadableEntryError,
    entries_of,
    entry_problem,
    foreign_event,
)
from calendars.imported import (
    EntryProblem,
    ImportedCalendar,
    ImportedEntry,
    ProblemCode,
    ReadLimits,
    Window,
)
from calendars.recurrence import Effort
from calendars.text import one_line
from calendars.zones import offsets_of

_LONGEST_NAME: Final = 200
_LONGEST_START: Final = 200
_CHUNK: Final = 16_384
_UTF8: Final = "utf-8"
_WINDOWS: Final = "cp1252"
_BLANKS: Final = re.compile(rb"\s*")
# The first is meant, however often one stands in an event.
_ONCE: Final = frozenset(
    {
        "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "STATUS", "TZID",
        "TZOFFSETTO", "NAME", "X-WR-CALNAME",
    }
)  # fmt: skip
_AROUND: Final = frozenset({"TZID", "TZOFFSETTO", "NAME", "X-WR-CALNAME", "RECURRENCE-ID"})


def read_calendar(
    content: bytes, *, window: Window, limits: ReadLimits | None = None
) -> ImportedCalendar:
    """Return every occurrence that touches the window, in civil time of Europe/Oslo.

    Floating times are taken as ours. Cancelled entries are left out, as are those that cannot be
    read, each with its problem. Raises CalendarReadError for a file that is no calendar, is cut
    off, or goes beyond the limits: half a calendar is never taken for a whole one.

    The file is gone through a few times instead of being held as text: beside what is found, one
    event at a time takes memory.
    """
    bounds = limits or ReadLimits()
    _look_at(content, bounds)
    encoding = _encoding(content)
    found = events_in(content)
    if found > bounds.events:
        raise CalendarReadError(ReadFault.TOO_MANY_EVENTS, limit=bounds.events, found=found)
    frame = _frame(content, encoding)
    entries, problems = _entries(_File(content, encoding, frame), window, bounds)
    if encoding != _UTF8:
        problems.append(EntryProblem(code=ProblemCode.NOT_UTF8, line=1))
    return ImportedCalendar(
        name=frame.name,
        entries=tuple(sorted(entries, key=lambda e: (e.starts, e.ends, e.title, e.uid))),
        problems=tuple(sorted(problems, key=lambda problem: problem.line)),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around the events of a file."""

    name: str
    offsets: Offsets
    has_replacements: bool


@dataclass(frozen=True, slots=True)
class _File:
    content: bytes
    encoding: str
    frame: _Frame

    def events(self) -> Iterator[tuple[Block, ForeignEvent | UnreadableEntryError]]:
        """Yield each event, or why it cannot be read."""
        for block in blocks(self.content, encoding=self.encoding, once=_ONCE):
            if block.name == "VEVENT":
                yield block, self._event(block)

    def replacements(self) -> Iterator[ForeignEvent]:
        """Yield each event that can be read and stands in for an occurrence of another."""
        for block in blocks(self.content, encoding=self.encoding, once=_ONCE):
            # The others are read once: that takes most of the time.
            if block.name == "VEVENT" and block.first("RECURRENCE-ID"):
                event = self._event(block)
                if isinstance(event, ForeignEvent):
                    yield event

    def _event(self, block: Block) -> ForeignEvent | UnreadableEntryError:
        try:
            return foreign_event(block, self.frame.offsets)
        except UnreadableEntryError as fault:
            return fault
        except OverflowError:
            return _beyond_all_years(block)


def _look_at(content: bytes, limits: ReadLimits) -> None:
    if len(content) > limits.size:
        raise CalendarReadError(ReadFault.TOO_LARGE, limit=limits.size, found=len(content))
    lines = lines_in(content)
    if lines > limits.lines:
        raise CalendarReadError(ReadFault.TOO_LARGE, limit=limits.lines, found=lines)
    begins = _BLANKS.match(content, len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0)
    at = begins.end() if begins else 0
    start = content[at : at + _LONGEST_START].decode(errors="replace").lstrip()[:15].upper()
    if not start:
        raise CalendarReadError(ReadFault.EMPTY)
    if start.startswith("<"):
        # A log-in page or an error page, answered where the calendar should be.
        raise CalendarReadError(ReadFault.HTML)
    if start != "BEGIN:VCALENDAR":
        raise CalendarReadError(ReadFault.NOT_A_CALENDAR, line=1)


def _encoding(content: bytes) -> str:
    """Return UTF-8, or the Windows code page, which older systems of municipalities write."""
    decoder = getincrementaldecoder(_UTF8)()
    view = memoryview(content)
    try:
        for start in range(0, len(content), _CHUNK):
            decoder.decode(view[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return _WINDOWS
    return _UTF8


def _frame(content: bytes, encoding: str) -> _Frame:
    """Look through the whole file for what can stand after the events that need it."""
    first: Block | None = None
    has_replacements = False

    def parts_of_zones() -> Iterator[Block]:
        nonlocal first, has_replacements
        for block in blocks(content, encoding=encoding, wanted=_AROUND, once=_ONCE):
            if block.name == "VCALENDAR" and (first is None or block.line < first.line):
                first = block
            has_replacements |= bool(block.all("RECURRENCE-ID"))
            yield block

    offsets = offsets_of(parts_of_zones())
    return _Frame("" if first is None else _name(first), offsets, has_replacements)


def _entries(
    file: _File, window: Window, limits: ReadLimits
) -> tuple[set[ImportedEntry], list[EntryProblem]]:
    replaced = _replaced(file)
    effort = Effort(limits.steps)
    found = 0
    entries: set[ImportedEntry] = set()
    problems: list[EntryProblem] = []
    for block, event in file.events():
        if isinstance(event, UnreadableEntryError):
            problems.append(entry_problem(block, event))
            continue
        if event.is_cancelled:
            continue
        marks = replaced.get(event.uid, frozenset()) if event.replaces is None else frozenset()
        try:
            for entry in entries_of(event, window=window, replaced=marks, effort=effort):
                entries.add(entry)
                found += 1
                if found > limits.entries:
                    raise CalendarReadError(ReadFault.TOO_MANY_OCCURRENCES, limit=limits.entries)
        except OverflowError:
            problems.append(entry_problem(block, _beyond_all_years(block)))
    return entries, problems


def _replaced(file: _File) -> dict[str, frozenset[Mark]]:
    """Return, by UID, the occurrences that an event of their own stands in for."""
    found: dict[str, set[Mark]] = {}
    if file.frame.has_replacements:
        for event in file.replacements():
            if event.replaces is not None:
                found.setdefault(event.uid, set()).add(event.replaces)
    return {uid: frozenset(marks) for uid, marks in found.items()}


def _beyond_all_years(block: Block) -> UnreadableEntryError:
    place = block.first("DTSTART") or Property(block.line, "", {})
    return UnreadableEntryError(ProblemCode.BAD_TIME, place)


def _name(calendar: Block) -> str:
    for name in ("X-WR-CALNAME", "NAME"):
        place = calendar.first(name)
        if place is not None:
            return one_line(place.value, _LONGEST_NAME)
    return ""
