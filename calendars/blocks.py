"""The text of a calendar file cut into its events, each line with its place in the file."""

import re
from codecs import BOM_UTF8
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Final

from icalendar.parser import Contentline

from calendars.errors import CalendarReadError, ReadFault

_LONGEST_LINE: Final = 65_536

# An alarm stands in an event in a calendar, and nothing is known that stands deeper.
_DEEPEST: Final = 10
# A character is at most four bytes: what is cut here is too long a line, and is refused as one.
_CUT_AT: Final = 4 * (_LONGEST_LINE + 1)

_LINE_END: Final = re.compile(b"\r\n|\n|\r")
_EVENT: Final = re.compile(rb"(?<![^\r\n])BEGIN:VEVENT[ \t]*(?![^\r\n])", re.IGNORECASE)
_NAME: Final = re.compile(r"\s*([A-Za-z0-9-]+)[;:]")
# Most lines: nothing is quoted or escaped, so they are read without the library.
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9-]+((?:;[A-Za-z0-9-]+=[A-Za-z0-9/_+-]+)*):([^\\]*)", re.DOTALL
)
_WANTED: Final = {
    "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE",
    "RECURRENCE-ID", "STATUS", "TZID", "TZOFFSETTO", "NAME", "X-WR-CALNAME",
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


def lines_in(content: bytes) -> int:
    """Return how many lines end in a file, as people and programs end them."""
    return content.count(b"\n") + content.count(b"\r") - content.count(b"\r\n")


def events_in(content: bytes) -> int:
    """Return how many events begin in a file, without taking it apart."""
    return sum(1 for _ in _EVENT.finditer(content))


def blocks(
    content: bytes,
    *,
    encoding: str = "utf-8",
    wanted: Collection[str] = _WANTED,
    once: Collection[str] = (),
) -> Iterator[Block]:
    """Yield each calendar, event and part of a time zone where it ends, one at a time.

    No more than one event is held, however large the file is. Only the properties that are
    `wanted` are kept, and of those to be met `once` the first; a line that belongs to none of them,
    such as a note that was folded wrongly, does no harm. Raises CalendarReadError, after what
    came before, for text that is not a whole calendar.
    """
    stack: list[Block] = []
    found = False
    for number, line in _unfolded(content, encoding):
        match = _NAME.match(line)
        name = match.group(1).upper() if match else ""
        if name == "BEGIN":
            if len(stack) == _DEEPEST:
                raise CalendarReadError(ReadFault.UNREADABLE, line=number)
            block = Block(name=_kind(line), line=number)
            if not stack and block.name != "VCALENDAR":
                raise CalendarReadError(ReadFault.NOT_A_CALENDAR, line=number)
            stack.append(block)
        elif not stack:
            if line.strip():
                raise CalendarReadError(ReadFault.NOT_A_CALENDAR, line=number)
        elif name == "END":
            block = stack.pop()
            if block.name != _kind(line):
                raise CalendarReadError(ReadFault.UNREADABLE, line=number)
            found = True
            yield block
        elif name in wanted and not (name in once and name in stack[-1].properties):
            _add(stack[-1], name, line, number)
    if stack:
        raise CalendarReadError(ReadFault.CUT_OFF, line=stack[-1].line)
    if not found:
        raise CalendarReadError(ReadFault.EMPTY)


def _unfolded(content: bytes, encoding: str) -> Iterator[tuple[int, str]]:
    begun, line = 1, bytearray()
    for number, (start, end) in enumerate(_lines(content), start=1):
        if number > 1 and content.startswith((b" ", b"\t"), start, end):
            if len(line) < _CUT_AT:
                line += content[start + 1 : min(end, start + 1 + _CUT_AT)]
            continue
        if number > 1:
            yield begun, line.decode(encoding, "replace")
        begun, line = number, bytearray(content[start : min(end, start + _CUT_AT)])
    yield begun, line.decode(encoding, "replace")


def _lines(content: bytes) -> Iterator[tuple[int, int]]:
    start = len(BOM_UTF8) if content.startswith(BOM_UTF8) else 0
    for match in _LINE_END.finditer(content):
        yield start, match.start()
        start = match.end()
    yield start, len(content)


def _kind(line: str) -> str:
    return line.partition(":")[2].strip().upper()


def _add(block: Block, name: str, line: str, number: int) -> None:
    if len(line) > _LONGEST_LINE:
        block.bad_lines.append(number)
        return
    if plain := _PLAIN.fullmatch(line):
        given = (one.partition("=") for one in plain.group(1).split(";")[1:])
        flat = {key.upper(): text for key, _, text in given}
        block.properties.setdefault(name, []).append(Property(number, plain.group(2).strip(), flat))
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
