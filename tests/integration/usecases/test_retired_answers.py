"""Answers to what a plan leaves open, where the position is no longer in use."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlmodel import select

from scheduler.plans import bundled
from scheduler.store.database import Database
from scheduler.store.rows import id_of
from scheduler.store.tables import Measure, Municipality, Position, RecurringDuty
from scheduler.usecases.open_questions import (
    Answerer,
    AnswerError,
    AnswerRefusal,
    assign_duty,
    assign_measure,
)
from scheduler.usecases.plan_file import load_plan, parse_plan_file

RETIRED = "helsesykepleier"


def retire(database: Database, on: date, now: datetime) -> None:
    """Load a plan, and take a position that it names out of use on a day."""
    with database.write() as session:
        load_plan(session, parse_plan_file(bundled("sor-fron")), now=now, actor_id=None)
        position = session.exec(select(Position).where(Position.slug == RETIRED)).one()
        position.retired_on = on
        session.add(position)


def test_a_position_that_is_retired_is_given_nothing_to_answer_for(
    sqlite_database: Database, now: datetime
) -> None:
    retire(sqlite_database, now.date(), now)
    with sqlite_database.write() as session:
        municipality = session.exec(select(Municipality)).one()
        by = Answerer(session, id_of(municipality), now=now, actor_id=None)
        before = held(by)
        for assign, slug in ((assign_duty, "felles-fagdager"), (assign_measure, "barseltrim")):
            with pytest.raises(AnswerError) as refused:
                assign(by, slug, RETIRED)
            assert refused.value.refusal is AnswerRefusal.NOT_FOUND
        assert held(by) == before


def test_a_position_that_is_retired_later_still_answers_until_then(
    sqlite_database: Database, now: datetime
) -> None:
    retire(sqlite_database, now.date() + timedelta(days=1), now)
    with sqlite_database.write() as session:
        municipality = session.exec(select(Municipality)).one()
        by = Answerer(session, id_of(municipality), now=now, actor_id=None)
        assign_duty(by, "felles-fagdager", RETIRED)
        assign_measure(by, "barseltrim", RETIRED)
        position_id = id_of(by.one(Position, RETIRED))
        assert held(by) == (position_id, position_id)


def held(by: Answerer) -> tuple[int | None, int | None]:
    duty = by.one(RecurringDuty, "felles-fagdager")
    return duty.position_id, by.one(Measure, "barseltrim").position_id
