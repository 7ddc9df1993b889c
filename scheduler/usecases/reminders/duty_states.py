"""A duty is done, undone, not applicable, out for comment, or postponed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import (
    EXPECTED_STATES,
    UNFINISHED_STATES,
    DutyKind,
    DutyState,
    ForumLevel,
    MeetingState,
)
from scheduler.store.guarded import guarded_update
from scheduler.store.tables import AuditEvent, Duty, Forum, Meeting
from scheduler.usecases.reminders.errors import (
    AlreadyPostponedError,
    DutyNotFoundError,
    DutyStateError,
)
from scheduler.usecases.reminders.holders import desks_of
from scheduler.usecases.reminders.schedule import (
    cancel_duty_reminders,
    schedule_duty_reminders,
)
from scheduler.usecases.year.closed_days import HolidaysOf

__all__ = [
    "duty_done",
    "duty_in_review",
    "duty_not_applicable",
    "duty_undone",
    "is_case_level",
    "postpone_duty",
]

_FINISHED = (DutyState.DONE, DutyState.NOT_APPLICABLE)


def duty_done(
    session: Session,
    duty_id: int,
    *,
    by: int | None,
    now: datetime,
    link: str | None = None,
    through: str = "web",
) -> bool:
    """Mark a duty done and cancel its mails; tell whether it changed (False: it was done before).

    `by` is the id of the person who says so, `through` where ("web", "mail", "command"). A paper
    of a case-level forum keeps no `link`: it could name a case (privacy rule 1).

    Raises:
        DutyNotFoundError: there is no such duty.
        DutyStateError: it was cancelled, or found not to apply.
    """
    duty = _duty(session, duty_id)
    if duty.state is DutyState.DONE:
        return False
    values: dict[str, Any] = {"done_at": now, "done_by_id": by, "done_through": through}
    if link is not None and not is_case_level(session, duty):
        values["link"] = link
    _change(session, duty, UNFINISHED_STATES, DutyState.DONE, by=by, now=now, **values)
    if duty.kind is DutyKind.MINUTES:
        _hold(session, duty, now=now)
    return True


def is_case_level(session: Session, duty: Duty) -> bool:
    """Tell whether the duty is of a forum that discusses cases (privacy rule 4)."""
    forum = session.get(Forum, duty.forum_id) if duty.forum_id is not None else None
    return forum is not None and forum.level.is_case


def duty_not_applicable(session: Session, duty_id: int, *, by: int | None, now: datetime) -> bool:
    """Say that there is nothing to do this time; tell whether it changed.

    Raises:
        DutyNotFoundError: there is no such duty.
        DutyStateError: it is done or cancelled.
    """
    duty = _duty(session, duty_id)
    if duty.state is DutyState.NOT_APPLICABLE:
        return False
    _change(session, duty, UNFINISHED_STATES, DutyState.NOT_APPLICABLE, by=by, now=now)
    return True


def duty_undone(
    session: Session, duty_id: int, *, by: int | None, now: datetime, holidays_of: HolidaysOf
) -> bool:
    """Open a finished duty again, with the mails that are still to come; tell whether it changed.

    Raises:
        DutyNotFoundError: there is no such duty.
        DutyStateError: it was cancelled.
    """
    duty = _duty(session, duty_id)
    if duty.state in UNFINISHED_STATES:
        return False
    undone = {"done_at": None, "done_by_id": None, "done_through": None}
    _change(session, duty, _FINISHED, DutyState.OPEN, by=by, now=now, **undone)
    schedule_duty_reminders(session, [duty_id], now=now, holidays_of=holidays_of)
    return True


def duty_in_review(
    session: Session, duty_id: int, *, by: int | None, now: datetime, holidays_of: HolidaysOf
) -> bool:
    """Note that minutes went out for comment: the writer's clock stops, the approver's starts.

    Raises:
        DutyNotFoundError: there is no such duty.
        DutyStateError: it is not open.
    """
    duty = _duty(session, duty_id)
    if duty.state is DutyState.IN_REVIEW:
        return False
    _change(session, duty, (DutyState.OPEN,), DutyState.IN_REVIEW, by=by, now=now)
    schedule_duty_reminders(session, [duty_id], now=now, holidays_of=holidays_of)
    return True


def postpone_duty(
    session: Session,
    duty_id: int,
    to: date,
    *,
    by: int | None,
    now: datetime,
    holidays_of: HolidaysOf,
) -> None:
    """Give an open duty a new date; whoever has it may do so once.

    Raises:
        DutyNotFoundError: there is no such duty.
        DutyStateError: it is not open.
        AlreadyPostponedError: it was postponed before.
    """
    duty = _duty(session, duty_id)
    if duty.postponed:
        raise AlreadyPostponedError(duty_id)
    _change(
        session, duty, (DutyState.OPEN,), DutyState.OPEN, by=by, now=now, due_on=to, postponed=True
    )
    schedule_duty_reminders(session, [duty_id], now=now, holidays_of=holidays_of)


def _hold(session: Session, duty: Duty, *, now: datetime) -> None:
    """Take a meeting whose minutes are done as held; at case level nothing does (privacy rule 4).

    Nothing that a calendar shows changes, so the meeting's sequence does not.
    """
    system_level = select(Forum.id).where(Forum.level == ForumLevel.SYSTEM)
    guarded_update(
        session,
        Meeting,
        col(Meeting.id) == duty.meeting_id,
        col(Meeting.forum_id).in_(system_level),
        col(Meeting.state).in_(EXPECTED_STATES),
        col(Meeting.held_on) <= today_of(now),
        state=MeetingState.HELD,
    )


def _duty(session: Session, duty_id: int) -> Duty:
    duty = session.get(Duty, duty_id, populate_existing=True)
    if duty is None:
        raise DutyNotFoundError(duty_id)
    return duty


def _change(
    session: Session,
    duty: Duty,
    from_states: tuple[DutyState, ...],
    to: DutyState,
    *,
    by: int | None,
    now: datetime,
    **values: Any,
) -> None:
    before, duty_id, version = duty.state, duty.id, duty.version
    if before not in from_states or duty_id is None or not guarded_update(
        session,
        Duty,
        col(Duty.id) == duty_id,
        col(Duty.version) == version,
        state=to,
        version=version + 1,
        sequence=duty.sequence + 1,
        changed_at=now,
        **values,
    ):  # fmt: skip
        session.refresh(duty)
        raise DutyStateError(duty_id or 0, duty.state)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=duty.municipality_id,
            person_id=by,
            action="duty.state",
            entity="duty",
            entity_id=duty_id,
            before={"state": before.value, "due_on": duty.due_on.isoformat()},
            after={
                "state": to.value,
                "due_on": values.get("due_on", duty.due_on).isoformat(),
                "through": values.get("done_through"),
                "on_behalf_of": _on_behalf_of(session, duty, by, now),
            },
        )
    )
    session.refresh(duty)
    if to not in UNFINISHED_STATES:
        # A duty that is finished asks for no mail, so what waits is taken out of the queue.
        cancel_duty_reminders(session, [duty_id], now=now, because=to.value)


def _on_behalf_of(session: Session, duty: Duty, by: int | None, now: datetime) -> int | None:
    """Return the position that the person acts on behalf of, where they do."""
    if by is None or duty.position_id is None:
        return None
    desk = desks_of(session, [duty.position_id], today_of(now))[duty.position_id]
    acts = by in {reader.person_id for reader in desk.delegates}
    return duty.position_id if acts else None
