"""Where a mail in the outbox stands."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["LIVE_STATES", "REVIVABLE_STATES", "OutboxState"]


class OutboxState(StrEnum):
    """The states of an outbox row; each step between them names the old one."""

    SCHEDULED = "scheduled"
    LEASED = "leased"
    SENDING = "sending"
    SENT = "sent"
    BOUNCED = "bounced"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    CANCELLED = "cancelled"
    HANDED_ON = "handed_on"
    MERGED = "merged"
    SKIPPED = "skipped"


# A live row will still be sent if nothing is done; one in `sending` can no longer be stopped.
LIVE_STATES = (OutboxState.SCHEDULED, OutboxState.LEASED)
REVIVABLE_STATES = (OutboxState.CANCELLED, OutboxState.HANDED_ON)
