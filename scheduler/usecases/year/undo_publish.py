"""Takes a publishing back, as long as no mail of it has gone and nobody has built on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, or_, select

from scheduler.domain.enums import DutyState, MeetingState, YearPlanState
from scheduler.domain.errors import AarshjulError
from scheduler.domain.periods import Period
from scheduler.domain.reminders import ACCEPTED_STATES, LIVE_STATES, NEVER_WENT_STATES, OutboxState
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    AuditEvent,
    Duty,
    Meeting,
    Municipality,
    Outbox,
    OutboxEvent,
    YearPlan,
)
from scheduler.usecases.reminders.upsert import put_aside
from scheduler.usecases.year.revisions import (
    Revision,
    RevisionCause,
    keep_revision,
    last_published,
    revisions_of,
)
from scheduler.usecases.year.year_plans import known_year_plan

__all__ = ["Undo", "UndoRefusal", "UndoRefusedError", "undo_publish", "what_undo_does"]

_NOT_GONE = (*LIVE_STATES, *NEVER_WENT_STATES)


class UndoRefusal(StrEnum):
    """Why a publishing can no longer be taken back."""

    NOTHING = "nothing"
    CHANGED_SINCE = "changed_since"
    MAIL_GONE = "mail_gone"
    DUTY_BEGUN = "duty_begun"


class UndoRefusedError(AarshjulError):
    """The publishing stands; `refusal` says why."""

    def __init__(self, refusal: UndoRefusal) -> None:
        """Keep why."""
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What taking the publishing back does: meetings and duties withdrawn, mails never sent.

    `mails_gone` counts the mails that have left where that is why it is refused.
    """

    refusal: UndoRefusal | None
    meetings: int = 0
    duties: int = 0
    mails: int = 0
    mails_gone: int = 0


def what_undo_does(session: Session, municipality: Municipality, period: Period) -> Undo:
    """Return what would happen, or why it cannot."""
    return _look(session, municipality, period)[0]


def undo_publish(
    session: Session,
    municipality: Municipality,
    period: Period,
    *,
    now: datetime,
    actor_id: int | None,
) -> Undo:
    """Make the published meetings proposed again, and withdraw their duties and mails.

    Raises:
        UndoRefusedError: a mail has gone, a duty has been begun, or the year was changed since.
    """
    undo, revision, rows = _look(session, municipality, period)
    if undo.refusal is not None or revision is None:
        raise UndoRefusedError(undo.refusal or UndoRefusal.NOTHING)
    waiting = [id_of(row) for row in rows if row.state in LIVE_STATES]
    taken = put_aside(session, waiting, OutboxState.CANCELLED, now=now, detail="publishing undone")
    if taken != len(waiting):
        # A worker took one of them in hand between the look and the step.
        raise UndoRefusedError(UndoRefusal.MAIL_GONE)
    for meeting in session.exec(select(Meeting).where(col(Meeting.id).in_(revision.published))):
        meeting.state = MeetingState.PROPOSED
        meeting.sequence += 1
        meeting.changed_at = now
        session.add(meeting)
    for duty in session.exec(select(Duty).where(col(Duty.id).in_(revision.duties))):
        duty.state = DutyState.CANCELLED
        duty.version += 1
        duty.sequence += 1
        duty.changed_at = now
        session.add(duty)
    year_plan = known_year_plan(session, id_of(municipality), period)
    year_plan.revision += 1
    if revision.is_first:
        year_plan.state = YearPlanState.PROPOSED
        year_plan.published_at = None
    session.add(year_plan)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=id_of(municipality),
            person_id=actor_id,
            action="undo_publish",
            entity="year_plan",
            entity_id=year_plan.id,
            after={"meetings": undo.meetings, "duties": undo.duties},
        )
    )
    session.flush()
    keep_revision(
        session, municipality, year_plan, RevisionCause.UNDONE, now=now, actor_id=actor_id
    )
    return undo


def _look(
    session: Session, municipality: Municipality, period: Period
) -> tuple[Undo, Revision | None, list[Outbox]]:
    revisions = revisions_of(session, id_of(municipality), period)
    revision = last_published(revisions)
    if revision is None:
        # After another kept step nothing of the publishing is the newest any more.
        was = any(one.cause is RevisionCause.PUBLISHED for one in revisions)
        undone = bool(revisions) and revisions[0].cause is RevisionCause.UNDONE
        changed = was and not undone
        refusal = UndoRefusal.CHANGED_SINCE if changed else UndoRefusal.NOTHING
        return Undo(refusal=refusal), None, []
    year_plan = known_year_plan(session, id_of(municipality), period)
    if year_plan.revision != revision.number:
        return Undo(refusal=UndoRefusal.CHANGED_SINCE), None, []
    of_it = _mails_of(municipality, year_plan, revision)
    rows = list(session.exec(select(Outbox).where(of_it)))
    gone = _gone(session, rows, of_it)
    if gone:
        return Undo(refusal=UndoRefusal.MAIL_GONE, mails_gone=gone), None, []
    begun = session.exec(
        select(Duty.id).where(
            col(Duty.id).in_(revision.duties),
            or_(col(Duty.state) != DutyState.OPEN, col(Duty.postponed).is_(True)),
        )
    ).first()
    if begun is not None:
        return Undo(refusal=UndoRefusal.DUTY_BEGUN), None, []
    undo = Undo(
        refusal=None,
        meetings=len(revision.published),
        duties=len(revision.duties),
        mails=len([row for row in rows if row.state in LIVE_STATES]),
    )
    return undo, revision, rows


def _gone(session: Session, rows: Sequence[Outbox], of_it: ColumnElement[bool]) -> int:
    """Return how many have left us, or may have: also those that are to go once more."""
    left = set(
        session.exec(
            select(OutboxEvent.outbox_id)
            .join(Outbox, col(Outbox.id) == OutboxEvent.outbox_id)
            .where(of_it, col(OutboxEvent.to_state).in_(ACCEPTED_STATES))
        )
    )
    return sum(1 for row in rows if row.state not in _NOT_GONE or row.id in left)


def _mails_of(
    municipality: Municipality, year_plan: YearPlan, revision: Revision
) -> ColumnElement[bool]:
    summaries = f"{municipality.slug}:summary:{year_plan.id}:%:{revision.number}"
    return or_(
        col(Outbox.duty_id).in_(revision.duties),
        col(Outbox.meeting_id).in_(revision.published),
        col(Outbox.dedup_key).like(summaries),
    )
