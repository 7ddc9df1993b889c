"""Which zone the times of a foreign calendar are in."""

from collections.abc import Iterable, Mapping
from datetime import UTC, tzinfo
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from calendars.blocks import Block
from calendars.timezone import TZID

_LONGEST_NAME: Final = 255
_CENTRAL_EUROPE: Final = frozenset({"+0100", "+0200"})


def local_zone() -> tzinfo:
    """Return the zone of the municipalities, in which all times are given back."""
    return ZoneInfo(TZID)


def zone_named(tzid: str, offsets: Mapping[str, frozenset[str]]) -> tzinfo | None:
    """Return the zone of a TZID, or None for one that is not known.

    Known are names of the zone database, those of Windows, and either behind the prefix of a
    program ("/freeassociation.sourceforge.net/Europe/Oslo"). A name of the file's own is known
    when its VTIMEZONE, by `offsets`, swings between +01:00 and +02:00 as ours does. The
    definitions in a file are not run: they may ask for any amount of work, and icalendar keeps
    them for the next file that uses the same name.
    """
    if len(tzid) > _LONGEST_NAME:
        return None
    name = tzid.strip().strip('"').strip("/")
    if name.upper() in {"UTC", "GMT", "Z", "ETC/UTC"}:
        return UTC
    parts = name.split("/")
    for start in range(min(len(parts), 5)):
        zone = _zone("/".join(parts[start:]))
        if zone is not None:
            return zone
    return local_zone() if offsets.get(tzid) == _CENTRAL_EUROPE else None


def offsets_of(blocks: Iterable[Block]) -> dict[str, frozenset[str]]:
    """Return the offsets that each VTIMEZONE swings between; its parts come before it."""
    found: dict[str, set[str]] = {}
    current: set[str] = set()
    for block in blocks:
        if block.name in {"STANDARD", "DAYLIGHT"}:
            current.update(offset.value for offset in block.all("TZOFFSETTO"))
        elif block.name == "VTIMEZONE":
            tzid = block.first("TZID")
            found.setdefault(tzid.value if tzid else "", set()).update(current)
            current.clear()
    return {tzid: frozenset(offsets) for tzid, offsets in found.items()}


def _zone(name: str) -> tzinfo | None:
    known = WINDOWS_TO_OLSON.get(name, name)
    # No file is looked for under a name that a stranger wrote: that is slow when it is not there.
    return ZoneInfo(known) if known in _names() else None


@cache
def _names() -> frozenset[str]:
    return frozenset(available_timezones())
