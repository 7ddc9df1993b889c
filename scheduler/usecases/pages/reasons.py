"""Why a meeting is on its day, in words that name no forum its reader may not see."""

from __future__ import annotations

from collections.abc import Collection

from scheduler.domain.language import Language
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.planning.record import reason_from_record
from scheduler.planning.words import say_reason

__all__ = ["say_reasons_of"]


def say_reasons_of(
    meeting: MeetingSnapshot, language: Language, *, visible: Collection[str]
) -> tuple[str, ...]:
    """Return a sentence for each reason; `visible` holds the slugs of the reader's forums."""
    return tuple(
        say_reason(reason_from_record(record), language, visible=visible)
        for record in meeting.reasons
    )
