"""A proposal as the JSON of the contract."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from scheduler.domain.language import Language
from scheduler.planning.proposal import Proposal
from scheduler.planning.words import say_reasons

__all__ = ["to_json"]


def to_json(
    proposal: Proposal, language: Language, *, visible: Collection[str] | None = None
) -> dict[str, Any]:
    """Return the proposal as the contract has it, reasons in words.

    `visible` holds the slugs of the forums that the reader may see named in the reasons of
    others; without it, all but those for members alone. Which meetings a reader may see is not
    decided here. `notes` holds what is met but worth knowing, such as a skipped day.
    """
    return {
        "period": proposal.period,
        "status": proposal.status.value,
        "proves": proposal.proves.value,
        "objective": proposal.objective,
        "bound": proposal.bound,
        "seconds": round(proposal.seconds, 3),
        "meetings": [
            {
                "forum": meeting.forum,
                "unit": meeting.unit,
                "number": meeting.number,
                "date": meeting.date.isoformat(),
                "start": f"{meeting.start:%H:%M}",
                "end": f"{meeting.end:%H:%M}",
                "place": meeting.place,
                "reason": say_reasons(meeting.reasons, language, visible=visible),
            }
            for meeting in proposal.meetings
            if not meeting.cancelled
        ],
        "unmet": [
            {
                "forum": unmet.forum,
                "unit": unmet.unit,
                "why": say_reasons(unmet.reasons, language, visible=visible),
            }
            for unmet in proposal.unmet
        ],
        "notes": [
            {
                "forum": note.forum,
                "unit": note.unit,
                "note": say_reasons(note.reasons, language, visible=visible),
            }
            for note in proposal.notes
        ],
    }
