"""A calendar of others, such as a council's meeting plan, read as spans of local time."""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from calendars.blocks import Block, Property, blocks
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
_EVENT: Final = re.compile(r"^BEGIN:VEVENT[ \t]*$", re.MULTILINE | re.IGNORECASE)


def read_calendar(
    content: bytes, *, window: Window, limits: ReadLimits | None = None
) -> ImportedCalendar:
    """Return every occurrence that touches the window, in civil time of Europe/Oslo.

    Floating times are taken as ours. Cancelled entries are left out, as are those that cannot be
    read, each with its problem. Raises CalendarReadError for a file that is no calendar, is cut
    off, or goes beyond the limits: half a calendar is never taken for a whole one.
    """
    bounds = limits or ReadLimits()
    text, guesses = _text(content, bounds)
    found = len(_EVENT.findall(text.replace("\r", "\n")))
    if found > bounds.events:
        raise CalendarReadError(ReadFault.TOO_MANY_EVENTS, limit=bounds.events, found=found)
    parts = blocks(text)
    entries, problems = _entries(parts, window, bounds)
    return ImportedCalendar(
        name=_name(parts),
        entries=tuple(sorted(entries, key=lambda e: (e.starts, e.ends, e.title, e.uid))),
        problems=tuple(sorted([*guesses, *problems], key=lambda problem: problem.line)),
    )


def _text(content: bytes, limits: ReadLimits) -> tuple[str, list[EntryProblem]]:
    if len(content) > limits.size:
        raise CalendarReadError(ReadFault.TOO_LARGE, limit=limits.size, found=len(content))
    guesses: list[EntryProblem] = []
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Older systems of municipalities write the Windows code page.
        text = content.decode("cp1252", errors="replace")
        guesses = [EntryProblem(code=ProblemCode.NOT_UTF8, line=1)]
    start = text.lstrip()[:15].upper()
    if not start:
        raise CalendarReadError(ReadFault.EMPTY)
    if start.startswith("<"):
        # A log-in page or an error page, answered where the calendar should be.
        raise CalendarReadError(ReadFault.HTML)
    if start != "BEGIN:VCALENDAR":
        raise CalendarReadError(ReadFault.NOT_A_CALENDAR, line=1)
    return text, guesses


def _entries(
    parts: list[Block], window: Window, limits: ReadLimits
) -> tuple[set[ImportedEntry], list[EntryProblem]]:
    events, problems = _events(parts, offsets_of(parts))
    replaced = _replaced(event for event, _ in events)
    effort = Effort(limits.steps)
    entries: set[ImportedEntry] = set()
    for event, block in events:
        if event.is_cancelled:
            continue
        marks = replaced[event.uid] if event.replaces is None else set[Mark]()
        try:
            for entry in entries_of(event, window=window, replaced=frozenset(marks), effort=effort):
                entries.add(entry)
                if len(entries) > limits.entries:
                    raise CalendarReadError(ReadFault.TOO_MANY_OCCURRENCES, limit=limits.entries)
        except OverflowError:
            place = block.first("DTSTART") or Property(block.line, "", {})
            problems.append(entry_problem(block, UnreadableEntryError(ProblemCode.BAD_TIME, place)))
    return entries, problems


def _events(
    parts: list[Block], offsets: Offsets
) -> tuple[list[tuple[ForeignEvent, Block]], list[EntryProblem]]:
    events: list[tuple[ForeignEvent, Block]] = []
    problems: list[EntryProblem] = []
    for block in parts:
        if block.name != "VEVENT":
            continue
        try:
            events.append((foreign_event(block, offsets), block))
        except UnreadableEntryError as fault:
            problems.append(entry_problem(block, fault))
        except OverflowError:
            place = block.first("DTSTART") or Property(block.line, "", {})
            problems.append(entry_problem(block, UnreadableEntryError(ProblemCode.BAD_TIME, place)))
    return events, problems


def _replaced(events: Iterable[ForeignEvent]) -> defaultdict[str, set[Mark]]:
    """Return, by UID, the occurrences that an event of their own stands in for."""
    found: defaultdict[str, set[Mark]] = defaultdict(set)
    for event in events:
        if event.replaces is not None:
            found[event.uid].add(event.replaces)
    return found


def _name(parts: list[Block]) -> str:
    for name in ("X-WR-CALNAME", "NAME"):
        place = parts[0].first(name)
        if place is not None:
            return one_line(place.value, _LONGEST_NAME)
    return ""
