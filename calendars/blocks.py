"""The text of a calendar file cut into its events, each line with its place in the file."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from icalendar.parser import Contentline

from calendars.errors import CalendarReadError, ReadFault

_LONGEST_LINE: Final = 65_536

_LINE_END: Final = re.compile("\r\n|\n|\r")
_NAME: Final = re.compile(r"\s*([A-Za-z0-9-]+)[;:]")
_WANTED: Final = {
    "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE",
    "RECURRENCE-ID", "STATUS", "TRANSP", "TZID", "TZOFFSETTO", "NAME", "X-WR-CALNAME",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Property:
    """One line of an event: its value as it stands, its parameters and its place."""

    line: int
    value: str
    parameters: dict[str, str]


@dataclass(slots=True)
class Block:
    """One event, time zone or calendar without what is nested inside it."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    bad_lines: list[int] = field(default_factory=list)

    def first(self, name: str) -> Property | None:
        """Return the first property of this name."""
        found = self.properties.get(name)
        return found[0] if found else None

    def all(self, name: str) -> list[Property]:
        """Return every property of this name."""
        return self.properties.get(name, [])


def blocks(text: str, *, wanted: Collection[str] = _WANTED) -> list[Block]:
    """Return all calendars, events and parts of time zones, in the order they begin.

    Only the properties that are `wanted` are kept; a line that belongs to none of them, such as a
    note that was folded wrongly, does no harm. Raises CalendarReadError for text that is not a
    whole calendar.
    """
    done: list[Block] = []
    stack: list[Block] = []
    for number, line in _unfolded(text):
        match = _NAME.match(line)
        name = match.group(1).upper() if match else ""
        if name == "BEGIN":
            block = Block(name=_kind(line), line=number)
            if not stack and block.name != "VCALENDAR":
                raise CalendarReadError(ReadFault.NOT_A_CALENDAR, line=number)
            stack.append(block)
            done.append(block)
        elif not stack:
            if line.strip():
                raise CalendarReadError(ReadFault.NOT_A_CALENDAR, line=number)
        elif name == "END":
            if stack.pop().name != _kind(line):
                raise CalendarReadError(ReadFault.UNREADABLE, line=number)
        elif name in wanted:
            _add(stack[-1], name, line, number)
    if stack:
        raise CalendarReadError(ReadFault.CUT_OFF, line=stack[-1].line)
    if not done:
        raise CalendarReadError(ReadFault.EMPTY)
    return done


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    begun = 1
    parts: list[str] = []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        if parts and line[:1] in {" ", "\t"}:
            parts.append(line[1:])
            continue
        if parts:
            yield begun, "".join(parts)
        begun, parts = number, [line]
    yield begun, "".join(parts)


def _kind(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _add(block: Block, name: str, line: str, number: int) -> None:
    if len(line) > _LONGEST_LINE:
        block.bad_lines.append(number)
        return
    try:
        # icalendar gives this class no types.
        _, parameters, value = Contentline(line).parts()  # type: ignore[no-untyped-call]
    except ValueError:
        block.bad_lines.append(number)
        return
    flat = {
        key.upper(): text if isinstance(text, str) else ",".join(text)
        for key, text in parameters.items()
    }
    block.properties.setdefault(name, []).append(Property(number, value.strip(), flat))
