"""A municipality of a bundled plan with its people, its year set by hand: nothing is planned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from scheduler.domain.periods import read_period
from scheduler.plans import bundled
from scheduler.public_holidays import public_holidays
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Municipality
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.year.duties_of_year import write_duties
from scheduler.usecases.year.working_days import working_days
from scheduler.usecases.year.year_plans import find_municipality
from tests.factories.rows import add_meeting, add_year
from web.demo.people import people_everywhere

__all__ = ["set_by_hand"]


def set_by_hand(
    session: Session,
    plan: str,
    *,
    years: Sequence[int],
    now: datetime,
    months: Sequence[int] = (1, 3, 4, 10, 11, 12),
) -> Municipality:
    """Give each forum a meeting in each of these months, and write the duties of the last year."""
    load_plan(session, parse_plan_file(bundled(plan)), now=now, actor_id=None)
    municipality = find_municipality(session, plan)
    people_everywhere(session, municipality, now=now, from_on=date(years[0], 1, 1))
    forums = session.exec(
        select(Forum).where(Forum.municipality_id == id_of(municipality)).order_by(col(Forum.slug))
    ).all()
    for year in years:
        year_plan = add_year(
            session,
            municipality,
            period=str(year),
            starts_on=date(year, 1, 1),
            ends_on=date(year, 12, 31),
        )
        for shift, forum in enumerate(forums):
            for number, month in enumerate(months, start=1):
                add_meeting(
                    session,
                    year_plan,
                    forum,
                    number=number,
                    uid=f"{plan}-{forum.slug}-{year}-{number}@aarshjul",
                    held_on=date(year, month, 8) + timedelta(days=shift % 14),
                )
    write_duties(
        session,
        municipality,
        read_period(str(years[-1])),
        days=working_days(session, id_of(municipality), (years[-1],), public_holidays),
        now=now,
    )
    return municipality
