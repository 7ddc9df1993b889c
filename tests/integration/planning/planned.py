"""Loads a made-up town into a database file and plans its year, as the command does."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from scheduler.domain.enums import MeetingState
from scheduler.domain.language import Language
from scheduler.domain.periods import read_period
from scheduler.planning import DaySolver, to_json
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import Forum, Municipality, Person, Position, Unit
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.year.best_proposal import best_proposal
from scheduler.usecases.year.year_to_plan import read_year_to_plan, what_is_wrong
from tests.factories.rows import add_holder, add_meeting, add_person, add_year
from tests.integration.planning.judge import broken_rules
from tests.integration.planning.towns import Town, made_up_town

__all__ = ["judged", "made_up_plan"]

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
SHARED = ("barnevernleder@regionen.example", "ppt-leder@regionen.example")


def judged(database: Database, path: Path, solver: DaySolver, seed: int) -> list[str]:
    """Plan town `seed` and its neighbour, who share two people; return every broken rule.

    The first year is entered as published before the second is planned.
    """
    broken = []
    for number in (2 * seed, 2 * seed + 1):
        town = made_up_town(number, shared=SHARED)
        answer = made_up_plan(database, solver, town)
        broken += [f"{town.slug}: {rule}" for rule in broken_rules(answer, str(path), town.slug)]
        with database.write() as session:
            _publish(session, town, json.loads(answer))
    return broken


def made_up_plan(database: Database, solver: DaySolver, town: Town) -> str:
    """Return the JSON of the town's year."""
    with database.write() as session:
        load_plan(session, parse_plan_file(town.text.encode()), now=NOW, actor_id=None)
        _hold(session, town)
    with database.read() as session:
        planned = read_year_to_plan(
            session, town.slug, read_period("2027"), today=NOW.date(), holidays_of=public_holidays
        )
    assert what_is_wrong(planned.year) == ()
    return json.dumps(to_json(best_proposal(planned.year, solver), Language.BOKMAL))


def _hold(session: Session, town: Town) -> None:
    place = session.exec(select(Municipality).where(Municipality.slug == town.slug)).one()
    for email, positions in town.holders.items():
        person = session.exec(select(Person).where(Person.email == email)).one_or_none()
        person = person or add_person(session, email=email)
        for slug in positions:
            position = session.exec(
                select(Position).where(Position.municipality_id == place.id, Position.slug == slug)
            ).one()
            add_holder(session, position, person)


def _publish(session: Session, town: Town, answer: dict[str, Any]) -> None:
    place = session.exec(select(Municipality).where(Municipality.slug == town.slug)).one()
    forums = {
        row.slug: row
        for row in session.exec(select(Forum).where(Forum.municipality_id == place.id))
    }
    units = {
        row.slug: row.id
        for row in session.exec(select(Unit).where(Unit.municipality_id == place.id))
    }
    year = add_year(session, place)
    for meeting in answer["meetings"]:
        add_meeting(
            session,
            year,
            forums[meeting["forum"]],
            unit_id=units.get(meeting["unit"]),
            number=meeting["number"],
            held_on=date.fromisoformat(meeting["date"]),
            starts=time.fromisoformat(meeting["start"]),
            ends=time.fromisoformat(meeting["end"]),
            place=meeting["place"],
            state=MeetingState.PLANNED,
        )
