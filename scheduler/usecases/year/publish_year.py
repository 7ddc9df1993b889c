"""Publishes a year: its meetings are settled, and its duties and mails follow from them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.enums import EXPECTED_STATES, DutyState, MeetingState, YearPlanState
from scheduler.domain.periods import Period
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Duty, Meeting, Municipality, YearPlan
from scheduler.usecases.date_rounds.end_round import end_rounds
from scheduler.usecases.invitations.bring_in_line import invite_to_each
from scheduler.usecases.invitations.invited import together
from scheduler.usecases.reminders import schedule_duty_reminders
from scheduler.usecases.year.announce import announce_year
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.duties_of_year import write_duties
from scheduler.usecases.year.revisions import RevisionCause, keep_revision
from scheduler.usecases.year.working_days import working_days
from scheduler.usecases.year.year_plans import NothingToPublishError, find_year_plan

__all__ = ["Published", "publish_year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """How many meetings and duties a publishing settled, and how many people get a mail.

    `reminders` is how many mails about the duties wait for their day, `rounds` how many rounds of
    the dates it ended. `invited` people have their meetings as invitations, `invitations` in all
    with those of the `rooms`.
    """

    meetings: int
    duties: int
    mails: int
    reminders: int = 0
    rounds: int = 0
    invited: int = 0
    rooms: int = 0
    invitations: int = 0


def publish_year(
    session: Session,
    municipality: Municipality,
    period: Period,
    *,
    now: datetime,
    holidays_of: HolidaysOf,
    actor_id: int | None,
) -> Published:
    """Publish every proposed meeting of the period, with its duties and their reminders.

    All in the caller's transaction. The first publishing shows also the meetings that were settled
    before it: they are counted, told of, invited to and taken back with the proposed ones.
    Publishing again settles only what is new. No reminder is due before `now`. A round of the dates
    ends with it, and its answers are forgotten.

    Raises:
        NothingToPublishError: the period has no such meetings and was never published.
    """
    year_plan = find_year_plan(session, id_of(municipality), period)
    if year_plan is None:
        raise NothingToPublishError(period.label)
    is_first = year_plan.published_at is None
    shown = _shown(session, year_plan)
    if not shown and year_plan.state is not YearPlanState.PUBLISHED:
        raise NothingToPublishError(period.label)
    for meeting in shown:
        if meeting.state is MeetingState.PROPOSED:
            meeting.state = MeetingState.PLANNED
            meeting.changed_at = now
            session.add(meeting)
    session.flush()
    standing = set(
        session.exec(
            select(Duty.id).where(
                Duty.municipality_id == municipality.id, Duty.state != DutyState.CANCELLED
            )
        )
    )
    days = working_days(session, id_of(municipality), period.years, holidays_of)
    duties = write_duties(session, municipality, period, days=days, now=now)
    scheduled = schedule_duty_reminders(
        session, [id_of(duty) for duty in duties], now=now, holidays_of=holidays_of
    )
    rounds = end_rounds(session, year_plan, now=now, actor_id=actor_id) if shown else 0
    if shown or duties:
        year_plan.state = YearPlanState.PUBLISHED
        year_plan.published_at = year_plan.published_at or now
        year_plan.revision += 1
        session.add(year_plan)
        session.flush()
        session.add(
            AuditEvent(
                at=now,
                municipality_id=id_of(municipality),
                person_id=actor_id,
                action="publish_year",
                entity="year_plan",
                entity_id=year_plan.id,
                after={"meetings": len(shown), "duties": len(duties)},
            )
        )
        settled = {id_of(duty) for duty in duties if duty.id not in standing}
        if is_first:
            settled |= _open_papers(session, shown)
        keep_revision(
            session,
            municipality,
            year_plan,
            RevisionCause.PUBLISHED,
            now=now,
            actor_id=actor_id,
            published=[id_of(meeting) for meeting in shown],
            duties=settled,
            is_first=is_first,
        )
    each = invite_to_each(session, [id_of(meeting) for meeting in shown], now=now)
    mails = announce_year(session, year_plan, shown, invited=each, now=now) if shown else 0
    invited = together(each)
    return Published(
        meetings=len(shown),
        duties=len(duties),
        mails=mails,
        reminders=scheduled.written,
        rounds=rounds,
        invited=len(invited.people),
        rooms=len(invited.rooms),
        invitations=invited.mails,
    )


def _shown(session: Session, year_plan: YearPlan) -> Sequence[Meeting]:
    """Return the meetings that come in sight when the year is published now."""
    settled = EXPECTED_STATES if year_plan.published_at is None else ()
    return session.exec(
        select(Meeting)
        .where(
            Meeting.year_plan_id == year_plan.id,
            col(Meeting.state).in_((MeetingState.PROPOSED, *settled)),
        )
        .order_by(col(Meeting.id))
    ).all()


def _open_papers(session: Session, meetings: Collection[Meeting]) -> set[int]:
    """Return the papers of these meetings that nobody has begun, whenever they were written."""
    found = session.exec(
        select(Duty.id).where(
            col(Duty.meeting_id).in_([id_of(meeting) for meeting in meetings]),
            Duty.state == DutyState.OPEN,
            col(Duty.postponed).is_(False),
        )
    )
    return {each for each in found if each is not None}
