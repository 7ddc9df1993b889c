"""What can be wrong with a meeting that somebody wants to change."""

from __future__ import annotations

from scheduler.domain.enums import MeetingState
from scheduler.domain.errors import AarshjulError

__all__ = ["MeetingChangedError", "MeetingStateError"]


class MeetingChangedError(AarshjulError):
    """Somebody else changed the meeting since its page was shown."""

    def __init__(self, meeting_id: int) -> None:
        """Keep the meeting."""
        super().__init__(str(meeting_id))
        self.meeting_id = meeting_id


class MeetingStateError(AarshjulError):
    """The meeting is in `state`, from which it cannot go where it was asked to."""

    def __init__(self, meeting_id: int, state: MeetingState) -> None:
        """Keep the meeting and where it stands."""
        super().__init__(f"{meeting_id}: {state}")
        self.meeting_id = meeting_id
        self.state = state
