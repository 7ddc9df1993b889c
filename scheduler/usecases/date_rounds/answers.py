"""One person's own page of a round: the dates they are asked about, and what they answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import delete
from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import DateRoundState
from scheduler.domain.language import Language
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    DateRound,
    DateRoundAnswer,
    DateRoundDate,
    DateRoundLink,
    DateRoundPerson,
    Municipality,
    Person,
    YearPlan,
)
from scheduler.usecases.access.token import hash_of, new_token
from scheduler.usecases.date_rounds.asked import who_is_asked
from scheduler.usecases.date_rounds.errors import NotAskedError, RoundStateError
from scheduler.usecases.date_rounds.series import series_of
from scheduler.usecases.date_rounds.standing import changed_dates, dates_of, is_open, state_on

__all__ = [
    "AnswerDate",
    "AnswerForum",
    "AnswerPage",
    "OpenRound",
    "answer_page",
    "new_round_link",
    "open_rounds_of",
    "page_of_link",
    "save_answers",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDate:
    """One date; `has_changed` says that it is not proposed any more, so nothing is asked."""

    id: int
    held_on: date
    starts: time
    ends: time
    fits: bool
    has_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForum:
    """The dates of one forum, or of a forum at one unit."""

    name: str
    dates: tuple[AnswerDate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """What one person sees of a round: their own forums, with title and time alone."""

    round_id: int
    person_id: int
    municipality: str
    language: Language
    period: str
    state: DateRoundState
    closes_on: date
    answered: bool
    forums: tuple[AnswerForum, ...]

    @property
    def dates(self) -> tuple[AnswerDate, ...]:
        """Return every date, forum by forum."""
        return tuple(one for forum in self.forums for one in forum.dates)

    @property
    def has_changed(self) -> bool:
        """Tell whether the proposal is another than the one that was sent."""
        return any(one.has_changed for one in self.dates)

    @property
    def may_answer(self) -> bool:
        """Tell whether answers are taken."""
        return self.state is DateRoundState.OPEN and any(not one.has_changed for one in self.dates)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound:
    """A round that waits for one person's answer, or has it."""

    id: int
    municipality: str
    period: str
    closes_on: date
    answered: bool


def new_round_link(session: Session, asked_id: int, *, now: datetime) -> str:
    """Make a link to one person's answers and return its secret; only the hash is kept."""
    token = new_token()
    session.add(DateRoundLink(token_hash=hash_of(token), asked_id=asked_id, created_at=now))
    session.flush()
    return token


def page_of_link(session: Session, token: str, *, today: date) -> AnswerPage:
    """Return what a mailed link shows; it changes nothing.

    Raises:
        NotAskedError: the link is unknown, or its person has no seat in any of the forums now.
    """
    row = session.exec(
        select(DateRoundPerson)
        .join(DateRoundLink, col(DateRoundLink.asked_id) == col(DateRoundPerson.id))
        .where(DateRoundLink.token_hash == hash_of(token))
    ).one_or_none()
    if row is None:
        raise NotAskedError
    return answer_page(session, row.round_id, row.person_id, today=today)


def answer_page(session: Session, round_id: int, person_id: int, *, today: date) -> AnswerPage:
    """Return one person's page of a round.

    Raises:
        NotAskedError: there is no such round, or it asks this person nothing today.
    """
    found = session.get(DateRound, round_id)
    person = session.get(Person, person_id)
    if found is None or person is None or not person.active:
        raise NotAskedError
    dates = dates_of(session, [round_id])
    own = {
        one.date_id
        for one in who_is_asked(session, dates, today=today)
        if one.person_id == person_id
    }
    if not own:
        raise NotAskedError
    asked = _asked(session, round_id, person_id)
    unfit = _unfit(session, asked)
    # Published dates were moved from the proposal into everyone's calendar; they stand there.
    changed = changed_dates(session, found, dates) if is_open(found, today) else {}
    municipality = session.get_one(Municipality, found.municipality_id)
    return AnswerPage(
        round_id=round_id,
        person_id=person_id,
        municipality=municipality.name,
        language=person.language or municipality.language,
        period=session.get_one(YearPlan, found.year_plan_id).period,
        state=state_on(found, today),
        closes_on=found.closes_on,
        answered=asked is not None and asked.answered_at is not None,
        forums=_forums(session, [one for one in dates if one.id in own], unfit, changed),
    )


def save_answers(
    session: Session, page: AnswerPage, unfit: Collection[int], *, now: datetime
) -> int:
    """Keep which of the person's dates do not fit, in place of what they said before.

    Dates that are not theirs, or that have changed, are passed by. Returns how many do not fit.

    Raises:
        RoundStateError: the round takes no more answers.
    """
    found = session.exec(
        select(DateRound).where(DateRound.id == page.round_id).with_for_update()
    ).one()
    session.refresh(found)
    if not page.may_answer or not is_open(found, today_of(now)):
        raise RoundStateError
    asked = _asked(session, page.round_id, page.person_id)
    if asked is None:
        asked = DateRoundPerson(round_id=page.round_id, person_id=page.person_id)
    asked.answered_at = now
    session.add(asked)
    session.flush()
    session.connection().execute(
        delete(DateRoundAnswer).where(col(DateRoundAnswer.asked_id) == id_of(asked))
    )
    open_ids = {one.id for one in page.dates if not one.has_changed}
    kept = sorted(open_ids & set(unfit))
    for date_id in kept:
        session.add(DateRoundAnswer(asked_id=id_of(asked), date_id=date_id))
    session.flush()
    return len(kept)


def open_rounds_of(session: Session, person_id: int, *, today: date) -> tuple[OpenRound, ...]:
    """Return the rounds that a person can answer today, the first to close first."""
    rows = session.exec(
        select(DateRound)
        .where(
            DateRound.state == DateRoundState.OPEN,
            col(DateRound.closes_on) >= today,
        )
        .order_by(col(DateRound.closes_on), col(DateRound.id))
    ).all()
    found = []
    for row in rows:
        try:
            page = answer_page(session, id_of(row), person_id, today=today)
        except NotAskedError:
            continue
        found.append(
            OpenRound(
                id=page.round_id,
                municipality=page.municipality,
                period=page.period,
                closes_on=page.closes_on,
                answered=page.answered,
            )
        )
    return tuple(found)


def _asked(session: Session, round_id: int, person_id: int) -> DateRoundPerson | None:
    return session.exec(
        select(DateRoundPerson).where(
            DateRoundPerson.round_id == round_id, DateRoundPerson.person_id == person_id
        )
    ).one_or_none()


def _unfit(session: Session, asked: DateRoundPerson | None) -> set[int]:
    if asked is None:
        return set()
    return set(
        session.exec(
            select(DateRoundAnswer.date_id).where(DateRoundAnswer.asked_id == id_of(asked))
        )
    )


def _forums(
    session: Session,
    dates: Sequence[DateRoundDate],
    unfit: Collection[int],
    changed: Collection[int],
) -> tuple[AnswerForum, ...]:
    series = series_of(session, dates)
    by_name: dict[str, list[AnswerDate]] = defaultdict(list)
    for one in dates:
        by_name[series[one.forum_id, one.unit_id].name].append(
            AnswerDate(
                id=id_of(one),
                held_on=one.held_on,
                starts=one.starts,
                ends=one.ends,
                fits=id_of(one) not in unfit,
                has_changed=id_of(one) in changed,
            )
        )
    return tuple(
        AnswerForum(name=name, dates=tuple(found)) for name, found in sorted(by_name.items())
    )
