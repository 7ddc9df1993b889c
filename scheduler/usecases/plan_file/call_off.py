"""What becomes of the meetings ahead of a forum that is taken out of use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import NORWAY, today_of
from scheduler.domain.enums import EXPECTED_STATES, MeetingState
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Meeting, Unit, YearPlan
from scheduler.usecases.meetings import ChangeMails, cancel_meeting
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.remove_meeting import remove_meeting

__all__ = ["CalledOff", "call_off_meetings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOff:
    """One meeting that falls away with its forum, how many papers fall with it, and who hears."""

    forum: str
    unit: str | None
    held_on: date
    duties: int
    mails: ChangeMails


def call_off_meetings(
    session: Session, forum: Forum, *, now: datetime, actor_id: int | None, holidays_of: HolidaysOf
) -> tuple[CalledOff, ...]:
    """Cancel the forum's settled meetings that are not over, each as a cancellation by hand does.

    Its members see them as cancelled for 30 days, whoever was invited gets a CANCEL, and who would
    come within the hours (72) a mail. Proposed ones, which nobody has been told of, are removed.
    The forum and its seats must still be in use, or nobody would be told.
    """
    rows = session.exec(
        select(Meeting, Unit.name)
        .outerjoin(Unit, col(Unit.id) == Meeting.unit_id)
        .where(
            Meeting.forum_id == id_of(forum),
            Meeting.held_on >= today_of(now),
            col(Meeting.state).in_((*EXPECTED_STATES, MeetingState.PROPOSED)),
        )
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Meeting.uid))
    ).all()
    called_off = []
    for meeting, unit in rows:
        if meeting.state is MeetingState.PROPOSED:
            _remove(session, meeting, now=now, actor_id=actor_id)
        elif datetime.combine(meeting.held_on, meeting.ends, tzinfo=NORWAY) > now:
            step = cancel_meeting(
                session,
                id_of(meeting),
                sequence=meeting.sequence,
                now=now,
                actor_id=actor_id,
                holidays_of=holidays_of,
            )
            called_off.append(
                CalledOff(
                    forum=forum.slug,
                    unit=unit,
                    held_on=meeting.held_on,
                    duties=step.duties,
                    mails=step.mails,
                )
            )
    return tuple(called_off)


def _remove(session: Session, meeting: Meeting, *, now: datetime, actor_id: int | None) -> None:
    # A proposal made against the year as it was is refused from now on.
    year = session.get_one(YearPlan, meeting.year_plan_id)
    year.revision += 1
    session.add(year)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=meeting.municipality_id,
            person_id=actor_id,
            action="remove_meeting",
            entity="meeting",
            entity_id=meeting.id,
            before={"held_on": meeting.held_on.isoformat(), "state": meeting.state.value},
        )
    )
    remove_meeting(session, meeting)
    session.flush()
