"""Which of several holders of a position has a duty: whoever takes it, or in turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import UNFINISHED_STATES
from scheduler.store.guarded import guarded_update
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty
from scheduler.usecases.reminders.errors import (
    DutyNotFoundError,
    DutyStateError,
    NotAHolderError,
)
from scheduler.usecases.reminders.holders import desks_of

__all__ = ["name_holder", "name_in_turn"]


def name_holder(
    session: Session, duty_id: int, person_id: int | None, *, by: int | None, now: datetime
) -> bool:
    """Say which holder has the duty, or None for all of them; tell whether it changed.

    The mails that wait are addressed to the position, so nothing has to be made anew. When the one
    named leaves or is away, the duty is everybody's again.

    Raises:
        DutyNotFoundError: there is no such duty.
        DutyStateError: it is finished or cancelled.
        NotAHolderError: the person does not answer for its position today.
    """
    duty = session.get(Duty, duty_id, populate_existing=True)
    if duty is None:
        raise DutyNotFoundError(duty_id)
    if duty.state not in UNFINISHED_STATES:
        raise DutyStateError(duty_id, duty.state)
    if person_id is not None and person_id not in _holders(session, [duty], now)[duty_id]:
        raise NotAHolderError
    return _name(session, duty, person_id, by=by, now=now)


def name_in_turn(
    session: Session, duty_ids: Iterable[int], *, by: int | None, now: datetime
) -> int:
    """Share the duties that nobody is named for among the holders, in turn; return how many.

    Whoever has the fewest of the unfinished duties of the position comes first, so that naming
    again after one more meeting goes on where it left off.
    """
    duties = session.exec(
        select(Duty)
        .where(
            col(Duty.id).in_(sorted(set(duty_ids))),
            col(Duty.state).in_(UNFINISHED_STATES),
            col(Duty.position_id).is_not(None),
        )
        .order_by(col(Duty.due_on), col(Duty.id))
        .execution_options(populate_existing=True)
    ).all()
    holders = _holders(session, duties, now)
    counts = _counts(session, {duty.position_id for duty in duties})
    named = 0
    for duty in duties:
        there = holders[id_of(duty)]
        if len(there) < 2 or duty.named_person_id in there:
            continue
        has = counts[duty.position_id]
        chosen = min(there, key=lambda person_id: (has[person_id], person_id))
        has[chosen] += 1
        named += _name(session, duty, chosen, by=by, now=now)
    return named


def _holders(session: Session, duties: Iterable[Duty], now: datetime) -> dict[int, list[int]]:
    positions = {id_of(duty): duty.position_id for duty in duties}
    desks = desks_of(
        session, [each for each in positions.values() if each is not None], today_of(now)
    )
    return {
        duty_id: [reader.person_id for reader in desks[position_id].readers] if position_id else []
        for duty_id, position_id in positions.items()
    }


def _counts(
    session: Session, position_ids: Iterable[int | None]
) -> dict[int | None, dict[int, int]]:
    counts: dict[int | None, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for position_id, person_id in session.exec(
        select(Duty.position_id, Duty.named_person_id).where(
            col(Duty.position_id).in_(list(position_ids)),
            col(Duty.state).in_(UNFINISHED_STATES),
            col(Duty.named_person_id).is_not(None),
        )
    ):
        if person_id is not None:
            counts[position_id][person_id] += 1
    return counts


def _name(
    session: Session, duty: Duty, person_id: int | None, *, by: int | None, now: datetime
) -> bool:
    before = duty.named_person_id
    if before == person_id:
        return False
    if not guarded_update(
        session, Duty, col(Duty.id) == duty.id, col(Duty.version) == duty.version,
        named_person_id=person_id,
    ):  # fmt: skip
        session.refresh(duty)
        raise DutyStateError(id_of(duty), duty.state)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=duty.municipality_id,
            person_id=by,
            action="duty.named",
            entity="duty",
            entity_id=duty.id,
            before={"named_person_id": before},
            after={"named_person_id": person_id},
        )
    )
    session.refresh(duty)
    return True
