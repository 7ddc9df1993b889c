"""How a meeting's notice went out: what has gone cannot be changed from here."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from scheduler.domain.enums import DutyKind, DutyState
from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.tables import Duty

__all__ = ["SentNotice", "sent_notice"]


class SentNotice(StrEnum):
    """By what a notice went: the sender's own Outlook, or something else."""

    FROM_OUTLOOK = "outlook"
    OTHERWISE = "otherwise"


def sent_notice(papers: Iterable[Duty | DutySnapshot]) -> SentNotice | None:
    """Return how the notice among a meeting's papers went, or None where none is marked as sent."""
    for paper in papers:
        if paper.kind is DutyKind.NOTICE and paper.state is DutyState.DONE:
            if paper.done_through == "outlook":
                return SentNotice.FROM_OUTLOOK
            return SentNotice.OTHERWISE
    return None
