"""The meetings that a mail about a published year names, since they come so soon."""

from __future__ import annotations

import json
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import EXPECTED_STATES
from scheduler.mail import NearMeeting
from scheduler.store.tables import Meeting, Outbox
from scheduler.usecases.invitations.own_coming_meetings import ends_at
from scheduler.usecases.outbox.named_meetings import named_meetings

__all__ = ["near_hold", "near_meetings"]


def near_meetings(session: Session, row: Outbox, *, now: datetime) -> tuple[NearMeeting, ...]:
    """Return those of the meetings that a mail names which its reader still comes to, by start."""
    return tuple(
        NearMeeting(
            forum=forum,
            held_on=meeting.held_on,
            starts=meeting.starts,
            ends=meeting.ends,
            place=meeting.place,
        )
        for meeting, forum in _ahead(session, row, now).values()
    )


def near_hold(session: Session, row: Outbox, *, now: datetime) -> bool:
    """Tell whether the kept bytes of a mail still say what is so of the meetings that come soon."""
    named = _named(row)
    ahead = _ahead(session, row, now) if named else {}
    return named == {each: meeting.sequence for each, (meeting, _forum) in ahead.items()}


def _ahead(session: Session, row: Outbox, now: datetime) -> dict[int, tuple[Meeting, str]]:
    found = named_meetings(session, row, _named(row), today=today_of(now))
    return {
        meeting_id: (meeting, forum)
        for meeting_id, (meeting, forum) in found.items()
        if meeting.state in EXPECTED_STATES and ends_at(meeting) > now
    }


def _named(row: Outbox) -> dict[int, int | None]:
    """Return the meetings that the row names, each with its sequence.

    A row that was written before sequences were noted has none: its mail is made anew.
    """
    said = json.loads(row.payload) if row.payload is not None else {}
    found: dict[int, int | None] = {}
    for one in said.get("near", ()):
        meeting_id, sequence = one if isinstance(one, list) else (one, None)
        found[meeting_id] = sequence
    return found
