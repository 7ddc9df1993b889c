"""Writes the duties of a year: found again by their key, so that nothing doubles."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.council import CouncilDay
from scheduler.domain.enums import DutyKind, DutyState, MeetingState
from scheduler.domain.identifiers import duty_uid
from scheduler.domain.periods import Period
from scheduler.domain.workdays import WorkingDays
from scheduler.store.rows import id_of
from scheduler.store.tables import Duty, Forum, Meeting, Municipality, Seat, YearPlan
from scheduler.usecases.reminders.recipients import owner_of
from scheduler.usecases.year.council_days import council_days
from scheduler.usecases.year.paper_duties import paper_duties
from scheduler.usecases.year.recurring import rounds_of_year

__all__ = ["write_duties", "write_meeting_duties"]

_DATED = (MeetingState.PLANNED, MeetingState.MOVED, MeetingState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    kind: DutyKind
    key: str
    subject: str
    due_on: date
    position_id: int | None
    leader_position_id: int | None
    forum_id: int | None = None
    unit_id: int | None = None
    meeting_id: int | None = None
    service_id: int | None = None
    measure_id: int | None = None
    recurring_duty_id: int | None = None
    treated: CouncilDay | None = None


def write_duties(
    session: Session,
    municipality: Municipality,
    period: Period,
    *,
    days: WorkingDays,
    now: datetime,
) -> list[Duty]:
    """Write every duty of the year that is not there yet; return those made or given a new date.

    A duty that is done keeps its date and its state.
    """
    meetings = session.exec(
        select(Meeting)
        .join(YearPlan)
        .where(
            Meeting.municipality_id == id_of(municipality),
            YearPlan.period == period.label,
            col(Meeting.state).in_(_DATED),
        )
        .order_by(col(Meeting.held_on), col(Meeting.uid))
    ).all()
    # Of a meeting entered after it was held, nobody is to be chased for papers.
    ours = [one for one in meetings if not one.set_by_hand or one.held_on >= today_of(now)]
    wanted = _papers(session, municipality, ours, days)
    council = council_days(session, id_of(municipality))
    wanted += [
        _Wanted(
            kind=one.kind,
            key=one.key,
            subject=f"{one.subject}.{one.round_on.isoformat()}",
            due_on=one.due_on,
            position_id=one.position_id,
            leader_position_id=one.leader_position_id,
            forum_id=one.forum_id,
            meeting_id=one.meeting_id,
            service_id=one.service_id,
            measure_id=one.measure_id,
            recurring_duty_id=one.recurring_duty_id,
            treated=one.treated,
        )
        for one in rounds_of_year(session, municipality, period, days=days, council=council)
    ]
    return _write(session, municipality, period.label, wanted, now)


def write_meeting_duties(
    session: Session,
    municipality: Municipality,
    period_label: str,
    meeting: Meeting,
    *,
    days: WorkingDays,
    now: datetime,
) -> list[Duty]:
    """Write the papers of one meeting anew after it got another date; return those changed."""
    wanted = _papers(session, municipality, [meeting], days)
    return _write(session, municipality, period_label, wanted, now)


def _papers(
    session: Session, municipality: Municipality, meetings: list[Meeting], days: WorkingDays
) -> list[_Wanted]:
    forums = {
        id_of(forum): forum
        for forum in session.exec(select(Forum).where(Forum.municipality_id == id_of(municipality)))
    }
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in session.exec(
        select(Seat).where(col(Seat.forum_id).in_(forums)).order_by(col(Seat.id))
    ):
        seats[seat.forum_id].append(seat)
    owner_id = owner_of(session, id_of(municipality))
    return [
        _Wanted(
            kind=paper.kind,
            key=f"{paper.kind.value}:{meeting.uid}",
            subject=meeting.uid,
            due_on=paper.due_on,
            position_id=paper.position_id,
            leader_position_id=paper.leader_position_id or owner_id,
            forum_id=meeting.forum_id,
            unit_id=meeting.unit_id,
            meeting_id=meeting.id,
        )
        for meeting in meetings
        for paper in paper_duties(forums[meeting.forum_id], meeting, seats[meeting.forum_id], days)
    ]


def _write(
    session: Session,
    municipality: Municipality,
    period_label: str,
    wanted: list[_Wanted],
    now: datetime,
) -> list[Duty]:
    standing = {
        row.key: row
        for row in session.exec(
            select(Duty).where(
                Duty.municipality_id == id_of(municipality),
                col(Duty.key).in_([one.key for one in wanted]),
            )
        )
    }
    touched = []
    for one in wanted:
        row = standing.get(one.key)
        if row is None:
            row = _new(municipality, period_label, one, now)
            session.add(row)
            touched.append(row)
        elif _change(row, one, now):
            touched.append(row)
    session.flush()
    return touched


def _new(municipality: Municipality, period_label: str, one: _Wanted, now: datetime) -> Duty:
    return Duty(
        municipality_id=id_of(municipality),
        key=one.key,
        uid=duty_uid(
            municipality=municipality.slug,
            kind=one.kind.value,
            period=period_label,
            subject=one.subject,
        ),
        kind=one.kind,
        period=period_label,
        forum_id=one.forum_id,
        unit_id=one.unit_id,
        meeting_id=one.meeting_id,
        service_id=one.service_id,
        measure_id=one.measure_id,
        recurring_duty_id=one.recurring_duty_id,
        position_id=one.position_id,
        leader_position_id=one.leader_position_id,
        due_on=one.due_on,
        promised_on=one.due_on,
        treated_on=one.treated.held_on if one.treated else None,
        treated_by=one.treated.body if one.treated else None,
        changed_at=now,
    )


def _change(row: Duty, one: _Wanted, now: datetime) -> bool:
    """Bring an open duty up to date; a postponed one keeps the date it was given."""
    if row.state not in (DutyState.OPEN, DutyState.CANCELLED):
        return False
    treated = (one.treated.held_on, one.treated.body) if one.treated else (None, None)
    before = (row.promised_on, row.position_id, row.leader_position_id, row.state)
    wanted = (one.due_on, one.position_id, one.leader_position_id, DutyState.OPEN)
    if (before, (row.treated_on, row.treated_by)) == (wanted, treated):
        return False
    if row.promised_on != one.due_on:
        row.due_on = row.promised_on = one.due_on
        row.postponed = False
    row.treated_on, row.treated_by = treated
    row.meeting_id = one.meeting_id
    row.position_id = one.position_id
    row.leader_position_id = one.leader_position_id
    row.state = DutyState.OPEN
    row.version += 1
    row.sequence += 1
    row.changed_at = now
    return True
