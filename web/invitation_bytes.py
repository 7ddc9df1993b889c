"""From what an invitation says to its calendar message, in the reader's language."""

from __future__ import annotations

from calendars.entries import Detail
from calendars.invitation import MailParty, cancel, request, withdraw
from scheduler.domain.enums import MeetingState
from scheduler.mail import CalendarPart
from scheduler.usecases.invitations.text import InvitationBytes, InvitationText, Party
from scheduler.usecases.invitations.told import Method
from web.feeds.entries import PageAddress, meeting_entry

__all__ = ["invitation_bytes"]


def invitation_bytes(address_of: PageAddress) -> InvitationBytes:
    """Return what writes calendar messages; `address_of` gives the address of a meeting's page."""

    def write(text: InvitationText) -> CalendarPart:
        entry = meeting_entry(text.meeting, text.language, address_of("meeting", text.meeting.id))
        step = request
        if text.method is Method.CANCEL:
            step = cancel if text.meeting.state is MeetingState.CANCELLED else withdraw
        content = step(
            entry,
            organiser=_party(text.organiser),
            recipient=_party(text.person) if text.person else None,
            rooms=(_party(text.room),) if text.room else (),
            language=text.language,
            detail=_detail(text),
            made_at=text.made_at,
        )
        return CalendarPart(text.method.value, content.decode())

    return write


def _detail(text: InvitationText) -> Detail:
    """Return how much is told: others see a room's calendar, so it has no agenda and no case."""
    if text.is_hidden:
        return Detail.BUSY
    return Detail.FULL if text.person is not None else Detail.TITLE


def _party(party: Party) -> MailParty:
    return MailParty(party.name, party.email, party.answer)
