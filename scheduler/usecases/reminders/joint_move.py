"""One meeting of several that were changed together, as a mail to one person holds it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from scheduler.domain.meeting_start import MeetingStart

__all__ = ["SUMMARY_KIND", "Move", "moves_in"]

SUMMARY_KIND = "summary"


@dataclass(frozen=True, slots=True)
class Move:
    """What one person is told of one meeting: `was` is when they knew it to be."""

    meeting_id: int
    sequence: int
    was: MeetingStart

    def as_record(self) -> list[Any]:
        """Return it as the payload of a mail holds it."""
        return [self.meeting_id, self.sequence, self.was.as_record()]

    @classmethod
    def from_record(cls, record: list[Any]) -> Move:
        """Return what `as_record` was made from."""
        meeting_id, sequence, was = record
        return cls(meeting_id, sequence, MeetingStart.from_record(was))


def moves_in(payload: str | None) -> list[Move]:
    """Return the meetings that a mail with this payload tells of as changed together."""
    said = json.loads(payload) if payload is not None else {}
    return [Move.from_record(record) for record in said.get("moves", ())]
