"""Which calendar message tells its reader that the meeting was changed."""

from __future__ import annotations

from scheduler.domain.enums import MeetingState
from scheduler.store.tables import Meeting, Municipality
from scheduler.usecases.invitations.recipients import sends_content
from scheduler.usecases.invitations.told import Method

__all__ = ["tells_of_change"]


def tells_of_change(method: Method, meeting: Meeting, municipality: Municipality) -> bool:
    """Tell whether a message of the meeting's present version says what is changed.

    One that only takes the meeting out of a calendar does not: its reader chose the subscription,
    or the municipality's mails may not say what they are about.
    """
    if method is Method.REQUEST:
        return True
    return meeting.state is MeetingState.CANCELLED and sends_content(municipality)
