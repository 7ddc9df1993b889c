"""Whom a secretary who calls in from her own calendar sends a meeting to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.usecases.invitations.standing import invited_to
from scheduler.usecases.reminders.announcement import seats_in
from scheduler.usecases.reminders.holders import readers_of

__all__ = ["CallIn", "to_call_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIn:
    """Mail addresses of everyone else with a seat in a meeting, in two heaps.

    `invited` have the meeting in their calendars by our invitation: they would see it twice.
    """

    addresses: tuple[str, ...]
    invited: tuple[str, ...]


def to_call_in(session: Session, meeting: MeetingSnapshot, *, by: int, today: date) -> CallIn:
    """Return whom to call in, and whom we have invited, without the person `by` who calls in.

    The caller has a seat in the meeting, and has it in the calendar that it is sent from.
    """
    has_it = invited_to(session, meeting.id)
    found = readers_of(session, seats_in(session, meeting, today), today).values()
    everyone = {
        (one.email, one.person_id in has_it)
        for each in found
        for one in each
        if one.person_id != by
    }
    return CallIn(
        addresses=tuple(sorted(email for email, is_invited in everyone if not is_invited)),
        invited=tuple(sorted(email for email, is_invited in everyone if is_invited)),
    )
