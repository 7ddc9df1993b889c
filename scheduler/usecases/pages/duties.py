"""Duties out of the store, as snapshots. Readers come through `scheduler.usecases.visibility`."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlmodel import Session, col, select

from scheduler.domain.snapshots import DutySnapshot
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    Duty,
    Forum,
    Measure,
    Meeting,
    Municipality,
    MunicipalService,
    Position,
    RecurringDuty,
    Unit,
)

__all__ = ["read_duties", "read_duty"]


def read_duties(session: Session, *conditions: ColumnElement[bool]) -> tuple[DutySnapshot, ...]:
    """Return the duties that meet every condition, by due day and then UID, in one query.

    Conditions may name `Duty` and `Forum`.
    """
    rows = session.exec(
        _duties().where(*conditions).order_by(col(Duty.due_on), col(Duty.uid))
    ).all()
    return tuple(_snapshot(*row) for row in rows)


def read_duty(session: Session, duty_id: int) -> DutySnapshot | None:
    """Return one duty, or None where it is gone."""
    row = session.exec(_one_duty(), params={"duty_id": duty_id}).one_or_none()
    return None if row is None else _snapshot(*row)


@cache
def _one_duty() -> Any:
    return _duties().where(col(Duty.id) == bindparam("duty_id"))


@cache
def _duties() -> Any:
    # Drawn up once: joining nine tables in words takes longer than asking the database.
    return (
        select(  # type: ignore[call-overload]
            Duty,
            Municipality,
            Forum,
            Unit.name,
            Meeting,
            MunicipalService.name,
            Measure.name,
            RecurringDuty,
            Position.title,
        )
        .join(Municipality, col(Municipality.id) == Duty.municipality_id)
        .outerjoin(Forum, col(Forum.id) == Duty.forum_id)
        .outerjoin(Unit, col(Unit.id) == Duty.unit_id)
        .outerjoin(Meeting, col(Meeting.id) == Duty.meeting_id)
        .outerjoin(MunicipalService, col(MunicipalService.id) == Duty.service_id)
        .outerjoin(Measure, col(Measure.id) == Duty.measure_id)
        .outerjoin(RecurringDuty, col(RecurringDuty.id) == Duty.recurring_duty_id)
        .outerjoin(Position, col(Position.id) == Duty.position_id)
    )


def _snapshot(
    duty: Duty,
    municipality: Municipality,
    forum: Forum | None,
    unit_name: str | None,
    meeting: Meeting | None,
    service_name: str | None,
    measure_name: str | None,
    recurring: RecurringDuty | None,
    position_title: str | None,
) -> DutySnapshot:
    return DutySnapshot(
        id=id_of(duty),
        uid=duty.uid,
        sequence=duty.sequence,
        municipality_id=duty.municipality_id,
        municipality_slug=municipality.slug,
        municipality_name=municipality.name,
        timezone=municipality.timezone,
        period=duty.period,
        kind=duty.kind,
        forum_id=duty.forum_id,
        forum_slug=forum.slug if forum else None,
        forum_name=forum.name if forum else None,
        level=forum.level if forum else None,
        unit_name=unit_name,
        meeting_id=duty.meeting_id,
        meeting_number=meeting.number if meeting else None,
        meeting_on=meeting.held_on if meeting else None,
        service_name=service_name,
        measure_name=measure_name,
        item_name=recurring.name if recurring else None,
        legal_basis=recurring.legal_basis if recurring else None,
        position_id=duty.position_id,
        position_title=position_title,
        leader_position_id=duty.leader_position_id,
        due_on=duty.due_on,
        promised_on=duty.promised_on,
        state=duty.state,
        postponed=duty.postponed,
        done_at=duty.done_at,
        done_through=duty.done_through,
        link=duty.link,
        version=duty.version,
        changed_at=duty.changed_at,
        named_person_id=duty.named_person_id,
        treated_on=duty.treated_on,
        treated_by=duty.treated_by,
        reworded_at=duty.reworded_at,
    )
