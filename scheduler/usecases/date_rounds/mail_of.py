"""What a mail of a round says at the moment it is sent, if there is still reason to send it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from scheduler.domain.civil_time import today_of
from scheduler.domain.enums import DateRoundState, Role
from scheduler.domain.language import Language
from scheduler.mail import RoundClosedMail, RoundForum, RoundMail, RoundMeeting
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    DateRound,
    DateRoundPerson,
    Municipality,
    Outbox,
    Person,
    YearPlan,
)
from scheduler.usecases.date_rounds.answers import answer_page, new_round_link
from scheduler.usecases.date_rounds.end_round import close_due_round
from scheduler.usecases.date_rounds.errors import NotAskedError
from scheduler.usecases.date_rounds.mails import CLOSED, REMIND
from scheduler.usecases.date_rounds.overview import round_overview
from scheduler.usecases.date_rounds.standing import is_open
from scheduler.usecases.people.role_holders import role_holders

__all__ = ["RoundLetter", "round_letter", "round_mail_is_good"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundLetter:
    """What is said, to whom, in which written form; `person_id` is None where it is to several."""

    content: RoundMail | RoundClosedMail
    to: tuple[str, ...]
    person_id: int | None
    language: Language


def round_letter(
    session: Session,
    row: Outbox,
    *,
    home_url: str,
    now: datetime,
    content_free: Callable[[Municipality], bool],
) -> RoundLetter | str:
    """Return the letter of a row, or in a few words why there is none any more.

    A question makes a new link for its reader; the word that a round is over closes the round.
    """
    found = _round(session, row)
    if found is None:
        return "round gone"
    if row.kind == CLOSED:
        return _closing(session, found, home_url, now, content_free)
    return _question(session, found, row, home_url, now, content_free)


def round_mail_is_good(session: Session, row: Outbox, *, now: datetime) -> bool:
    """Tell whether the kept bytes of a row may go once more."""
    found = _round(session, row)
    if found is None:
        return False
    if row.kind == CLOSED:
        return found.state is DateRoundState.CLOSED
    return _why_not(session, found, row, now) is None


def _question(
    session: Session,
    found: DateRound,
    row: Outbox,
    home_url: str,
    now: datetime,
    content_free: Callable[[Municipality], bool],
) -> RoundLetter | str:
    why_not = _why_not(session, found, row, now)
    if why_not is not None:
        return why_not
    person = session.get_one(Person, row.person_id)
    page = answer_page(session, id_of(found), id_of(person), today=today_of(now))
    municipality = session.get_one(Municipality, found.municipality_id)
    bare = content_free(municipality)
    asked = session.exec(
        select(DateRoundPerson).where(
            DateRoundPerson.round_id == id_of(found), DateRoundPerson.person_id == person.id
        )
    ).one()
    url = home_url if bare else f"{home_url}runde/{new_round_link(session, id_of(asked), now=now)}"
    return RoundLetter(
        content=RoundMail(
            municipality=municipality.name,
            period=page.period,
            forums=tuple(
                RoundForum(
                    name=forum.name,
                    meetings=tuple(
                        RoundMeeting(held_on=one.held_on, starts=one.starts, ends=one.ends)
                        for one in forum.dates
                        if not one.has_changed
                    ),
                )
                for forum in page.forums
                if not all(one.has_changed for one in forum.dates)
            ),
            closes_on=page.closes_on,
            url=url,
            reminder=row.kind == REMIND,
            content_free=bare,
        ),
        to=(person.email,),
        person_id=person.id,
        language=page.language,
    )


def _why_not(session: Session, found: DateRound, row: Outbox, now: datetime) -> str | None:
    today = today_of(now)
    if not is_open(found, today):
        return "round closed"
    if row.person_id is None:
        return "nobody to ask"
    try:
        page = answer_page(session, id_of(found), row.person_id, today=today)
    except NotAskedError:
        return "asked nothing any more"
    if not page.may_answer:
        return "the dates have changed"
    return "has answered" if page.answered else None


def _closing(
    session: Session,
    found: DateRound,
    home_url: str,
    now: datetime,
    content_free: Callable[[Municipality], bool],
) -> RoundLetter | str:
    close_due_round(session, found, now=now)
    if found.state is not DateRoundState.CLOSED:
        return "round ended"
    planners = _planners(session, found, now)
    if not planners:
        return "nobody plans"
    municipality = session.get_one(Municipality, found.municipality_id)
    overview = round_overview(session, found, today=today_of(now))
    period = session.get_one(YearPlan, found.year_plan_id).period
    one = planners[0] if len(planners) == 1 else None
    return RoundLetter(
        content=RoundClosedMail(
            municipality=municipality.name,
            period=period,
            asked=overview.people,
            answered=overview.answered,
            dates=len(overview.dates),
            unfit=len(overview.unfit),
            url=f"{home_url}{municipality.slug}/planlegg/{period.replace('/', '-')}/runde",
            content_free=content_free(municipality),
        ),
        to=tuple(each.email for each in planners),
        person_id=one.id if one else None,
        language=(one.language if one else None) or municipality.language,
    )


def _planners(session: Session, found: DateRound, now: datetime) -> list[Person]:
    """Return the one who sent the round, if they still plan, else everyone who does."""
    ids = role_holders(
        session, Role.PLANNER, today=today_of(now), municipality_id=found.municipality_id
    )
    people = session.exec(
        select(Person).where(col(Person.id).in_(ids)).order_by(col(Person.id))
    ).all()
    return [each for each in people if each.id == found.opened_by] or list(people)


def _round(session: Session, row: Outbox) -> DateRound | None:
    return session.get(DateRound, json.loads(row.payload or "{}").get("round"))
