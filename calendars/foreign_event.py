"""One event of a foreign calendar as plain values, and its occurrences inside a window."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import chain
from typing import Final

from icalendar import vDDDTypes, vDuration

from calendars.blocks import Block, Property
from calendars.imported import EntryProblem, ImportedEntry, ProblemCode, Window
from calendars.recurrence import Effort, Rule, UnsupportedRuleError, occurrences, parse_rule
from calendars.text import one_line
from calendars.zones import local_zone, zone_named

_LONGEST_TITLE: Final = 200
_LONGEST_VALUE: Final = 100
_LONGEST_UID: Final = 255
# Nearly every time is written so; a file can hold half a million, and the library takes long.
_PLAIN: Final = re.compile(
    r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T([0-9]{2})([0-9]{2})([0-9]{2})(Z)?)?"
)
_DAY: Final = timedelta(days=1)
# The farthest that two zones can be apart, so that no occurrence near the edge is missed.
_MARGIN: Final = 2 * _DAY

# What an occurrence costs, in days that a rule is tried on: its times go from zone to zone.
_OCCURRENCE: Final = 10

Offsets = Mapping[str, frozenset[str]]
# An occurrence that is taken out or replaced: by its local start, or by its day.
Mark = date | datetime


class UnreadableEntryError(Exception):
    """Why an event is left out; never leaves this package."""

    def __init__(self, code: ProblemCode, place: Property) -> None:
        super().__init__(code.value)
        self.code = code
        self.place = place


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignEvent:
    """An event in the civil time of its own zone; marks are in ours."""

    uid: str
    title: str
    line: int
    starts: datetime
    ends: datetime
    zone: tzinfo
    is_cancelled: bool
    rule: Rule | None
    added: tuple[datetime, ...]
    removed: frozenset[Mark]
    replaces: Mark | None


def foreign_event(block: Block, offsets: Offsets) -> ForeignEvent:
    """Read one event. Raises UnreadableEntryError for the first thing that cannot be read."""
    if block.bad_lines:
        raise UnreadableEntryError(ProblemCode.BAD_LINE, Property(block.bad_lines[0], "", {}))
    place = block.first("DTSTART")
    if place is None:
        raise UnreadableEntryError(ProblemCode.NO_START, Property(block.line, "", {}))
    start = _moment(place, place.value, offsets, local_zone())
    starts, zone = _civil(start)
    replaced = block.first("RECURRENCE-ID")
    if replaced is not None and "RANGE" in replaced.parameters:
        raise UnreadableEntryError(ProblemCode.UNSUPPORTED_RULE, replaced)
    return ForeignEvent(
        uid=_text(block, "UID", _LONGEST_UID),
        title=_text(block, "SUMMARY", _LONGEST_TITLE),
        line=block.line,
        starts=starts,
        ends=_ends(block, start, offsets),
        zone=zone,
        is_cancelled=_text(block, "STATUS", 20).upper() == "CANCELLED",
        rule=_rule(block),
        added=tuple(
            _in_zone(moment, zone, starts) for moment in _moments(block, "RDATE", offsets, zone)
        ),
        removed=frozenset(_mark(moment) for moment in _moments(block, "EXDATE", offsets, zone)),
        replaces=(
            None if replaced is None else _mark(_moment(replaced, replaced.value, offsets, zone))
        ),
    )


def entry_problem(block: Block, fault: UnreadableEntryError) -> EntryProblem:
    """Return what a person is told of an event that was left out."""
    return EntryProblem(
        code=fault.code,
        line=fault.place.line,
        title=_text(block, "SUMMARY", _LONGEST_TITLE),
        value=one_line(fault.place.value, _LONGEST_VALUE),
    )


def entries_of(
    event: ForeignEvent, *, window: Window, replaced: frozenset[Mark], effort: Effort
) -> Iterator[ImportedEntry]:
    """Yield the occurrences that touch the window, but for those that others stand in for.

    Raises OverflowError for times outside the years 1-9999.
    """
    starts = iter((event.starts,))
    length = event.ends - event.starts
    least = datetime.combine(window.first_on, time.min) - _MARGIN
    most = datetime.combine(window.last_on, time.min) + _MARGIN
    if event.rule is not None:
        starts = occurrences(
            event.rule,
            event.starts,
            zone=event.zone,
            after=least - length,
            until=most,
            effort=effort,
        )
    for start in chain(starts, event.added):
        end = start + length
        if end < least or start > most:
            continue
        effort.spend(_OCCURRENCE)
        entry = _entry(event, start, end)
        is_taken_out = any(
            mark in event.removed or mark in replaced for mark in (entry.starts, entry.first_on)
        )
        if (
            not is_taken_out
            and window.first_on <= entry.last_on
            and entry.first_on <= window.last_on
        ):
            yield entry


def _entry(event: ForeignEvent, start: datetime, end: datetime) -> ImportedEntry:
    starts, ends = _ours(start, event.zone), _ours(end, event.zone)
    return ImportedEntry(
        uid=event.uid,
        title=event.title,
        starts=starts,
        ends=ends,
    )


def _ends(block: Block, start: Mark, offsets: Offsets) -> datetime:
    starts, zone = _civil(start)
    is_day = not isinstance(start, datetime)
    place = block.first("DTEND")
    if place is not None:
        end = _moment(place, place.value, offsets, zone)
        if isinstance(end, datetime) is is_day:
            raise UnreadableEntryError(ProblemCode.BAD_TIME, place)
        ends = _in_zone(end, zone, starts)
    elif (place := block.first("DURATION")) is not None:
        length = _duration(place)
        # A length in hours is measured on the clock of the world, not that on the wall.
        moment = starts.replace(tzinfo=UTC if is_day else zone).astimezone(UTC) + length
        ends = moment.astimezone(UTC if is_day else zone).replace(tzinfo=None)
    else:
        ends = starts
    if place is not None and ends < starts:
        raise UnreadableEntryError(ProblemCode.ENDS_BEFORE_START, place)
    # RFC 5545 section 3.6.1: a date without an end is one day; some programs repeat the date.
    return starts + _DAY if is_day and ends == starts else ends


def _rule(block: Block) -> Rule | None:
    places = block.all("RRULE")
    unread = [*block.all("EXRULE"), *places[1:]]
    if unread:
        raise UnreadableEntryError(ProblemCode.UNSUPPORTED_RULE, unread[0])
    if not places:
        return None
    try:
        return parse_rule(places[0].value)
    except UnsupportedRuleError:
        raise UnreadableEntryError(ProblemCode.UNSUPPORTED_RULE, places[0]) from None
    except (ValueError, TypeError, LookupError):
        raise UnreadableEntryError(ProblemCode.BAD_RULE, places[0]) from None


def _moments(block: Block, name: str, offsets: Offsets, zone: tzinfo) -> list[Mark]:
    return [
        _moment(place, text, offsets, zone)
        for place in block.all(name)
        for text in place.value.split(",")
        if text.strip()
    ]


def _moment(place: Property, text: str, offsets: Offsets, zone: tzinfo) -> Mark:
    """Read a date, or a time with its zone: its own, else the one given."""
    try:
        found = _read_moment(text.strip())
    except (ValueError, TypeError, LookupError):
        raise UnreadableEntryError(ProblemCode.BAD_TIME, place) from None
    if not isinstance(found, date):
        raise UnreadableEntryError(ProblemCode.BAD_TIME, place)
    if not isinstance(found, datetime) or found.tzinfo is not None:
        return found
    named = place.parameters.get("TZID")
    own = zone_named(named, offsets) if named else zone
    if own is None:
        unknown = Property(place.line, named or "", {})
        raise UnreadableEntryError(ProblemCode.UNKNOWN_ZONE, unknown)
    return found.replace(tzinfo=own)


def _read_moment(text: str) -> object:
    if not (plain := _PLAIN.fullmatch(text)):
        # icalendar gives this function and the next no types.
        return vDDDTypes.from_ical(text)  # type: ignore[no-untyped-call]
    year, month, day, *clock, ends = plain.groups()
    if clock[0] is None:
        return date(int(year), int(month), int(day))
    hour, minute, second = clock
    return datetime(
        int(year), int(month), int(day), int(hour), int(minute), int(second),
        tzinfo=UTC if ends else None,
    )  # fmt: skip


def _duration(place: Property) -> timedelta:
    try:
        length: timedelta = vDuration.from_ical(place.value)  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, OverflowError):
        raise UnreadableEntryError(ProblemCode.BAD_TIME, place) from None
    return length


def _civil(moment: Mark) -> tuple[datetime, tzinfo]:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None), moment.tzinfo or local_zone()
    return datetime.combine(moment, time.min), local_zone()


def _in_zone(moment: Mark, zone: tzinfo, starts: datetime) -> datetime:
    """Return a moment in the event's own civil time; a date takes the event's time of day."""
    if isinstance(moment, datetime):
        return moment.astimezone(zone).replace(tzinfo=None)
    return datetime.combine(moment, starts.time())


def _mark(moment: Mark) -> Mark:
    if isinstance(moment, datetime):
        return moment.astimezone(local_zone()).replace(tzinfo=None)
    return moment


def _ours(civil: datetime, zone: tzinfo) -> datetime:
    return civil.replace(tzinfo=zone).astimezone(local_zone()).replace(tzinfo=None)


def _text(block: Block, name: str, limit: int) -> str:
    place = block.first(name)
    return one_line(place.value, limit) if place else ""
