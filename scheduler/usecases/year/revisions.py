"""What a year was at each revision that a planning step made: kept, listed and compared.

A revision is kept beside the proposals, as what was settled instead of what was proposed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlmodel import Session, col, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.periods import Period
from scheduler.store.rows import id_of
from scheduler.store.tables import Municipality, Person, YearPlan
from scheduler.store.tables import Proposal as ProposalRow
from scheduler.usecases.year.standing import YearMeeting, year_meetings
from scheduler.usecases.year.year_plans import find_year_plan

__all__ = [
    "DateChange",
    "Revision",
    "RevisionCause",
    "RevisionMeeting",
    "compare",
    "keep_revision",
    "last_published",
    "revisions_of",
    "standing_revision",
]


class RevisionCause(StrEnum):
    """Which step of planning made the revision."""

    APPLIED = "applied"
    BY_HAND = "by_hand"
    PUBLISHED = "published"
    UNDONE = "undone"
    REPLANNED = "replanned"
    NOW = "now"


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionMeeting:
    """A meeting as it was then."""

    forum: str
    unit: str | None
    number: int
    held_on: date
    starts: time
    ends: time
    place: str | None
    state: MeetingState

    @property
    def key(self) -> tuple[str, str, int]:
        """Return what names the meeting in every revision."""
        return (self.forum, self.unit or "", self.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The year as it was; `id` is 0 for what stands now. `published` are ids of meetings."""

    id: int
    number: int
    cause: RevisionCause
    at: datetime | None
    who: str | None
    meetings: tuple[RevisionMeeting, ...]
    published: tuple[int, ...] = ()
    duties: tuple[int, ...] = ()
    is_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateChange:
    """One meeting that differs between two revisions; None on the side where it is not."""

    before: RevisionMeeting | None
    after: RevisionMeeting | None


def keep_revision(
    session: Session,
    municipality: Municipality,
    year_plan: YearPlan,
    cause: RevisionCause,
    *,
    now: datetime,
    actor_id: int | None,
    published: Iterable[int] = (),
    duties: Iterable[int] = (),
    is_first: bool = False,
) -> None:
    """Keep the year as it stands in this transaction, after it was flushed.

    `published` and `duties` are the rows that a publishing settled, so that it can be undone.
    """
    period = Period(year_plan.period, year_plan.starts_on, year_plan.ends_on)
    meetings = year_meetings(session, id_of(municipality), period)
    session.add(
        ProposalRow(
            year_plan_id=id_of(year_plan),
            base_revision=year_plan.revision,
            made_at=now,
            applied_at=now,
            record={
                "revision": cause.value,
                "by": actor_id,
                "meetings": [_to_record(meeting) for meeting in meetings],
                "published": sorted(published),
                "duties": sorted(duties),
                "first": is_first,
            },
        )
    )
    session.flush()


def revisions_of(session: Session, municipality_id: int, period: Period) -> tuple[Revision, ...]:
    """Return the kept revisions, newest first."""
    year_plan = find_year_plan(session, municipality_id, period)
    if year_plan is None:
        return ()
    rows = session.exec(
        select(ProposalRow)
        .where(ProposalRow.year_plan_id == id_of(year_plan))
        .order_by(col(ProposalRow.id).desc())
    ).all()
    kept = [row for row in rows if "revision" in row.record]
    people = {row.record["by"] for row in kept} - {None}
    names = {
        id_of(person): person.name
        for person in session.exec(select(Person).where(col(Person.id).in_(people)))
    }
    return tuple(_revision(row, names) for row in kept)


def standing_revision(session: Session, municipality_id: int, period: Period) -> Revision:
    """Return the year as it stands now, to compare with."""
    year_plan = find_year_plan(session, municipality_id, period)
    meetings = year_meetings(session, municipality_id, period)
    return Revision(
        id=0,
        number=year_plan.revision if year_plan else 0,
        cause=RevisionCause.NOW,
        at=None,
        who=None,
        meetings=tuple(_from_record(_to_record(meeting)) for meeting in meetings),
    )


def last_published(revisions: Iterable[Revision]) -> Revision | None:
    """Return the newest revision when it is a publishing, so that it may be undone."""
    newest = next(iter(revisions), None)
    return newest if newest and newest.cause is RevisionCause.PUBLISHED else None


def compare(before: Revision, after: Revision) -> tuple[DateChange, ...]:
    """Return the meetings that differ in day, time, place or state, by their day."""
    old = {meeting.key: meeting for meeting in before.meetings}
    new = {meeting.key: meeting for meeting in after.meetings}
    changes = [
        DateChange(before=old.get(key), after=new.get(key))
        for key in old.keys() | new.keys()
        if old.get(key) != new.get(key)
    ]
    return tuple(sorted(changes, key=_order))


def _order(change: DateChange) -> tuple[date, tuple[str, str, int]]:
    shown = change.after or change.before
    assert shown is not None  # noqa: S101 - a change has a side.
    return (shown.held_on, shown.key)


def _to_record(meeting: YearMeeting) -> dict[str, Any]:
    return {
        "forum": meeting.forum,
        "unit": meeting.unit,
        "number": meeting.number,
        "date": meeting.held_on.isoformat(),
        "start": f"{meeting.starts:%H:%M}",
        "end": f"{meeting.ends:%H:%M}",
        "place": meeting.place,
        "state": meeting.state.value,
    }


def _from_record(record: dict[str, Any]) -> RevisionMeeting:
    return RevisionMeeting(
        forum=record["forum"],
        unit=record["unit"],
        number=record["number"],
        held_on=date.fromisoformat(record["date"]),
        starts=time.fromisoformat(record["start"]),
        ends=time.fromisoformat(record["end"]),
        place=record["place"],
        state=MeetingState(record["state"]),
    )


def _revision(row: ProposalRow, names: dict[int, str]) -> Revision:
    record = row.record
    return Revision(
        id=id_of(row),
        number=row.base_revision,
        cause=RevisionCause(record["revision"]),
        at=row.made_at,
        who=names.get(record["by"]),
        meetings=tuple(_from_record(one) for one in record["meetings"]),
        published=tuple(record["published"]),
        duties=tuple(record["duties"]),
        is_first=record["first"],
    )
