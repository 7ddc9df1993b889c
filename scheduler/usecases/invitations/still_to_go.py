"""Whether a message is still to go, read at the moment it is sent."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.enums import ForumLevel
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Invitation, Meeting, Municipality, Outbox
from scheduler.usecases.invitations.own_coming_meetings import (
    ends_at,
)
from scheduler.usecases.invitations.recipients import is_to_have, sends_content
from scheduler.usecases.invitations.told import Method
from scheduler.usecases.invitations.told_record import recipient_of, told_before

__all__ = ["may_have_content", "says_what_it_may", "why_not_invited"]


def why_not_invited(session: Session, row: Outbox, *, now: datetime) -> str | None:
    """Return why a message is no longer to go, or None where it still is."""
    meeting = session.get(Meeting, row.meeting_id, populate_existing=True)
    if meeting is None:
        return "meeting gone"
    if ends_at(meeting) <= now:
        return "meeting over"
    if meeting.sequence != row.meeting_sequence:
        return "meeting changed again"
    recipient = recipient_of(row)
    wanted = is_to_have(session, id_of(meeting), recipient, now=now)
    if Method(row.step.upper()) is Method.REQUEST:
        return None if wanted else "not theirs any more"
    if wanted:
        return "theirs again"
    told = told_before(session, row, recipient)
    return None if told.has_it else "never invited"


def may_have_content(session: Session, row: Outbox) -> bool:
    """Tell whether a message may say what it is about, in the row's municipality."""
    return sends_content(session.get_one(Municipality, row.municipality_id))


def says_what_it_may(session: Session, row: Outbox) -> bool:
    """Tell whether a message that is made says just what may be said of its forum's meetings now.

    It does not where the forum came to speak of single cases since, or does no more.
    """
    found = session.exec(
        select(Invitation.in_the_open, Forum.level)
        .join(Meeting, col(Meeting.id) == Invitation.meeting_id)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .where(Invitation.outbox_id == row.id)
    ).one_or_none()
    if found is None:
        return False
    in_the_open, level = found
    return in_the_open != ForumLevel(level).is_case
