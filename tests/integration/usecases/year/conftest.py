"""A small municipality with a year to plan, Monday 11 January 2027, on both databases."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from sqlmodel import Session, select

from scheduler.domain.enums import ForumLevel, Function
from scheduler.domain.periods import Period, read_period
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Forum, Meeting, Municipality
from scheduler.usecases.year.apply_proposal import apply_proposal
from scheduler.usecases.year.propose_year import propose_year
from scheduler.usecases.year.publish_year import Published, publish_year
from scheduler.usecases.year.year_plans import find_municipality
from scheduler.usecases.year.year_to_plan import YearToPlan, read_year_to_plan
from tests.factories.rows import (
    add_forum,
    add_holder,
    add_municipality,
    add_person,
    add_position,
    add_seat,
)

YEARLY = {"kind": "recurrence", "unit": "year", "interval": 1}


@dataclass(frozen=True)
class Office:
    """Fjordvik: a council of four meetings and a case-level team of two, led by one person."""

    database: Database
    now: datetime
    period: Period
    municipality_id: int
    leader_id: int

    @property
    def today(self) -> date:
        return self.now.date()

    def planned(self, session: Session, period: Period | None = None) -> YearToPlan:
        return read_year_to_plan(
            session,
            "fjordvik",
            period or self.period,
            today=self.today,
            holidays_of=public_holidays,
        )

    def municipality(self, session: Session) -> Municipality:
        return find_municipality(session, "fjordvik")

    def apply(self, session: Session) -> None:
        proposed = propose_year(
            session, "fjordvik", self.period, plan_from=self.today, holidays_of=public_holidays
        )
        apply_proposal(
            session,
            self.municipality(session),
            self.period,
            proposed.proposal,
            base_revision=proposed.base_revision,
            now=self.now,
            actor_id=None,
        )

    def publish(self, session: Session) -> Published:
        return publish_year(
            session,
            self.municipality(session),
            self.period,
            now=self.now,
            holidays_of=public_holidays,
            actor_id=self.leader_id,
        )

    def meetings(self, session: Session, slug: str = "radet") -> list[Meeting]:
        return list(
            session.exec(
                select(Meeting).join(Forum).where(Forum.slug == slug).order_by(Meeting.held_on)
            )
        )


def yearly(count: int) -> dict[str, Any]:
    return {**YEARLY, "count_min": count, "count_max": count}


@pytest.fixture
def office(database: Database, now: datetime) -> Office:
    with database.write() as session:
        place = add_municipality(session, slug="fjordvik", name="Fjordvik")
        leader = add_person(session, name="Åse Leder")
        seat = add_position(session, place, title="Leder, oppvekst", slug="leder")
        add_holder(session, seat, leader)
        for slug, name, count, level in (
            ("radet", "Rådet, barn og unge", 4, ForumLevel.SYSTEM),
            ("teamet", "Teamet", 2, ForumLevel.CASE_ELSE_NOT),
        ):
            forum = add_forum(
                session,
                place,
                slug=slug,
                name=name,
                level=level,
                cadence=yearly(count),
                closed_kinds=[
                    "public_holiday",
                    "school_break",
                    "joint_leave",
                    "christmas",
                    "easter",
                ],
            )
            add_seat(session, forum, seat, function=Function.LEADER)
        return Office(database, now, read_period("2027"), id_of(place), id_of(leader))
