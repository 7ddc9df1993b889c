"""Proposals that are kept: the first plan at once, then what the solver makes of it.

A search is told of in its proposal's own row, so that any web process can show how far it has
come and ask it to stop, and so that a restart loses nothing but the search itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete
from sqlmodel import Session, col, select

from scheduler.domain.periods import Period
from scheduler.planning import (
    Conflict,
    Proposal,
    Status,
    proposal_to_record,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality
from scheduler.store.tables import Proposal as ProposalRow
from scheduler.usecases.year.apply_proposal import Applied, apply_proposal
from scheduler.usecases.year.kept_proposal import (
    ConflictWords,
    KeptProposal,
    SearchState,
    kept_proposal,
    said_conflicts,
)
from scheduler.usecases.year.year_plans import (
    StaleProposalError,
    find_year_plan,
    year_plan_of,
)
from scheduler.usecases.year.year_to_plan import YearToPlan, fingerprint

__all__ = [
    "KEPT_PROPOSALS",
    "ConflictWords",
    "KeptProposal",
    "SearchState",
    "apply_kept",
    "ask_to_stop",
    "begin_search",
    "end_search",
    "find_kept",
    "is_asked_to_stop",
    "keep_found",
    "latest_kept",
    "note_progress",
]

KEPT_PROPOSALS: Final = 5
"""How many proposals of a year are kept besides those that were taken into use."""


def begin_search(
    session: Session,
    municipality: Municipality,
    planned: YearToPlan,
    first: Proposal,
    *,
    now: datetime,
) -> int:
    """Keep the first plan, which the solver is to improve; return its id."""
    return _keep(session, municipality, planned, first, SearchState.RUNNING, now=now)


def keep_found(
    session: Session,
    municipality: Municipality,
    planned: YearToPlan,
    proposal: Proposal,
    *,
    now: datetime,
) -> int:
    """Keep a proposal whose search is over; return its id."""
    return _keep(session, municipality, planned, proposal, SearchState.DONE, now=now)


def note_progress(
    session: Session, proposal_id: int, *, parts_done: int, parts: int, now: datetime
) -> None:
    """Say that the search is alive, and how far it has come."""
    _change(session, proposal_id, parts_done=parts_done, parts=parts, beat_at=now.isoformat())


def ask_to_stop(session: Session, proposal_id: int) -> None:
    """Ask the search to stop, wherever it runs; the best found so far stands."""
    _change(session, proposal_id, stop=True)


def is_asked_to_stop(session: Session, proposal_id: int) -> bool:
    """Tell whether somebody wants the search to stop."""
    row = session.get(ProposalRow, proposal_id, populate_existing=True)
    return row is None or bool(row.record["search"].get("stop"))


def end_search(
    session: Session,
    proposal_id: int,
    state: SearchState,
    *,
    proposal: Proposal | None = None,
    conflicts: Sequence[Conflict] = (),
) -> None:
    """Write down how the search ended, with the better plan where there is one.

    A search whose proposal has been let go of meanwhile ends without a word.
    """
    row = _row(session, proposal_id)
    if row is None:
        return
    record = dict(row.record)
    record["search"] = {**record["search"], "state": state.value}
    if proposal is not None:
        record["proposal"] = proposal_to_record(proposal)
        record["conflicts"] = said_conflicts(conflicts, proposal)
    row.record = record
    session.add(row)
    session.flush()


def find_kept(
    session: Session, municipality_id: int, period: Period, proposal_id: int, *, now: datetime
) -> KeptProposal | None:
    """Return one proposal of the period, or None where it has no such."""
    year_plan = find_year_plan(session, municipality_id, period)
    row = session.get(ProposalRow, proposal_id)
    if year_plan is None or row is None or row.year_plan_id != year_plan.id:
        return None
    return kept_proposal(row, now) if "proposal" in row.record else None


def latest_kept(
    session: Session, municipality_id: int, period: Period, *, now: datetime
) -> KeptProposal | None:
    """Return the newest proposal of the period."""
    year_plan = find_year_plan(session, municipality_id, period)
    if year_plan is None:
        return None
    rows = session.exec(
        select(ProposalRow)
        .where(ProposalRow.year_plan_id == id_of(year_plan))
        .order_by(col(ProposalRow.id).desc())
    )
    return next((kept_proposal(row, now) for row in rows if "proposal" in row.record), None)


def apply_kept(
    session: Session,
    municipality: Municipality,
    planned: YearToPlan,
    kept: KeptProposal,
    *,
    now: datetime,
    actor_id: int | None,
) -> Applied:
    """Write a kept proposal's meetings as proposed; `planned` is the year as it is now.

    Raises:
        StaleProposalError: the year, or what it is planned from, has changed; the first of the
            days has passed; a forum has no dates; or the proposal has been applied already.
    """
    first_day = planned.year.first_day
    late = any(not one.kept and one.date < first_day for one in kept.proposal.meetings)
    if (
        late
        or kept.applied_at is not None
        or kept.proposal.status is Status.INFEASIBLE
        or kept.inputs != fingerprint(planned.year)
    ):
        raise StaleProposalError
    applied = apply_proposal(
        session,
        municipality,
        planned.period,
        kept.proposal,
        base_revision=kept.base_revision,
        now=now,
        actor_id=actor_id,
    )
    row = session.get_one(ProposalRow, kept.id)
    row.applied_at = now
    session.add(row)
    session.flush()
    return applied


def _keep(
    session: Session,
    municipality: Municipality,
    planned: YearToPlan,
    proposal: Proposal,
    state: SearchState,
    *,
    now: datetime,
) -> int:
    year_plan = year_plan_of(session, id_of(municipality), planned.period)
    if year_plan.revision != planned.base_revision:
        raise StaleProposalError
    row = ProposalRow(
        year_plan_id=id_of(year_plan),
        base_revision=year_plan.revision,
        made_at=now,
        record={
            "proposal": proposal_to_record(proposal),
            "search": {"state": state.value, "beat_at": now.isoformat()},
            "inputs": fingerprint(planned.year),
        },
    )
    session.add(row)
    session.flush()
    _prune(session, id_of(year_plan))
    return id_of(row)


def _prune(session: Session, year_plan_id: int) -> None:
    """Let the oldest proposals go; those taken into use and the revisions have been applied."""
    old = session.exec(
        select(ProposalRow.id)
        .where(ProposalRow.year_plan_id == year_plan_id, col(ProposalRow.applied_at).is_(None))
        .order_by(col(ProposalRow.id).desc())
        .offset(KEPT_PROPOSALS)
    ).all()
    session.connection().execute(delete(ProposalRow).where(col(ProposalRow.id).in_(old)))


def _row(session: Session, proposal_id: int) -> ProposalRow | None:
    """Return a proposal, locked, or None where newer ones have taken its place."""
    # Locked: the search and the one who stops it may write at the same time.
    return session.get(ProposalRow, proposal_id, populate_existing=True, with_for_update=True)


def _change(session: Session, proposal_id: int, **values: Any) -> None:
    row = _row(session, proposal_id)
    if row is None:
        return
    row.record = {**row.record, "search": {**row.record["search"], **values}}
    session.add(row)
    session.flush()
