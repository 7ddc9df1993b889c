"""A municipality's year as its reader may see it: what the wheel and its table are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from scheduler.domain.enums import ClosedKind, DutyKind, ForumLevel
from scheduler.domain.periods import Period, period_of, read_period
from scheduler.domain.snapshots import DutySnapshot, ForumSnapshot, MeetingSnapshot
from scheduler.planning.inputs import ClosedSpan
from scheduler.store.in_force import in_use
from scheduler.store.tables import Forum, Municipality, Position, Seat, YearPlan
from scheduler.usecases.pages.seats import OwnSeats, own_seats
from scheduler.usecases.viewer import Viewer
from scheduler.usecases.visibility import (
    Selection,
    own_meetings,
    visible_duties,
    visible_forums,
    visible_meetings,
)
from scheduler.usecases.year.closed_days import HolidaysOf, closed_spans

__all__ = ["PAPERS", "PositionChoice", "Year", "YearFilter", "read_year"]

# Due for every single meeting: they belong to the list of duties, not to the year's picture.
PAPERS = frozenset({DutyKind.NOTICE, DutyKind.AGENDA, DutyKind.MINUTES, DutyKind.FORUM_ITEM})


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFilter:
    """What the reader chose to see; slugs come from the address and may be unknown.

    `own` keeps the reader's own calendar, `system_level` leaves out what only members may see.
    """

    forum_slug: str | None = None
    position_slug: str | None = None
    own: bool = False
    system_level: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionChoice:
    """A position whose year can be chosen."""

    slug: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """One period; `periods` are those with something published, in order.

    `forum` and `position` are what the filter found, None for no filter or one that found
    nothing.
    """

    period: Period
    periods: tuple[Period, ...]
    forums: tuple[ForumSnapshot, ...]
    positions: tuple[PositionChoice, ...]
    forum: ForumSnapshot | None
    position: PositionChoice | None
    meetings: tuple[MeetingSnapshot, ...]
    deadlines: tuple[DutySnapshot, ...]
    closed: tuple[ClosedSpan, ...]
    seats: OwnSeats
    shows_closed_forums: bool

    @property
    def public_holidays(self) -> tuple[ClosedSpan, ...]:
        """Return the closed days that the law gives."""
        return tuple(span for span in self.closed if span.kind is ClosedKind.PUBLIC_HOLIDAY)

    @property
    def breaks(self) -> tuple[ClosedSpan, ...]:
        """Return the spans without meetings that are longer than a public holiday."""
        return tuple(span for span in self.closed if span.kind is not ClosedKind.PUBLIC_HOLIDAY)


def read_year(
    session: Session,
    viewer: Viewer,
    municipality_id: int,
    *,
    period: Period | None,
    chosen: YearFilter,
    holidays_of: HolidaysOf,
) -> Year:
    """Return the period, or without one the period of today."""
    municipality = session.get_one(Municipality, municipality_id)
    period = period or period_of(viewer.today, municipality.period_kind)
    forums = visible_forums(session, viewer, Selection(municipality_id=municipality_id))
    choices = _positions(session, municipality_id, today=viewer.today)
    forum = next((one for one in forums if one.slug == chosen.forum_slug), None)
    position_id, position = next(
        (pair for pair in choices if pair[1].slug == chosen.position_slug), (None, None)
    )
    selection = Selection(
        municipality_id=municipality_id,
        forum_id=forum.id if forum else None,
        position_id=position_id,
        from_on=period.starts_on,
        until_on=period.ends_on,
    )
    read = own_meetings if chosen.own else visible_meetings
    meetings = read(session, viewer, selection)
    if chosen.system_level:
        meetings = tuple(one for one in meetings if not one.level.is_case)
    duties = visible_duties(session, viewer, selection)
    mine = viewer.acting_position_ids
    return Year(
        period=period,
        periods=_published_periods(session, municipality_id),
        forums=forums,
        positions=tuple(choice for _id, choice in choices),
        forum=forum,
        position=position,
        meetings=meetings,
        deadlines=tuple(
            duty
            for duty in duties
            if duty.kind not in PAPERS and (not chosen.own or duty.position_id in mine)
        ),
        closed=closed_spans(session, municipality_id, period, holidays_of),
        seats=own_seats(session, viewer),
        shows_closed_forums=any(one.level.is_case for one in meetings),
    )


def _published_periods(session: Session, municipality_id: int) -> tuple[Period, ...]:
    labels = session.exec(
        select(YearPlan.period)
        .where(YearPlan.municipality_id == municipality_id, col(YearPlan.published_at).is_not(None))
        .order_by(col(YearPlan.starts_on))
    )
    return tuple(read_period(label) for label in labels)


def _positions(
    session: Session, municipality_id: int, *, today: date
) -> list[tuple[int, PositionChoice]]:
    """Return the positions with a seat at system level: other seats are their holders' own."""
    rows = session.exec(
        select(Position.id, Position.slug, Position.title)
        .where(
            Position.municipality_id == municipality_id,
            in_use(Position.retired_on, today),
            select(Seat.id)
            .join(Forum, col(Forum.id) == Seat.forum_id)
            .where(
                Seat.position_id == Position.id,
                Forum.level == ForumLevel.SYSTEM,
                in_use(Seat.retired_on, today),
            )
            .exists(),
        )
        .order_by(col(Position.title), col(Position.slug))
    ).all()
    return [
        (id_, PositionChoice(slug=slug, title=title))
        for id_, slug, title in rows
        if id_ is not None
    ]
