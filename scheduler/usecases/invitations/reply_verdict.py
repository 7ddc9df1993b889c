"""What becomes of an answer that a calendar program mails."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["ReplyVerdict"]


class ReplyVerdict(StrEnum):
    """What was done with a reply."""

    ANSWERED = "answered"
    TOO_LATE = "too_late"
    STRANGE = "strange"
