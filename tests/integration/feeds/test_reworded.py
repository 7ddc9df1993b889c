"""Only what a change concerns is written anew, and what is written anew says when it changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from scheduler.domain.enums import DutyKind, DutyState, ForumLevel
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import (
    Duty,
    Forum,
    Measure,
    Meeting,
    Municipality,
    MunicipalService,
    Position,
    RecurringDuty,
    Unit,
    YearPlan,
)
from scheduler.usecases.feeds.reworded import rewording
from scheduler.usecases.meetings import MeetingTime, move_meeting
from scheduler.usecases.meetings.add_meeting import Series, add_meeting
from scheduler.usecases.open_questions import Answerer, decide_level
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from tests.factories import rows
from tests.integration.feeds.subscriber import Subscriber, events, make_subscriber

Step = Callable[[Session], object]
OWN = {"meeting", "sibling"}
PAPERS = {"notice, done", "minutes", "sibling's minutes"}


@dataclass
class Written:
    """A subscriber whose forum meets twice, with papers, and what every entry is called here."""

    here: Subscriber
    secret: str
    names: dict[str, str]

    def after(self, step: Step) -> tuple[set[str], set[str], set[str], set[str]]:
        """Take a step an hour later; return which entries are new, written anew and told to be.

        Told of are those whose LAST-MODIFIED, with DTSTAMP, is that hour, and those with another
        SEQUENCE.
        """
        before = events(self.here.body(self.secret))
        self.here.site.now += timedelta(hours=1)
        with self.here.database.write() as session:
            step(session)
        after = events(self.here.body(self.secret))
        moment = f"{self.here.site.now:%Y%m%dT%H%M%SZ}".encode()
        told = b"DTSTAMP:" + moment + b"\r\nLAST-MODIFIED:" + moment
        both = before.keys() & after.keys()
        assert both == before.keys()
        return (
            {str(uid) for uid in after.keys() - before.keys()},
            {self.names[uid] for uid in both if before[uid] != after[uid]},
            {self.names[uid] for uid in both if told in after[uid]},
            {self.names[uid] for uid in both if number_of(before[uid]) != number_of(after[uid])},
        )


def number_of(entry: bytes) -> bytes:
    """Return the SEQUENCE of an entry."""
    return entry.partition(b"\r\nSEQUENCE:")[2].partition(b"\r\n")[0]


@pytest.fixture
def written(sqlite_database: Database, now: datetime) -> Written:
    here = make_subscriber(sqlite_database, now)
    town = here.town
    with here.database.write() as session:
        place = session.get_one(Municipality, town.municipality)
        year, forum = session.get_one(YearPlan, town.year), session.get_one(Forum, town.forum)
        sibling = rows.add_meeting(
            session, year, forum, number=2, held_on=date(2027, 5, 4), unit_id=town.unit
        )
        forum_id = {"forum_id": town.forum, "unit_id": town.unit, "position_id": town.secretary}
        papers = {
            "notice, done": {"kind": DutyKind.NOTICE, "state": DutyState.DONE},
            "minutes": {"kind": DutyKind.MINUTES, "due_on": date(2027, 3, 16)},
        }
        named: dict[str, SQLModel] = {
            name: rows.add_duty(session, place, meeting_id=town.meeting, **forum_id, **fields)
            for name, fields in papers.items()
        }
        named |= {
            "sibling": sibling,
            "sibling's minutes": rows.add_duty(
                session, place, kind=DutyKind.MINUTES, meeting_id=sibling.id, **forum_id
            ),
            "meeting": session.get_one(Meeting, town.meeting),
            "case meeting": session.get_one(Meeting, town.case_meeting),
            "review": session.get_one(Duty, town.duty),
        }
        for duty in session.exec(select(Duty)):
            if duty.kind is DutyKind.EVALUATION:
                named["evaluation"] = duty
            elif duty.forum_id == town.case_forum:
                named["case minutes"] = duty
        names = {str(vars(row)["uid"]): name for name, row in named.items()}
    return Written(here, here.subscribe(), names)


def test_one_more_meeting_changes_no_line_of_any_other_entry(written: Written) -> None:
    here = written.here
    series = Series(
        municipality_id=here.town.municipality, forum_id=here.town.forum, unit_id=here.town.unit
    )
    at = MeetingTime(held_on=date(2027, 4, 6), starts=time(9), ends=time(11), place="Kantina")

    new, changed, told, numbers = written.after(
        lambda session: add_meeting(
            session, series, at, now=here.site.now, actor_id=None, holidays_of=public_holidays
        )
    )

    assert len(new) > 0
    assert (changed, told, numbers) == (set(), set(), set())


def test_a_moved_meeting_changes_no_line_but_its_own_and_its_papers(written: Written) -> None:
    here = written.here
    to = MeetingTime(held_on=date(2027, 3, 17), starts=time(9), ends=time(11), place="Kantina")

    new, changed, told, numbers = written.after(lambda session: _move(session, here, to))

    # What is done is due when it was, but says another day in its title.
    assert new == set()
    assert changed == told == {"meeting", "notice, done", "minutes"}
    assert numbers == {"meeting", "minutes"}


def test_another_place_changes_no_line_but_the_meetings_own(written: Written) -> None:
    here = written.here
    with here.database.read() as session:
        row = session.get_one(Meeting, here.town.meeting)
        to = MeetingTime(held_on=row.held_on, starts=row.starts, ends=row.ends, place="Kantina")

    found = written.after(lambda session: _move(session, here, to))

    assert found == (set(), {"meeting"}, {"meeting"}, {"meeting"})


def _move(session: Session, here: Subscriber, to: MeetingTime) -> None:
    move_meeting(
        session,
        here.town.meeting,
        to,
        sequence=0,
        now=here.site.now,
        actor_id=None,
        holidays_of=public_holidays,
    )


CHANGES: tuple[tuple[type[SQLModel], str, dict[str, Any], set[str]], ...] = (
    (Forum, "forum", {"name": "Tverrfaglig team"}, OWN | PAPERS),
    (Forum, "forum", {"agenda": ["Ny sak", "Eventuelt"]}, OWN),
    (Forum, "forum", {"place": "Biblioteket", "notice_days": 9}, set()),
    (Forum, "case_forum", {"name": "Teamet"}, {"case meeting", "case minutes"}),
    (Unit, "unit", {"name": "Kvam skule"}, OWN | PAPERS),
    (Position, "secretary", {"title": "Veileder"}, {*PAPERS, "review", "evaluation"}),
    (MunicipalService, "service", {"name": "Helse"}, {"review"}),
    (Measure, "measure", {"name": "Losen"}, {"evaluation"}),
    (RecurringDuty, "recurring", {"legal_basis": "§ 15-2"}, {"review"}),
    (RecurringDuty, "recurring", {"name": "Sak"}, {"case minutes"}),
    (Forum, "forum", {"level": ForumLevel.CASE_ELSE_NOT, "agenda": []}, OWN | PAPERS),
)


def test_a_name_changes_exactly_the_entries_it_stands_in_and_they_say_when(
    written: Written,
) -> None:
    here = written.here

    def change(session: Session, at: int) -> None:
        table, attribute, values, _expected = CHANGES[at]
        row = session.get_one(table, getattr(here.town, attribute))
        with rewording(session, here.town.municipality, now=here.site.now):
            for name, value in values.items():
                setattr(row, name, value)

    found = [written.after(partial(change, at=at)) for at in range(len(CHANGES))]

    assert found == [(set(), expected, expected, set()) for *_change, expected in CHANGES]


def test_loading_a_plan_with_another_name_says_so(written: Written) -> None:
    here = written.here
    with here.database.read() as session:
        slug = session.get_one(Forum, here.town.forum).slug
    plan = parse_plan_file(PLAN.format(slug=slug).encode())

    _new, changed, told, _numbers = written.after(
        lambda session: load_plan(session, plan, now=here.site.now, actor_id=None)
    )

    assert changed == told == OWN | PAPERS


def test_so_does_closing_a_forum(written: Written) -> None:
    here = written.here

    def close(session: Session) -> None:
        forum = session.get_one(Forum, here.town.forum)
        forum.chosen = ["level"]
        by = Answerer(session, here.town.municipality, now=here.site.now, actor_id=None)
        decide_level(by, forum.slug, ForumLevel.CASE_ELSE_NOT)

    assert written.after(close) == (set(), OWN | PAPERS, OWN | PAPERS, set())


PLAN = """[municipality]
slug = "sor-fron"
name = "Sør-Fron"
[plan]
title = "Plan"
[[forum]]
slug = "{slug}"
name = "Tverrfaglig team"
level = "system"
rhythm = "3 ganger i året"
"""
