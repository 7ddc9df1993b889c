"""When dates are lost: the least change, looked at before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Session, col, select

from scheduler.domain.enums import EXPECTED_STATES, ForumLevel, MeetingState
from scheduler.domain.periods import Period
from scheduler.planning import (
    Change,
    DaySolver,
    PlacedMeeting,
    Reason,
    ReasonCode,
    Replan,
    SeriesKey,
    YearInput,
    reason_to_record,
    replan,
)
from scheduler.store.rows import id_of
from scheduler.store.tables import AuditEvent, Forum, Meeting, Municipality, Position, Seat
from scheduler.usecases.meetings.change import MeetingEdit, change_meetings
from scheduler.usecases.meetings.move_meeting import first_start
from scheduler.usecases.year.announce import meetings_per_person
from scheduler.usecases.year.closed_days import HolidaysOf
from scheduler.usecases.year.revisions import RevisionCause, keep_revision
from scheduler.usecases.year.standing import YearMeeting, as_standing, year_meetings
from scheduler.usecases.year.tell_moves import tell_moves
from scheduler.usecases.year.year_plans import StaleProposalError, known_year_plan
from scheduler.usecases.year.year_to_plan import YearToPlan, read_year_to_plan

__all__ = [
    "LostDates",
    "Replanned",
    "Replanning",
    "apply_replan",
    "read_replanning",
    "replanned",
    "shown_digest",
    "who_is_affected",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LostDates:
    """What cannot be used: single meetings' dates, and a span of days for some forums or all."""

    meeting_ids: frozenset[int] = frozenset()
    from_on: date | None = None
    until_on: date | None = None
    forums: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanning:
    """The year with what is lost in it; read in one transaction, solved outside it."""

    planned: YearToPlan
    year: YearInput
    meetings: tuple[YearMeeting, ...]
    lost: LostDates


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """How many meetings moved, how many people hear of it, and by how many mails of each kind.

    Each person gets one mail of all their new dates: `notices` at once, to those with a seat in a
    meeting that is near, `summaries` to the others. `invitations` move one meeting each in a
    calendar, those of `rooms` not counted in; who gets one does not read of that meeting in a mail.
    """

    moved: int
    people: int
    summaries: int = 0
    notices: int = 0
    invitations: int = 0
    rooms: int = 0

    @property
    def mails(self) -> int:
        """Return how many mails go in all."""
        return self.summaries + self.notices + self.invitations + self.rooms


def read_replanning(
    session: Session,
    municipality_slug: str,
    period: Period,
    lost: LostDates,
    *,
    today: date,
    holidays_of: HolidaysOf,
) -> Replanning:
    """Read the year and take the lost days from the forums that lose them."""
    planned = read_year_to_plan(
        session, municipality_slug, period, today=today, holidays_of=holidays_of
    )
    year = planned.year
    if lost.from_on is not None and lost.until_on is not None:
        span = (lost.from_on, lost.until_on)
        year = replace(
            year,
            forums=tuple(
                replace(forum, exclusions=(*forum.exclusions, span))
                if not lost.forums or forum.slug in lost.forums
                else forum
                for forum in year.forums
            ),
        )
    return Replanning(
        planned=planned,
        year=year,
        meetings=year_meetings(session, planned.municipality_id, period),
        lost=lost,
    )


def replanned(asked: Replanning, solver: DaySolver) -> Replan:
    """Return the new dates; the solver is only started where others must make room."""
    found = replan(
        asked.year,
        as_standing(asked.meetings),
        [str(meeting_id) for meeting_id in sorted(asked.lost.meeting_ids)],
        solver=solver,
    )
    unfit = {forum.key: forum.unfit for forum in asked.year.forums}
    return replace(found, changes=tuple(_why(change, unfit) for change in found.changes))


def shown_digest(asked: Replanning, found: Replan) -> str:
    """Return a word for exactly these changes of exactly this year."""
    lines = [
        f"{change.standing.id} {change.meeting.date} {change.meeting.start} {change.meeting.end}"
        for change in found.changes
        if change.standing is not None and change.meeting is not None
    ]
    text = "\n".join([str(asked.planned.base_revision), *lines])
    return sha256(text.encode()).hexdigest()


def who_is_affected(session: Session, found: Replan, *, today: date) -> tuple[tuple[str, ...], int]:
    """Return the titles with a seat in the moved meetings, and how many people there are.

    The titles are those of system-level forums: who sits in the others is for their members.
    """
    ids = [int(change.standing.id) for change in found.changes if change.standing is not None]
    meetings = session.exec(select(Meeting).where(col(Meeting.id).in_(ids))).all()
    titles = session.exec(
        select(Position.title)
        .join(Seat, col(Seat.position_id) == col(Position.id))
        .join(Forum, col(Forum.id) == col(Seat.forum_id))
        .where(
            col(Forum.id).in_({meeting.forum_id for meeting in meetings}),
            Forum.level == ForumLevel.SYSTEM,
            col(Seat.retired_on).is_(None),
        )
        .distinct()
        .order_by(Position.title)
    ).all()
    return tuple(titles), len(meetings_per_person(session, meetings, today=today))


def apply_replan(
    session: Session,
    municipality: Municipality,
    asked: Replanning,
    found: Replan,
    *,
    now: datetime,
    holidays_of: HolidaysOf,
    actor_id: int | None,
) -> Replanned:
    """Move the meetings; those that are published are told of once to each person.

    Raises:
        StaleProposalError: the year has been changed since it was read.
    """
    period = asked.planned.period
    year_plan = known_year_plan(session, id_of(municipality), period)
    if year_plan.revision != asked.planned.base_revision:
        raise StaleProposalError
    moves = {
        int(change.standing.id): change.meeting
        for change in found.changes
        if change.standing is not None and change.meeting is not None
    }
    rows = {
        id_of(row): row
        for row in session.exec(
            select(Meeting)
            .where(col(Meeting.id).in_(moves))
            .execution_options(populate_existing=True)
        )
    }
    edits = []
    for meeting_id, to in moves.items():
        row = rows[meeting_id]
        if row.state in EXPECTED_STATES:
            edits.append(_moving(row, to))
        else:
            _move_proposed(session, row, to, now, actor_id)
    published = change_meetings(session, edits, now=now, actor_id=actor_id, holidays_of=holidays_of)
    session.refresh(year_plan)
    year_plan.revision += 1
    session.add(year_plan)
    session.flush()
    keep_revision(
        session, municipality, year_plan, RevisionCause.REPLANNED, now=now, actor_id=actor_id
    )
    told = tell_moves(session, year_plan, published, now=now)
    return Replanned(
        moved=len(moves),
        people=told.people,
        summaries=told.later,
        notices=told.at_once,
        invitations=told.invitations,
        rooms=told.rooms,
    )


def _why(change: Change, unfit: Mapping[SeriesKey, frozenset[date]]) -> Change:
    """Say that a date did not fit everyone where that is why it is lost."""
    before, after = change.standing, change.meeting
    if before is None or after is None or before.date not in unfit.get(before.key, ()):
        return change
    reason = Reason(ReasonCode.MOVED_UNFIT, on=before.date)
    return replace(change, meeting=replace(after, reasons=(reason,)))


def _moving(row: Meeting, to: PlacedMeeting) -> MeetingEdit:
    return MeetingEdit(
        meeting_id=id_of(row),
        action="move_meeting",
        sequence=row.sequence,
        from_states=EXPECTED_STATES,
        values={
            "held_on": to.date,
            "starts": to.start,
            "ends": to.end,
            "place": to.place,
            "state": MeetingState.MOVED,
            "reasons": [reason_to_record(reason) for reason in to.reasons],
            **first_start(row),
        },
    )


def _move_proposed(
    session: Session, row: Meeting, to: PlacedMeeting, now: datetime, actor_id: int | None
) -> None:
    before = {"held_on": row.held_on.isoformat()}
    row.held_on, row.starts, row.ends, row.place = to.date, to.start, to.end, to.place
    row.reasons = [reason_to_record(reason) for reason in to.reasons]
    row.sequence += 1
    row.changed_at = now
    session.add(row)
    session.add(
        AuditEvent(
            at=now,
            municipality_id=row.municipality_id,
            person_id=actor_id,
            action="replan_meeting",
            entity="meeting",
            entity_id=row.id,
            before=before,
            after={"held_on": to.date.isoformat()},
        )
    )
    session.flush()
