"""Proposals that are kept: improved, stopped, lost in a restart, and taken into use or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from scheduler.domain.language import Language
from scheduler.planning import DaySolver, Method, propose
from scheduler.store.tables import Forum, YearPlan
from scheduler.store.tables import Proposal as ProposalRow
from scheduler.usecases.year.best_proposal import best_proposal, explained
from scheduler.usecases.year.kept_proposals import (
    KEPT_PROPOSALS,
    KeptProposal,
    SearchState,
    apply_kept,
    ask_to_stop,
    begin_search,
    end_search,
    find_kept,
    is_asked_to_stop,
    latest_kept,
    note_progress,
)
from scheduler.usecases.year.revisions import revisions_of
from scheduler.usecases.year.year_plans import StaleProposalError
from tests.integration.usecases.year.conftest import Office, yearly


def kept_in(office: Office, session: Session, proposal_id: int) -> KeptProposal:
    found = find_kept(session, office.municipality_id, office.period, proposal_id, now=office.now)
    assert found is not None
    return found


def begun(office: Office, session: Session) -> int:
    planned = office.planned(session)
    first = propose(planned.year)
    return begin_search(session, office.municipality(session), planned, first, now=office.now)


def test_the_first_plan_is_there_at_once_and_the_better_one_takes_its_place(
    office: Office,
) -> None:
    with office.database.write() as session:
        proposal_id = begun(office, session)
        planned = office.planned(session)
    with office.database.read() as session:
        before = kept_in(office, session, proposal_id)
    assert (before.state, before.parts) == (SearchState.RUNNING, 0)
    assert before.proposal.meetings == propose(planned.year).meetings
    with DaySolver() as solver:
        better = best_proposal(planned.year, solver)
    with office.database.write() as session:
        note_progress(session, proposal_id, parts_done=1, parts=2, now=office.now)
        end_search(session, proposal_id, SearchState.DONE, proposal=better)
    with office.database.read() as session:
        after = latest_kept(session, office.municipality_id, office.period, now=office.now)
    assert after is not None
    assert (after.id, after.state, after.proposal, after.parts_done, after.parts) == (
        proposal_id,
        SearchState.DONE,
        better,
        1,
        2,
    )


def test_a_search_that_has_gone_silent_is_lost_and_its_first_plan_stands(office: Office) -> None:
    with office.database.write() as session:
        proposal_id = begun(office, session)
    later = replace(office, now=office.now + timedelta(seconds=31))
    with office.database.read() as session:
        assert kept_in(office, session, proposal_id).state is SearchState.RUNNING
        assert kept_in(later, session, proposal_id).state is SearchState.LOST


def test_whoever_stops_a_search_is_heard_by_it(office: Office) -> None:
    with office.database.write() as session:
        proposal_id = begun(office, session)
        before = is_asked_to_stop(session, proposal_id)
        ask_to_stop(session, proposal_id)
        note_progress(session, proposal_id, parts_done=1, parts=1, now=office.now)
        assert (before, is_asked_to_stop(session, proposal_id)) == (False, True)


def test_applied_twice_it_is_refused_the_second_time(office: Office) -> None:
    with office.database.write() as session:
        proposal_id = begun(office, session)
    with office.database.write() as session:
        applied = apply_kept(
            session,
            office.municipality(session),
            office.planned(session),
            kept_in(office, session, proposal_id),
            now=office.now,
            actor_id=None,
        )
    assert (applied.added, applied.changed, applied.removed) == (6, 0, 0)
    with office.database.write() as session, pytest.raises(StaleProposalError):
        apply_kept(
            session,
            office.municipality(session),
            office.planned(session),
            kept_in(office, session, proposal_id),
            now=office.now,
            actor_id=None,
        )


@pytest.mark.parametrize("what", ["the year", "a rhythm", "the day"])
def test_a_stale_proposal_is_refused_and_nothing_is_written(office: Office, what: str) -> None:
    with office.database.write() as session:
        proposal_id = begun(office, session)
    with office.database.write() as session:
        if what == "the year":
            year_plan = session.exec(select(YearPlan)).one()
            year_plan.revision += 1
            session.add(year_plan)
        if what == "a rhythm":
            forum = session.exec(select(Forum).where(Forum.slug == "radet")).one()
            forum.cadence = yearly(3)
            session.add(forum)
    later = replace(office, now=office.now.replace(month=12)) if what == "the day" else office
    with office.database.write() as session, pytest.raises(StaleProposalError):
        apply_kept(
            session,
            later.municipality(session),
            later.planned(session),
            kept_in(office, session, proposal_id),
            now=later.now,
            actor_id=None,
        )
    with office.database.read() as session:
        assert office.meetings(session) == []


def test_the_newest_five_are_kept_besides_what_was_taken_into_use(office: Office) -> None:
    with office.database.write() as session:
        taken = begun(office, session)
        end_search(session, taken, SearchState.DONE)
        planned = office.planned(session)
        apply_kept(
            session,
            office.municipality(session),
            planned,
            kept_in(office, session, taken),
            now=office.now,
            actor_id=None,
        )
        made = [begun(office, session) for _ in range(KEPT_PROPOSALS + 2)]
        # A search whose proposal has gone is told to stop, and says no more.
        assert is_asked_to_stop(session, made[0])
        note_progress(session, made[0], parts_done=1, parts=1, now=office.now)
        end_search(session, made[0], SearchState.DONE)
        ids = set(session.exec(select(ProposalRow.id)))
        assert [taken in ids, *(one in ids for one in made)] == [True, False, False] + [True] * 5
        assert len(revisions_of(session, office.municipality_id, office.period)) == 1


def test_an_impossible_year_says_why_to_its_planner(office: Office) -> None:
    with office.database.write() as session:
        for forum in session.exec(select(Forum)):
            # Two rhythms on the same Mondays at the same hour, for the same leader.
            forum.cadence = {**yearly(1), "months": [2], "weekdays": ["mon"], "ordinal": 1}
            forum.cadence = (
                {
                    "kind": "recurrence",
                    "unit": "week",
                    "interval": 1,
                    "count_min": 1,
                    "count_max": 1,
                    "weekdays": ["mon"],
                }
                if forum.slug == "radet"
                else yearly(2)
            )
            forum.weekday = "mon"
            forum.starts = office.now.time().replace(hour=9, tzinfo=None)
            session.add(forum)
        session.flush()
        planned = office.planned(session)
        proposal_id = begun(office, session)
    with DaySolver() as solver:
        proposal = propose(planned.year, method=Method.BEST, solver=solver)
        conflicts = explained(planned.year, proposal, solver)
    with office.database.write() as session:
        end_search(session, proposal_id, SearchState.DONE, proposal=proposal, conflicts=conflicts)
        kept = kept_in(office, session, proposal_id)
    found = kept.conflicts_in(Language.BOKMAL)
    assert [one.forum for one in found] == ["teamet"]
    assert "Teamet møtes bare på mandager" in found[0].rules
    assert len(found[0].ways) >= 1
