"""One step of a duty's reminders: when it goes, to whom, and how it may be treated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

__all__ = ["Audience", "MailClass", "ReminderStep", "ResendPolicy", "Tone"]


class Audience(StrEnum):
    """Which function of a duty a step is for; the person is found when it is sent."""

    RESPONSIBLE = "responsible"
    LEADER = "leader"
    OWNER = "owner"
    SEATS = "seats"


class MailClass(StrEnum):
    """How a mail is treated: by hours, caps and digests."""

    LOGIN = "login"
    CHANGE = "change"
    INVITATION = "invitation"
    NOTICE = "notice"
    NAG = "nag"
    WEEKLY = "weekly"
    SUMMARY = "summary"

    @property
    def is_merged(self) -> bool:
        """Tell whether several to one person in a morning become one mail."""
        return self in (MailClass.NAG, MailClass.WEEKLY)

    @property
    def keeps_hours(self) -> bool:
        """Tell whether the mail waits for the delivery hours of a working day."""
        return self in (MailClass.NAG, MailClass.WEEKLY, MailClass.NOTICE, MailClass.SUMMARY)

    @property
    def priority(self) -> int:
        """Return the order in the queue; the lowest number goes first."""
        return list(MailClass).index(self)


class ResendPolicy(StrEnum):
    """What to do with a mail that may or may not have arrived."""

    ONCE = "once"
    HOLD = "hold"


class Tone(StrEnum):
    """What the text of a step says."""

    START = "start"
    UPCOMING = "upcoming"
    TODAY = "today"
    LATE = "late"
    LEADER = "leader"
    APPROVE = "approve"
    UNREACHABLE = "unreachable"
    ITEMS = "items"


@dataclass(frozen=True, slots=True)
class ReminderStep:
    """One mail to be.

    `due_on` is the deadline it speaks of; a step for another deadline is another step. `due_at` and
    `expires_at` are instants in UTC. `leader_on` is the day on which the leader is to hear, in the
    step that warns of it.
    """

    name: str
    tone: Tone
    audience: Audience
    mail_class: MailClass
    due_on: date
    due_at: datetime
    expires_at: datetime
    leader_on: date | None = None

    @property
    def resend(self) -> ResendPolicy:
        """Return what happens when nobody knows whether it arrived."""
        return ResendPolicy.ONCE if self.mail_class is MailClass.NOTICE else ResendPolicy.HOLD

    @property
    def key(self) -> str:
        """Return the step's part of the key that no two mails share."""
        return f"{self.name}@{self.due_on.isoformat()}"
