"""What becomes of the meetings ahead of forums that are taken out of use."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import EXPECTED_STATES, MeetingState
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Meeting, Unit, YearPlan
from scheduler.usecases.invitations.own_coming_meetings import ends_at
from scheduler.usecases.meetings import ChangeMails
from scheduler.usecases.meetings.cancel_meeting import cancelling
from scheduler.usecases.meetings.change import change_meetings
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.remove_meeting import remove_meeting
from scheduler.usecases.year.tell_moves import tell_of_near

__all__ = ["CalledOff", "call_off_meetings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOff:
    """One meeting that falls away with its forum, how many papers fall with it, and who hears.

    Whoever hears of several of them by ordinary mail hears in one.
    """

    forum: str
    unit: str | None
    held_on: date
    duties: int
    mails: ChangeMails


def call_off_meetings(
    session: Session,
    forums: Collection[Forum],
    *,
    now: datetime,
    actor_id: int | None,
    holidays_of: HolidaysOf,
) -> tuple[CalledOff, ...]:
    """Cancel the forums' settled meetings that are not over, as cancellations by hand do.

    Their members see them as cancelled for 30 days, whoever was invited gets a CANCEL, and who
    would come within the hours (72) a mail: one for all of them. Proposed ones, which nobody has
    been told of, are removed. The forums and their seats must still be in use, or nobody would be
    told.
    """
    rows = session.exec(
        select(Meeting, Forum.slug, Unit.name)
        .join(Forum, col(Forum.id) == Meeting.forum_id)
        .outerjoin(Unit, col(Unit.id) == Meeting.unit_id)
        .where(
            col(Meeting.forum_id).in_([id_of(forum) for forum in forums]),
            Meeting.held_on >= today_of(now),
            col(Meeting.state).in_((*EXPECTED_STATES, MeetingState.PROPOSED)),
        )
        .order_by(col(Meeting.held_on), col(Meeting.starts), col(Meeting.uid))
    ).all()
    proposed = [one for one, _forum, _unit in rows if one.state is MeetingState.PROPOSED]
    settled = [
        row for row in rows if row[0].state is not MeetingState.PROPOSED and ends_at(row[0]) > now
    ]
    changed = change_meetings(
        session,
        [cancelling(id_of(one), sequence=one.sequence, now=now) for one, _forum, _unit in settled],
        now=now,
        actor_id=actor_id,
        holidays_of=holidays_of,
    )
    for meeting in proposed:
        _remove(session, meeting, now=now, actor_id=actor_id)
    mails = tell_of_near(session, changed, now=now)
    return tuple(
        CalledOff(
            forum=forum,
            unit=unit,
            held_on=meeting.held_on,
            duties=of_it.duties,
            mails=mails[id_of(meeting)],
        )
        for (meeting, forum, unit), of_it in zip(settled, changed, strict=True)
    )


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
