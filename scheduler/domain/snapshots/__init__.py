"""What leaves the store: frozen values that pages, feeds, mails and downloads are made of."""

from scheduler.domain.snapshots.duty import DutySnapshot
from scheduler.domain.snapshots.forum import ForumSnapshot, SeatSnapshot
from scheduler.domain.snapshots.meeting import MeetingSnapshot, SlotState

__all__ = [
    "DutySnapshot",
    "ForumSnapshot",
    "MeetingSnapshot",
    "SeatSnapshot",
    "SlotState",
]
