"""What the worker is told once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from scheduler.usecases.invitations.text import InvitationBytes

__all__ = ["WorkerSettings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """`worker` names the process, `sender` is the From address, `base_url` begins every link.

    `sending` is longer than the ten minutes that SMTP may take after the dot (RFC 5321 4.5.3.2).
    With `at_any_hour` nothing waits for a working day: only the demo, where nobody is disturbed.
    A text message goes to the number at `text_domain`, the gateway's; without one there are none.
    `write_invitation` writes calendar messages; without it no invitation can be made, and each is
    put aside for `put_aside` as whatever cannot be made (`LookupError`). With `reads_answers` an
    answer from a calendar program arrives, and invitations say so.
    """

    worker: str
    sender: str
    base_url: str
    batch: int = 20
    lease: timedelta = timedelta(seconds=60)
    sending: timedelta = timedelta(minutes=15)
    late_after: timedelta = timedelta(minutes=15)
    put_aside: timedelta = timedelta(hours=1)
    wipe_after: timedelta = timedelta(days=30)
    at_any_hour: bool = False
    text_domain: str | None = None
    write_invitation: InvitationBytes | None = None
    reads_answers: bool = False

    @property
    def home_url(self) -> str:
        """The page with everything that waits for the reader."""
        return f"{self.base_url.rstrip('/')}/"

    @property
    def preferences_url(self) -> str:
        """The page where the reader chooses how reminders come."""
        return f"{self.home_url}paminnelser"

    @property
    def subscribe_url(self) -> str:
        """The page where the reader makes a feed address; no mail ever holds one."""
        return f"{self.home_url}abonner"

    def action_url(self, token: str) -> str:
        """Return the page of an action link; it does nothing before a POST."""
        return f"{self.home_url}handling/{token}"

    @property
    def choice_url(self) -> str:
        """The place where the reader chooses how meetings come into their calendar."""
        return f"{self.home_url}abonner#hvordan"

    def answer_url(self, token: str) -> str:
        """Return the page where an invitation is answered; it does nothing before a POST."""
        return f"{self.home_url}svar/{token}"

    def meeting_url(self, meeting_id: int) -> str:
        """Return the page of a meeting."""
        return f"{self.home_url}mote/{meeting_id}"

    @property
    def mail_domain(self) -> str:
        """What stands after the @ of the sender."""
        return self.sender.rsplit("@", 1)[-1].rstrip("> ")
