"""A proposal that is kept, with its search and why the year cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from scheduler.domain.language import Language
from scheduler.planning import (
    Conflict,
    Proposal,
    proposal_from_record,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import Proposal as ProposalRow
from scheduler.usecases.year.best_proposal import say_conflict

__all__ = [
    "ConflictWords",
    "KeptProposal",
    "SearchState",
    "kept_proposal",
    "said_conflicts",
]

# A search says that it is alive every few seconds; one silent for so long is gone.
_SILENT_FOR = timedelta(seconds=30)


class SearchState(StrEnum):
    """How far the solver's search for a better plan has come."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    LOST = "lost"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ConflictWords:
    """Rules that cannot all hold for a forum, and ways out, in words."""

    forum: str
    unit: str | None
    rules: tuple[str, ...]
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProposal:
    """A proposal with its search; `parts` is 0 until the search has begun on one."""

    id: int
    proposal: Proposal
    base_revision: int
    made_at: datetime
    applied_at: datetime | None
    state: SearchState
    parts_done: int
    parts: int
    inputs: str
    conflicts: Mapping[str, Any]

    def conflicts_in(self, language: Language) -> tuple[ConflictWords, ...]:
        """Return why the year cannot be, for the planner, who may know of every forum."""
        found = self.conflicts.get("all", {}).get(language.value, [])
        return tuple(
            ConflictWords(one["forum"], one["unit"], tuple(one["rules"]), tuple(one["ways"]))
            for one in found
        )


def kept_proposal(row: ProposalRow, now: datetime) -> KeptProposal:
    """Return a row as it is now; a search that has been silent for long is lost."""
    search = row.record["search"]
    state = SearchState(search["state"])
    if state is SearchState.RUNNING and (
        now - datetime.fromisoformat(search["beat_at"]) > _SILENT_FOR
    ):
        state = SearchState.LOST
    return KeptProposal(
        id=id_of(row),
        proposal=proposal_from_record(row.record["proposal"]),
        base_revision=row.base_revision,
        made_at=row.made_at,
        applied_at=row.applied_at,
        state=state,
        parts_done=search.get("parts_done", 0),
        parts=search.get("parts", 0),
        inputs=row.record["inputs"],
        conflicts=row.record.get("conflicts", {}),
    )


def said_conflicts(conflicts: Sequence[Conflict], proposal: Proposal) -> dict[str, Any]:
    """Say the conflicts in every written form, with forums named: only planners read them."""
    everything = frozenset(meeting.forum for meeting in proposal.meetings) | {
        slug for slug, _unit, _name in proposal.names
    }
    return {
        "all": {
            language.value: [
                {"forum": one.key[0], "unit": one.key[1], "rules": rules, "ways": ways}
                for one in conflicts
                for rules, ways in (say_conflict(one, language, visible=everything),)
            ]
            for language in Language
        }
    }
