"""Dates that a person sets: they stand whatever is proposed later, until they are let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.errors import AarshjulError
from scheduler.domain.periods import Period
from scheduler.planning import Reason, ReasonCode, reason_to_record
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Meeting, Municipality, YearPlan
from scheduler.usecases.year.numbered_meeting import AddedAt, numbered_meeting
from scheduler.usecases.year.remove_meeting import remove_meeting
from scheduler.usecases.year.revisions import RevisionCause, keep_revision
from scheduler.usecases.year.series_choice import series_with_rows
from scheduler.usecases.year.year_plans import year_plan_of

__all__ = [
    "HandDate",
    "NotAdjustableError",
    "add_by_hand",
    "let_date_go",
    "remove_by_hand",
    "set_by_hand",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class HandDate:
    """When and where, in civil time."""

    held_on: date
    starts: time
    ends: time
    place: str | None


class NotAdjustableError(AarshjulError):
    """The meeting is another by now, is published, or is not here."""


def set_by_hand(
    session: Session,
    municipality: Municipality,
    meeting_id: int,
    to: HandDate,
    *,
    sequence: int,
    now: datetime,
    actor_id: int | None,
) -> None:
    """Give an unpublished meeting a date that later proposals keep.

    A case-level meeting keeps the place it has: only its members know it (privacy rule 4).

    Raises:
        NotAdjustableError: it is another than the one with `sequence`, or is published.
    """
    _change(
        session,
        municipality,
        meeting_id,
        sequence,
        now,
        actor_id,
        action="set_date",
        held_on=to.held_on,
        starts=to.starts,
        ends=to.ends,
        place=_allowed_place(session, meeting_id, to.place),
        set_by_hand=True,
        reasons=[reason_to_record(Reason(ReasonCode.KEPT_HAND))],
    )


def let_date_go(
    session: Session,
    municipality: Municipality,
    meeting_id: int,
    *,
    sequence: int,
    now: datetime,
    actor_id: int | None,
) -> None:
    """Let later proposals move the meeting again; until then it stays where it is.

    Raises:
        NotAdjustableError: it is another than the one with `sequence`, or is published.
    """
    _change(
        session,
        municipality,
        meeting_id,
        sequence,
        now,
        actor_id,
        action="let_date_go",
        set_by_hand=False,
        reasons=[],
    )


def add_by_hand(
    session: Session,
    municipality: Municipality,
    period: Period,
    series: str,
    at: HandDate,
    *,
    now: datetime,
    today: date,
    actor_id: int | None,
) -> int:
    """Add a meeting of a series; one that lies before today is entered as held.

    A case-level meeting has no held state (privacy rule 4) and counts as planned.

    Raises:
        NotAdjustableError: the municipality has no such series.
    """
    found = {choice.key: pair for choice, pair in series_with_rows(session, id_of(municipality))}
    if series not in found:
        raise NotAdjustableError
    forum, unit = found[series]
    year_plan = year_plan_of(session, id_of(municipality), period)
    state = MeetingState.PROPOSED
    if at.held_on < today:
        state = MeetingState.PLANNED if forum.level.is_case else MeetingState.HELD
    row = numbered_meeting(
        session,
        municipality,
        year_plan,
        forum,
        unit,
        AddedAt(
            held_on=at.held_on,
            starts=at.starts,
            ends=at.ends,
            # Where a case-level forum meets is its members' own (privacy rule 4).
            place=forum.place if forum.level.is_case else at.place,
            state=state,
        ),
        now=now,
    )
    _note(session, municipality, year_plan, row, "add_meeting", now, actor_id)
    return id_of(row)


def remove_by_hand(
    session: Session,
    municipality: Municipality,
    meeting_id: int,
    *,
    sequence: int,
    now: datetime,
    actor_id: int | None,
) -> None:
    """Take an unpublished meeting that was set by hand out of the year.

    Raises:
        NotAdjustableError: it is another than the one with `sequence`, or not such a meeting.
    """
    row = session.get(Meeting, meeting_id, populate_existing=True)
    if row is None or not row.set_by_hand or row.sequence != sequence:
        raise NotAdjustableError
    _own(municipality, row)
    year_plan = session.get_one(YearPlan, row.year_plan_id)
    remove_meeting(session, row)
    session.flush()
    _note(session, municipality, year_plan, row, "remove_meeting", now, actor_id)


def _allowed_place(session: Session, meeting_id: int, place: str | None) -> str | None:
    row = session.exec(
        select(Meeting, Forum)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .where(Meeting.id == meeting_id)
    ).first()
    if row is None:
        return place
    meeting, forum = row
    return meeting.place if forum.level.is_case else place


def _change(
    session: Session,
    municipality: Municipality,
    meeting_id: int,
    sequence: int,
    now: datetime,
    actor_id: int | None,
    *,
    action: str,
    **values: Any,
) -> None:
    row = session.get(Meeting, meeting_id, populate_existing=True)
    if row is None:
        raise NotAdjustableError
    _own(municipality, row)
    if not guarded_update(
        session,
        Meeting,
        col(Meeting.id) == meeting_id,
        col(Meeting.sequence) == sequence,
        col(Meeting.state) == MeetingState.PROPOSED,
        sequence=sequence + 1,
        changed_at=now,
        **values,
    ):
        raise NotAdjustableError
    session.refresh(row)
    year_plan = session.get_one(YearPlan, row.year_plan_id)
    _note(session, municipality, year_plan, row, action, now, actor_id)


def _own(municipality: Municipality, row: Meeting) -> None:
    if row.municipality_id != municipality.id or row.state is not MeetingState.PROPOSED:
        raise NotAdjustableError


def _note(
    session: Session,
    municipality: Municipality,
    year_plan: YearPlan,
    row: Meeting,
    action: str,
    now: datetime,
    actor_id: int | None,
) -> None:
    year_plan.revision += 1
    session.add(year_plan)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=id_of(municipality),
            person_id=actor_id,
            action=action,
            entity="meeting",
            entity_id=row.id,
            after={"held_on": row.held_on.isoformat(), "starts": f"{row.starts:%H:%M}"},
        )
    )
    session.flush()
    keep_revision(
        session, municipality, year_plan, RevisionCause.BY_HAND, now=now, actor_id=actor_id
    )
