"""The bundled plans as municipalities at work: people, seats that the plans leave open, a year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from scheduler.domain.cadence import from_json
from scheduler.domain.enums import Function, HolderKind
from scheduler.domain.periods import period_of
from scheduler.plans import bundled
from scheduler.public_holidays import public_holidays
from scheduler.store.rows import id_of
from scheduler.store.tables import (
    ClosedPeriod,
    Forum,
    Holder,
    Leave,
    Municipality,
    Person,
    Position,
    Seat,
)
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.year.apply_proposal import apply_proposal
from scheduler.usecases.year.propose_year import propose_year
from scheduler.usecases.year.publish_year import publish_year
from scheduler.usecases.year.rhythms import choose_rhythm
from tests.factories.rows import add, add_holder, add_person, add_seat

__all__ = ["publish", "settle"]

_FOUR_A_YEAR = {"kind": "recurrence", "unit": "year", "interval": 1, "count_min": 4, "count_max": 4}


def settle(session: Session, slug: str, *, now: datetime) -> None:
    """Load a plan, give every position its people and every forum its functions.

    A position held by several gets two. The first secretary wants everything on Wednesdays, has a
    delegate, and is away in the second half of February, when the deputy stands in.
    """
    load_plan(session, parse_plan_file(bundled(slug)), now=now, actor_id=None)
    town = session.exec(select(Municipality).where(Municipality.slug == slug)).one()
    for closed in session.exec(
        select(ClosedPeriod).where(ClosedPeriod.municipality_id == id_of(town))
    ):
        closed.confirmed = True
        session.add(closed)
    positions = session.exec(
        select(Position).where(Position.municipality_id == id_of(town)).order_by(Position.slug)
    ).all()
    for position in positions:
        for number in range(2 if position.held_by_several else 1):
            add_holder(session, position, _person(session, slug, f"{position.slug}-{number}"))
    forums = session.exec(
        select(Forum).where(Forum.municipality_id == id_of(town)).order_by(Forum.slug)
    ).all()
    for number, forum in enumerate(forums):
        _fill(session, forum, positions, number)
    if not any(forum.cadence for forum in forums):
        for forum in forums[:2]:
            choose_rhythm(
                session,
                town,
                forum.slug,
                "4 ganger i året",
                from_json(_FOUR_A_YEAR),
                anchor_on=None,
                now=now,
                actor_id=None,
            )
    first = _first_secretary(session, forums)
    wednesdays = _person(session, slug, f"{first.slug}-0")
    wednesdays.digest_weekday = 2
    session.add(wednesdays)
    for kind in (HolderKind.DEPUTY, HolderKind.DELEGATE):
        add_holder(session, first, _person(session, slug, kind.value), kind=kind)
    holder = session.exec(
        select(Holder).where(Holder.position_id == first.id, Holder.person_id == wednesdays.id)
    ).one()
    away = (date(2027, 2, 15), date(2027, 2, 28))
    add(session, Leave(holder_id=id_of(holder), starts_on=away[0], ends_on=away[1]))


def publish(session: Session, slug: str, *, now: datetime) -> None:
    """Plan and publish 2027, or the school year that begins in it."""
    town = session.exec(select(Municipality).where(Municipality.slug == slug)).one()
    period = period_of(date(2027, 9, 1), town.period_kind)
    proposed = propose_year(session, slug, period, plan_from=None, holidays_of=public_holidays)
    apply_proposal(
        session, town, period, proposed.proposal, base_revision=0, now=now, actor_id=None
    )
    publish_year(session, town, period, now=now, holidays_of=public_holidays, actor_id=None)


def _fill(session: Session, forum: Forum, positions: Sequence[Position], number: int) -> None:
    seats = session.exec(select(Seat).where(Seat.forum_id == forum.id)).all()
    has = {seat.function for seat in seats}
    taken = {seat.position_id for seat in seats}
    free = [each for each in positions if each.id not in taken] or list(positions)
    if not has & {Function.SECRETARY, Function.MINUTE_TAKER}:
        add_seat(session, forum, free[number % len(free)], function=Function.SECRETARY)
    if not has & {Function.LEADER, Function.CHAIR}:
        add_seat(session, forum, free[(number + 1) % len(free)], function=Function.LEADER)


def _first_secretary(session: Session, forums: Sequence[Forum]) -> Position:
    writes = (Function.SECRETARY, Function.MINUTE_TAKER)
    return session.exec(
        select(Position)
        .join(Seat, col(Seat.position_id) == col(Position.id))
        .where(
            col(Seat.forum_id).in_([forum.id for forum in forums]),
            col(Seat.function).in_(writes),
            col(Position.held_by_several).is_(False),
        )
        .order_by(col(Seat.id))
        .limit(1)
    ).one()


def _person(session: Session, slug: str, name: str) -> Person:
    email = f"{name.replace('@', '-')}@{slug}.example"
    found = session.exec(select(Person).where(Person.email == email)).one_or_none()
    return found or add_person(session, email=email, name=name)
