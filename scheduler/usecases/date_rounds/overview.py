"""What the planner sees of a round: who has answered, and which dates do not fit everyone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlmodel import Session, col, select

from scheduler.domain.enums import DateRoundState
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    DateRound,
    DateRoundAnswer,
    DateRoundDate,
    DateRoundPerson,
)
from scheduler.usecases.date_rounds.asked import Asked, who_is_asked
from scheduler.usecases.date_rounds.series import series_of
from scheduler.usecases.date_rounds.standing import changed_dates, dates_of, state_on

__all__ = ["AnsweringPosition", "RoundDate", "RoundOverview", "round_overview"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringPosition:
    """A position that is asked, and how many of those who have it have answered."""

    title: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDate:
    """One date that was asked about, and how many it does not fit: never who (privacy rule 5).

    `missing` counts those that the meeting needs. `moved_to` is where the meeting stands now, when
    it is not `as_asked`; None where it is gone. For a forum that is its members' alone, no number
    is told: `unfit` is at most 1.
    """

    id: int
    name: str
    number: int
    held_on: date
    starts: time
    ends: time
    asked: int
    unfit: int
    missing: int
    is_case: bool
    as_asked: bool
    moved_to: date | None
    stands: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOverview:
    """A round as its planner sees it; `others` are those who only sit in case-level forums."""

    id: int
    state: DateRoundState
    opened_at: datetime
    closes_on: date
    people: int
    answered: int
    to_remind: int
    positions: tuple[AnsweringPosition, ...]
    others: AnsweringPosition
    unmanned: tuple[str, ...]
    dates: tuple[RoundDate, ...]

    @property
    def has_changed(self) -> bool:
        """Tell whether the proposal is another than the one that was sent."""
        return any(not one.as_asked for one in self.dates)

    @property
    def unfit(self) -> tuple[RoundDate, ...]:
        """Return the dates as asked that do not fit somebody."""
        return tuple(one for one in self.dates if one.unfit and one.as_asked)


def round_overview(session: Session, found: DateRound, *, today: date) -> RoundOverview:
    """Return where a round stands today."""
    dates = dates_of(session, [id_of(found)])
    asked = who_is_asked(session, dates, today=today)
    rows = {
        row.person_id: row
        for row in session.exec(
            select(DateRoundPerson).where(DateRoundPerson.round_id == id_of(found))
        )
    }
    people = {one.person_id for one in asked if one.person_id is not None}
    answered = {each for each in people if each in rows and rows[each].answered_at is not None}
    reminded = {each for each in people if each in rows and rows[each].reminded_at is not None}
    open_seats = [one for one in asked if not one.is_case]
    shown = {one.person_id for one in open_seats}
    return RoundOverview(
        id=id_of(found),
        state=state_on(found, today),
        opened_at=found.opened_at,
        closes_on=found.closes_on,
        people=len(people),
        answered=len(answered),
        to_remind=len(people - answered - reminded),
        positions=_positions(open_seats, answered),
        others=AnsweringPosition(
            title="", asked=len(people - shown), answered=len(answered - shown)
        ),
        unmanned=tuple(sorted({one.title for one in open_seats if one.person_id is None})),
        dates=_dates(session, found, dates, asked),
    )


def _positions(seats: Iterable[Asked], answered: set[int]) -> tuple[AnsweringPosition, ...]:
    held: dict[tuple[str, int], set[int]] = defaultdict(set)
    for one in seats:
        if one.person_id is not None:
            held[(one.title, one.position_id)].add(one.person_id)
    return tuple(
        AnsweringPosition(title=title, asked=len(who), answered=len(who & answered))
        for (title, _position_id), who in sorted(held.items())
    )


def _dates(
    session: Session,
    found: DateRound,
    dates: tuple[DateRoundDate, ...],
    asked: tuple[Asked, ...],
) -> tuple[RoundDate, ...]:
    series = series_of(session, dates)
    no: set[tuple[int, int]] = set(
        session.exec(
            select(DateRoundPerson.person_id, DateRoundAnswer.date_id)
            .join(DateRoundAnswer, col(DateRoundAnswer.asked_id) == col(DateRoundPerson.id))
            .where(DateRoundPerson.round_id == id_of(found))
        ).all()
    )
    pairs = {(one.person_id, one.date_id) for one in asked if one.person_id is not None}
    needed = {(one.person_id, one.date_id) for one in asked if one.is_needed}
    asks = Counter(date_id for _person_id, date_id in pairs)
    unfit = Counter(date_id for _person_id, date_id in pairs & no)
    missing = Counter(date_id for _person_id, date_id in pairs & needed & no)
    changed = changed_dates(session, found, dates)
    shown = []
    for one in dates:
        of, date_id = series[one.forum_id, one.unit_id], id_of(one)
        now = changed.get(date_id)
        shown.append(
            RoundDate(
                id=date_id,
                name=of.name,
                number=one.number,
                held_on=one.held_on,
                starts=one.starts,
                ends=one.ends,
                asked=0 if of.is_case else asks[date_id],
                unfit=min(unfit[date_id], 1) if of.is_case else unfit[date_id],
                missing=min(missing[date_id], 1) if of.is_case else missing[date_id],
                is_case=of.is_case,
                as_asked=date_id not in changed,
                moved_to=now.held_on if now is not None else None,
                stands=one.stands,
            )
        )
    return tuple(shown)
