"""Where a mail in the outbox stands."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "ACCEPTED_STATES",
    "GONE_STATES",
    "IN_HAND_STATES",
    "LIVE_STATES",
    "LOST_STATES",
    "NEVER_WENT_STATES",
    "REVIVABLE_STATES",
    "TELLS_NOBODY_STATES",
    "OutboxState",
]


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
IN_HAND_STATES = (*LIVE_STATES, OutboxState.SENDING)
# Taken by a server, or nobody knows whether it was; not known to have come back.
ACCEPTED_STATES = (OutboxState.SENT, OutboxState.UNCERTAIN)
# Has left us, or may have: it can be with its reader.
GONE_STATES = (OutboxState.SENDING, *ACCEPTED_STATES)
# Was tried, and is not with its reader.
LOST_STATES = (OutboxState.FAILED, OutboxState.BOUNCED)
# Ended without being tried; these two may come back, one that was too late may not.
REVIVABLE_STATES = (OutboxState.CANCELLED, OutboxState.HANDED_ON)
NEVER_WENT_STATES = (*REVIVABLE_STATES, OutboxState.SKIPPED)
# Whoever it was for has not heard by it, and will not.
TELLS_NOBODY_STATES = (*LOST_STATES, *NEVER_WENT_STATES)
