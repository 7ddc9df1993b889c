"""Turns an accepted proposal into meetings that are not yet published."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from scheduler.domain.enums import MeetingState, YearPlanState
from scheduler.domain.identifiers import meeting_uid
from scheduler.domain.periods import Period
from scheduler.planning import PlacedMeeting, Proposal
from scheduler.planning.record import reason_to_record
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    Forum,
    Meeting,
    Municipality,
    Unit,
    YearPlan,
)
from scheduler.usecases.year.remove_meeting import remove_meeting
from scheduler.usecases.year.revisions import RevisionCause, keep_revision
from scheduler.usecases.year.year_plans import StaleProposalError, year_plan_of

__all__ = ["Applied", "apply_proposal"]

_Key = tuple[int, int | None, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """How many meetings a proposal added, changed and took away, and how many stood."""

    added: int
    changed: int
    removed: int
    unchanged: int


def apply_proposal(
    session: Session,
    municipality: Municipality,
    period: Period,
    proposal: Proposal,
    *,
    base_revision: int,
    now: datetime,
    actor_id: int | None,
) -> Applied:
    """Write the proposal's meetings as proposed; fixed points are left as they are.

    `base_revision` is the revision of the year that the proposal was made from.

    Raises:
        StaleProposalError: the year has been changed since.
    """
    year_plan = year_plan_of(session, id_of(municipality), period)
    if year_plan.revision != base_revision:
        raise StaleProposalError
    writer = _Writer(session, municipality, year_plan, now)
    applied = writer.write([placed for placed in proposal.meetings if not placed.kept])
    if applied.added or applied.changed or applied.removed:
        year_plan.revision += 1
        if year_plan.state is YearPlanState.DRAFT:
            year_plan.state = YearPlanState.PROPOSED
        session.add(year_plan)
        session.add(
            AuditEvent(
                at=now,
                municipality_id=id_of(municipality),
                person_id=actor_id,
                action="apply_proposal",
                entity="year_plan",
                entity_id=id_of(year_plan),
                after={
                    "added": applied.added,
                    "changed": applied.changed,
                    "removed": applied.removed,
                },
            )
        )
        session.flush()
        keep_revision(
            session, municipality, year_plan, RevisionCause.APPLIED, now=now, actor_id=actor_id
        )
    return applied


class _Writer:
    def __init__(
        self, session: Session, municipality: Municipality, year_plan: YearPlan, now: datetime
    ) -> None:
        self._session = session
        self._municipality = municipality
        self._year_plan = year_plan
        self._now = now
        self._forums = {
            forum.slug: forum
            for forum in session.exec(
                select(Forum).where(Forum.municipality_id == id_of(municipality))
            )
        }
        self._units = {
            unit.slug: unit
            for unit in session.exec(
                select(Unit).where(Unit.municipality_id == id_of(municipality))
            )
        }

    def write(self, placed: Iterable[PlacedMeeting]) -> Applied:
        standing = {
            (row.forum_id, row.unit_id, row.number): row
            for row in self._session.exec(
                select(Meeting).where(Meeting.year_plan_id == id_of(self._year_plan))
            )
        }
        added = changed = unchanged = 0
        wanted: set[_Key] = set()
        for one in placed:
            key = self._key(one)
            wanted.add(key)
            row = standing.get(key)
            if row is None:
                self._session.add(self._new(one, key))
                added += 1
            elif row.state is MeetingState.PROPOSED and not row.set_by_hand:
                if self._change(row, one):
                    changed += 1
                else:
                    unchanged += 1
        removed = self._remove(
            row
            for key, row in standing.items()
            if key not in wanted and row.state is MeetingState.PROPOSED and not row.set_by_hand
        )
        self._session.flush()
        return Applied(added=added, changed=changed, removed=removed, unchanged=unchanged)

    def _key(self, placed: PlacedMeeting) -> _Key:
        forum_id = id_of(self._forums[placed.forum])
        unit_id = id_of(self._units[placed.unit]) if placed.unit else None
        return (forum_id, unit_id, placed.number)

    def _new(self, placed: PlacedMeeting, key: _Key) -> Meeting:
        return Meeting(
            municipality_id=id_of(self._municipality),
            year_plan_id=id_of(self._year_plan),
            forum_id=key[0],
            unit_id=key[1],
            number=placed.number,
            uid=meeting_uid(
                municipality=self._municipality.slug,
                forum=placed.forum,
                unit=placed.unit,
                period=self._year_plan.period,
                number=placed.number,
            ),
            held_on=placed.date,
            starts=placed.start,
            ends=placed.end,
            place=placed.place,
            state=MeetingState.PROPOSED,
            reasons=[reason_to_record(reason) for reason in placed.reasons],
            monthly_guests=placed.guests,
            changed_at=self._now,
        )

    def _change(self, row: Meeting, placed: PlacedMeeting) -> bool:
        reasons = [reason_to_record(reason) for reason in placed.reasons]
        same_time = (row.held_on, row.starts, row.ends, row.place) == (
            placed.date,
            placed.start,
            placed.end,
            placed.place,
        )
        row.reasons, row.monthly_guests = reasons, placed.guests
        if same_time:
            return False
        row.held_on, row.starts, row.ends, row.place = (
            placed.date,
            placed.start,
            placed.end,
            placed.place,
        )
        row.sequence += 1
        row.changed_at = self._now
        return True

    def _remove(self, rows: Iterable[Meeting]) -> int:
        removed = 0
        for row in rows:
            remove_meeting(self._session, row)
            removed += 1
        return removed
