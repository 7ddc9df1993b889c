"""Entries that several tests start from, and the way bytes are written down in a test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from calendars import DutyEntry, FeedHead, MeetingEntry
from scheduler.domain.language import Language

MEETING = MeetingEntry(
    uid="6f1d@aarshjul",
    sequence=2,
    changed_at=datetime(2026, 11, 3, 8, 30, 15, tzinfo=UTC),
    title="Ressursgruppe, møte 2",
    starts_on=date(2027, 3, 9),
    starts=time(12, 30),
    ends=time(14, 0),
    place="Møterom Å, rådhuset",
    description=("Saksliste:", "1. Status for tiltak; høst"),
    moved_from="tirsdag 2. mars kl. 12.30",
    url="https://aarshjul.example/moter/17",
    conference_url="https://teams.example/l/meetup,1;2",
    categories=("Ressursgruppe",),
)
DUTY = DutyEntry(
    uid="d0e5@aarshjul",
    sequence=0,
    changed_at=datetime(2026, 11, 3, 8, 30, 15, tzinfo=UTC),
    title="Send innkalling: Ressursgruppe",
    due_on=date(2027, 2, 26),
    description=("Frist etter planen",),
    url="https://aarshjul.example/oppgaver/4",
    categories=("Ressursgruppe",),
)
HEAD = FeedHead(
    name="Årshjul, Sør-Fron",
    description="Møter og frister; barn, unge og familier",
    language=Language.BOKMAL,
)


def meeting(**changes: Any) -> MeetingEntry:
    """The sample meeting with some fields changed."""
    return replace(MEETING, **changes)


def duty(**changes: Any) -> DutyEntry:
    """The sample duty with some fields changed."""
    return replace(DUTY, **changes)


def crlf(text: str) -> bytes:
    """The bytes of lines that stand in a test without their line ends."""
    return text.lstrip("\n").replace("\n", "\r\n").encode()
