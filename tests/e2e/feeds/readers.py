"""Seven independent programs that read calendars, each asked for the same: what is when."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import recurring_ical_events
import vobject
from icalendar import Calendar

__all__ = ["READERS", "Entry", "Found", "read_by_javascript", "read_by_khal"]

# An instant in UTC, or a day; as text, so that every program can say it.
Entry = tuple[str, str, str]
Found = dict[str, Entry]
_FROM, _UNTIL = (2025, 1, 1), (2029, 1, 1)


def _said(moment: date) -> str:
    if not isinstance(moment, datetime):
        return moment.isoformat()
    assert moment.tzinfo is not None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def by_icalendar(feed: bytes) -> Found:
    """Read with icalendar."""
    return {
        str(event["UID"]): (
            _said(event["DTSTART"].dt),
            _said(event["DTEND"].dt),
            str(event["SUMMARY"]),
        )
        for event in Calendar.from_ical(feed).walk("VEVENT")
    }


def by_recurring_ical_events(feed: bytes) -> Found:
    """Read with recurring-ical-events, which expands what recurs."""
    events = recurring_ical_events.of(Calendar.from_ical(feed)).between(_FROM, _UNTIL)
    found = {
        str(event["UID"]): (
            _said(event["DTSTART"].dt),
            _said(event["DTEND"].dt),
            str(event["SUMMARY"]),
        )
        for event in events
    }
    assert len(found) == len(events)
    return found


def by_vobject(feed: bytes) -> Found:
    """Read with vobject, by the time zone that stands in the feed."""
    # A name that no program knows makes it use the rules that are written there.
    calendar = vobject.readOne(feed.replace(b"Europe/Oslo", b"Aarshjul/Test").decode())
    return {
        event.uid.value: (
            _said(event.dtstart.value),
            _said(event.dtend.value),
            event.summary.value,
        )
        for event in calendar.contents.get("vevent", [])
    }


def by_ics(feed: bytes) -> Found:
    """Read with ics.py."""
    with warnings.catch_warnings():
        # Its parser generator warns of itself.
        warnings.simplefilter("ignore")
        import ics

        calendar = ics.Calendar(feed.decode())
    return {
        event.uid: (
            event.begin.date().isoformat() if event.all_day else _said(event.begin.datetime),
            event.end.date().isoformat() if event.all_day else _said(event.end.datetime),
            event.name,
        )
        for event in calendar.events
    }


READERS: dict[str, Callable[[bytes], Found]] = {
    "icalendar": by_icalendar,
    "recurring-ical-events": by_recurring_ical_events,
    "vobject": by_vobject,
    "ics": by_ics,
}


def read_by_javascript(library: str, feeds: Mapping[str, bytes], folder: Path) -> dict[str, Found]:
    """Read each feed with a library that is installed in the folder, beside `read.mjs`."""
    files = {name: folder / f"{name}.ics" for name in feeds}
    for name, file in files.items():
        file.write_bytes(feeds[name])
    done = subprocess.run(
        ["node", "read.mjs", library, *files.values()],
        cwd=folder,
        env={**os.environ, "TZ": "America/New_York"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    def said(moment: str) -> str:
        return f"{moment[:16]}Z" if "T" in moment else moment

    return {
        name: {
            uid: (said(starts), said(ends), title)
            for uid, (starts, ends, title) in json.loads(line).items()
        }
        for name, line in zip(files, done.stdout.splitlines(), strict=True)
    }


def read_by_khal(addresses: Mapping[str, str], folder: Path) -> dict[str, list[Entry]]:
    """Subscribe to each with vdirsyncer over HTTP, twice, and list what khal then shows."""
    pairs = [
        _PAIR.format(name=name, folder=folder, address=address)
        for name, address in addresses.items()
    ]
    calendars = [_CALENDAR.format(name=name, folder=folder) for name in addresses]
    (folder / "vdirsyncer").write_text("".join([_VDIRSYNCER.format(folder=folder), *pairs]))
    (folder / "khal").write_text(_KHAL.format(folder=folder, calendars="".join(calendars)))
    environment = {**os.environ, "VDIRSYNCER_CONFIG": str(folder / "vdirsyncer")}
    for command in (["discover"], ["sync"], ["sync"]):
        _run(["vdirsyncer", *command], environment)
    form = "{calendar}|{start-long-full}|{end-long-full}|{all-day}|{title}"
    listed = _run(
        ["khal", "-c", str(folder / "khal"), "list", "--notstarted", "--day-format", "",
         "--format", form, "2025-01-01", "2029-01-01"],
        environment,
    )  # fmt: skip
    found: dict[str, list[Entry]] = {name: [] for name in addresses}
    for line in listed.splitlines():
        name, starts, ends, all_day, title = line.split("|")
        if all_day == "True":
            # Khal names the last day, calendars the day after it.
            last = date.fromisoformat(ends[:10]) + timedelta(days=1)
            found[name].append((starts[:10], last.isoformat(), title))
        else:
            found[name].append((f"{starts}Z", f"{ends}Z", title))
    return found


def _run(command: list[str], environment: dict[str, str]) -> str:
    program = Path(sys.executable).with_name(command[0])
    done: Any = subprocess.run(
        [program, *command[1:]],
        env=environment,
        input="y\n" * 99,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return str(done.stdout)


_VDIRSYNCER = """\
[general]
status_path = "{folder}/status"
"""
_PAIR = """\

[pair {name}]
a = "{name}_here"
b = "{name}_there"
collections = null
conflict_resolution = "b wins"

[storage {name}_here]
type = "filesystem"
path = "{folder}/items/{name}"
fileext = ".ics"

[storage {name}_there]
type = "http"
url = "{address}"
"""
_CALENDAR = """\
[[{name}]]
path = {folder}/items/{name}
type = calendar
readonly = True
"""
_KHAL = """\
[calendars]
{calendars}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%dT%H:%M
longdatetimeformat = %Y-%m-%dT%H:%M
local_timezone = UTC
default_timezone = UTC

[sqlite]
path = {folder}/khal.db
"""
