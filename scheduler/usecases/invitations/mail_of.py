"""The words of the mail that carries a calendar message."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.domain.meeting_start import MeetingStart
from scheduler.mail import InvitationMail, InvitationTone
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality, Person
from scheduler.usecases.invitations.own_coming_meetings import (
    own_coming_meetings,
    own_meetings_ahead,
)
from scheduler.usecases.invitations.text import InvitationText, Links
from scheduler.usecases.invitations.told import Method, Told

__all__ = ["invitation_mail", "why_gone"]


def why_gone(
    session: Session, text: InvitationText, person: Person | None, is_bare: bool, now: datetime
) -> InvitationTone | None:
    """Say why a meeting leaves a calendar, or None where it stays."""
    if text.method is Method.REQUEST:
        return None
    if is_bare:
        return InvitationTone.RECALLED
    if not text.withdrawn:
        return InvitationTone.CANCELLED
    if person is None:
        return InvitationTone.WITHDRAWN
    person_id, meeting_id = id_of(person), text.meeting.id
    if not person.wants_invitations and own_coming_meetings(
        session, person_id, now=now, meeting_id=meeting_id
    ):
        return InvitationTone.HANDED_BACK
    # Whoever has the seat today sees the new day, also where they will not be there on it.
    seen = own_meetings_ahead(session, person_id, now=now, meeting_id=meeting_id)
    is_on_another_day = any(one.held_on != text.meeting.held_on for one in seen)
    return InvitationTone.MOVED_AWAY if is_on_another_day else InvitationTone.WITHDRAWN


def invitation_mail(
    text: InvitationText,
    told: Told,
    why_gone: InvitationTone | None,
    municipality: Municipality,
    links: Links,
    answer_url: str | None,
) -> InvitationMail:
    """Return the mail around a calendar message, by what its reader was told before."""
    meeting, last = text.meeting, told.last
    moved_from = None
    if why_gone is not None:
        tone = why_gone
    elif last is None or last.method == Method.CANCEL:
        tone = InvitationTone.NEW
    elif (last.held_on, last.starts, last.ends) != (meeting.held_on, meeting.starts, meeting.ends):
        tone = InvitationTone.MOVED
        known = MeetingStart(last.held_on, last.starts)
        is_moved = known != MeetingStart(meeting.held_on, meeting.starts)
        moved_from = known if is_moved else None
    else:
        tone = InvitationTone.CHANGED
    return InvitationMail(
        municipality=municipality.name,
        tone=tone,
        forum=None if text.is_hidden else meeting.title,
        held_on=meeting.held_on,
        starts=meeting.starts,
        ends=meeting.ends,
        place=None if text.is_hidden else meeting.place,
        moved_from=moved_from,
        to_room=text.person is None,
        answer_url=answer_url,
        meeting_url=links.meeting(meeting.id) if answer_url else None,
        home_url=links.home,
        choice_url=links.choice,
    )
