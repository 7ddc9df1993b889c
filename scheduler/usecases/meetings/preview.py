"""What moving or cancelling a meeting would do, said before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.duties import paper_due_on
from scheduler.domain.enums import UNFINISHED_STATES, DutyKind
from scheduler.domain.periods import read_period
from scheduler.domain.snapshots import MeetingSnapshot
from scheduler.store.tables import Duty, Forum, Meeting
from scheduler.usecases.meetings.busy import meetings_at
from scheduler.usecases.meetings.move_meeting import MeetingTime
from scheduler.usecases.meetings.reach import Reach, reach_of
from scheduler.usecases.meetings.sent_notice import SentNotice, sent_notice
from scheduler.usecases.reminders.announcement import seats_in
from scheduler.usecases.reminders.holders import readers_of
from scheduler.usecases.year.closed_days import HolidaysOf, closed_spans
from scheduler.usecases.year.working_days import working_days

__all__ = ["ChangePreview", "PaperDate", "preview_change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDate:
    """A paper that gets a new due day; `to` is None where it falls away."""

    kind: DutyKind
    was: date
    to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePreview:
    """What follows from a change.

    `closed` names what the new day is closed for, `busy` counts the forum's members' own other
    meetings at that time without naming any, `outside_period` tells that the day lies outside
    the planned year. `people` have a seat; `reach` is which of them hear of it
    without any mail. `notice` is how the notice went out already, with what
    held before.
    """

    papers: tuple[PaperDate, ...]
    closed: tuple[str, ...]
    busy: int
    outside_period: bool
    people: int
    reach: Reach
    notice: SentNotice | None


def preview_change(
    session: Session,
    meeting: MeetingSnapshot,
    to: MeetingTime | None,
    *,
    by: int | None = None,
    today: date,
    holidays_of: HolidaysOf,
) -> ChangePreview:
    """Return what it would do that `by` moves the meeting to `to`, or with None cancels it."""
    positions = set(seats_in(session, meeting, today))
    held = readers_of(session, positions, today)
    people = {reader.person_id for readers in held.values() for reader in readers}
    period = read_period(meeting.period)
    closed = (
        closed_spans(session, meeting.municipality_id, period, holidays_of)
        if to is not None
        else ()
    )
    return ChangePreview(
        papers=_papers(session, meeting, to, holidays_of),
        closed=tuple(
            span.name
            for span in closed
            if to is not None and span.starts_on <= to.held_on <= span.ends_on
        ),
        busy=meetings_at(session, to, positions, col(Meeting.id) != meeting.id, today=today)
        if to is not None
        else 0,
        outside_period=to is not None and not period.starts_on <= to.held_on <= period.ends_on,
        people=len(people),
        reach=reach_of(session, meeting, held, by=by, today=today),
        notice=_sent_notice(session, meeting),
    )


def _sent_notice(session: Session, meeting: MeetingSnapshot) -> SentNotice | None:
    papers = session.exec(select(Duty).where(Duty.meeting_id == meeting.id)).all()
    return sent_notice(papers)


def _papers(
    session: Session, meeting: MeetingSnapshot, to: MeetingTime | None, holidays_of: HolidaysOf
) -> tuple[PaperDate, ...]:
    forum = session.get_one(Forum, meeting.forum_id)
    duties = session.exec(
        select(Duty)
        .where(
            Duty.meeting_id == meeting.id,
            col(Duty.state).in_(UNFINISHED_STATES),
        )
        .order_by(col(Duty.due_on), col(Duty.uid))
    ).all()
    if to is None:
        return tuple(PaperDate(kind=duty.kind, was=duty.due_on, to=None) for duty in duties)
    days = working_days(session, meeting.municipality_id, [to.held_on.year], holidays_of)
    papers = []
    for duty in duties:
        if duty.kind is DutyKind.MINUTES and duty.postponed:
            continue
        due_on = paper_due_on(
            duty.kind,
            to.held_on,
            notice_days=forum.notice_days,
            minutes_days=forum.minutes_days,
            days=days,
        )
        if due_on != duty.due_on:
            papers.append(PaperDate(kind=duty.kind, was=duty.due_on, to=due_on))
    return tuple(papers)
