"""What a calendar message about a meeting says, and the links of its mail, as plain values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.calendar_reply import ReplyWord
from scheduler.domain.language import Language
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.mail import CalendarPart
from scheduler.usecases.invitations.told import Method

__all__ = ["InvitationBytes", "InvitationText", "Links", "Party"]


@dataclass(frozen=True, slots=True)
class Party:
    """A name and an address in a calendar message, and what it answered to the meeting's time."""

    name: str
    email: str
    answer: ReplyWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationText:
    """Everything a calendar message says; `meeting` is cut down to what its reader may see.

    `sequence` is the message's own. With `person` None it is for the room alone, whose calendar
    others see: then `is_hidden` leaves nothing but the time of a case-level meeting. It does so too
    where the municipality's mails may not say what they are about. `withdrawn` is a CANCEL of a
    meeting that stands for the others.
    """

    method: Method
    meeting: MeetingSnapshot
    sequence: int
    organiser: Party
    person: Party | None
    room: Party | None
    language: Language
    made_at: datetime
    withdrawn: bool
    is_hidden: bool


InvitationBytes = Callable[[InvitationText], CalendarPart]
"""Writes the calendar message (RFC 5545): given by whoever knows calendars."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where the links of a mail lead; `answer` takes a token, `meeting` an id."""

    home: str
    choice: str
    answer: Callable[[str], str]
    meeting: Callable[[int], str]
