"""What a year is planned from: who is busy, what is closed, and what has begun."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from scheduler.domain.enums import ClosedKind, HolderKind, MeetingState
from scheduler.domain.periods import read_period
from scheduler.planning import DaySolver, FixedWhy, Method, propose
from scheduler.plans import bundled
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.schema import upgrade_schema
from scheduler.store.tables import ClosedPeriod, Forum, Meeting
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.year.apply_proposal import apply_proposal
from scheduler.usecases.year.propose_year import propose_year
from scheduler.usecases.year.year_plans import OverlappingPeriodError, find_municipality
from scheduler.usecases.year.year_to_plan import fingerprint, read_year_to_plan
from tests.factories.rows import (
    add,
    add_forum,
    add_holder,
    add_meeting,
    add_municipality,
    add_person,
    add_position,
    add_seat,
    add_year,
)
from tests.integration.usecases.year.conftest import Office


def test_a_deputys_own_time_is_not_taken_by_the_forums_meetings(office: Office) -> None:
    with office.database.write() as session:
        place = office.municipality(session)
        seat = add_position(session, place, title="Psykolog")
        add_holder(session, seat, add_person(session), kind=HolderKind.DEPUTY)
        add_seat(session, session.exec(select(Forum).where(Forum.slug == "radet")).one(), seat)
        year = office.planned(session).year
    council = next(forum for forum in year.forums if forum.slug == "radet")
    units = [one.busy_unit.split(":")[0] for one in council.seats]
    assert units == ["person", "position"]


def test_a_meeting_in_another_municipality_is_a_busy_time_without_a_name(office: Office) -> None:
    with office.database.write() as session:
        other = add_municipality(session, slug="hemsedal", name="Hemsedal")
        forum = add_forum(session, other, slug="tog")
        seat = add_position(session, other)
        leader = session.get_one(type(add_person(session)), office.leader_id)
        add_holder(session, seat, leader)
        add_seat(session, forum, seat)
        add_meeting(session, add_year(session, other), forum)
        year = office.planned(session).year
    assert [(one.date, one.why, one.forum) for one in year.fixed] == [
        (date(2027, 3, 9), FixedWhy.BUSY, None)
    ]
    assert year.fixed[0].busy_units == frozenset({f"person:{office.leader_id}"})


def test_a_cancelled_meeting_makes_nobody_busy(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        office.publish(session)
        meeting = office.meetings(session)[1]
        # As the page that cancels a meeting leaves it.
        meeting.state, meeting.set_by_hand = MeetingState.CANCELLED, True
        session.add(meeting)
        session.flush()
        year = office.planned(session).year
    why = {(one.forum, one.number): one.why for one in year.fixed}
    assert why[("radet", meeting.number)] is FixedWhy.CANCELLED


@pytest.mark.parametrize("own", [True, False])
def test_july_is_joint_leave_until_the_municipality_has_set_its_own(
    office: Office, own: bool
) -> None:
    span = (date(2027, 7, 12), date(2027, 7, 30))
    with office.database.write() as session:
        if own:
            add(
                session,
                ClosedPeriod(
                    municipality_id=office.municipality_id,
                    slug="fellesferie",
                    name="Fellesferie",
                    kind=ClosedKind.JOINT_LEAVE,
                    starts_on=span[0],
                    ends_on=span[1],
                ),
            )
        closed = office.planned(session).year.closed
    found = [(one.starts_on, one.ends_on) for one in closed if one.kind is ClosedKind.JOINT_LEAVE]
    assert found == [span if own else (date(2027, 7, 1), date(2027, 7, 31))]


def test_lone_working_days_are_closed_where_some_forum_heeds_them(office: Office) -> None:
    with office.database.write() as session:
        before = office.planned(session).year.closed
        forum = session.exec(select(Forum).where(Forum.slug == "radet")).one()
        forum.closed_kinds = [*forum.closed_kinds, "bridge_day"]
        session.add(forum)
        session.flush()
        after = office.planned(session).year.closed
    kinds = [span.kind for span in before]
    assert kinds.count(ClosedKind.BRIDGE_DAY) == 0
    # Ascension Day 2027 is a Thursday; no other holiday of the year leaves a day alone.
    assert [span.starts_on for span in after if span.kind is ClosedKind.BRIDGE_DAY] == [
        date(2027, 5, 7)
    ]


def test_autumn_begins_the_day_after_the_schools_summer(office: Office) -> None:
    with office.database.write() as session:
        add(
            session,
            ClosedPeriod(
                municipality_id=office.municipality_id,
                slug="sommer",
                name="Sommerferie",
                kind=ClosedKind.SCHOOL_BREAK,
                starts_on=date(2027, 6, 19),
                ends_on=date(2027, 8, 17),
            ),
        )
        year = office.planned(session).year
    assert year.autumn_starts_on == date(2027, 8, 18)


def test_in_october_meetings_already_held_count_and_the_rest_is_not_squeezed(
    office: Office,
) -> None:
    october = replace(office, now=office.now.replace(month=10, day=15))
    with office.database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "radet")).one()
        year_row = add_year(session, office.municipality(session), published_at=None)
        for number, held_on in ((1, date(2027, 2, 9)), (2, date(2027, 5, 11))):
            add_meeting(
                session,
                year_row,
                forum,
                number=number,
                held_on=held_on,
                state=MeetingState.HELD,
            )
        planned = october.planned(session)
    assert planned.year.plan_from == date(2027, 10, 15)
    days = [
        (one.number, one.date.month, one.kept)
        for one in propose(planned.year).meetings
        if one.forum == "radet"
    ]
    assert days[:2] == [(1, 2, True), (2, 5, True)]
    assert len(days) == 3


def test_a_year_to_come_is_planned_from_its_first_day(office: Office) -> None:
    with office.database.read() as session:
        planned = office.planned(session, read_period("2028"))
    assert (planned.year.plan_from, planned.base_revision) == (None, 0)


def test_the_fingerprint_changes_with_the_facts_and_not_with_the_day(office: Office) -> None:
    later = replace(office, now=office.now.replace(day=20))
    with office.database.write() as session:
        first = fingerprint(office.planned(session).year)
        assert fingerprint(later.planned(session).year) == first
        forum = session.exec(select(Forum).where(Forum.slug == "teamet")).one()
        forum.weekday = "tue"
        session.add(forum)
        session.flush()
        assert fingerprint(office.planned(session).year) != first


@pytest.mark.parametrize("plan", ["sor-fron", "sondre-land"])
def test_every_database_gives_the_same_dates(
    database: Database, tmp_path: Path, now: datetime, plan: str
) -> None:
    other = Database(f"sqlite:///{tmp_path / 'other.db'}")
    upgrade_schema(other)
    found = []
    for each in (database, other):
        # A solver of its own for each, as on two machines.
        with DaySolver() as solver, each.write() as session:
            load_plan(session, parse_plan_file(bundled(plan)), now=now, actor_id=None)
            planned = read_year_to_plan(
                session,
                plan,
                read_period("2028"),
                today=now.date(),
                holidays_of=public_holidays,
            )
            proposal = propose(planned.year, method=Method.BEST, solver=solver)
        found.append((fingerprint(planned.year), proposal.meetings, proposal.unmet))
    other.close()
    assert found[0] == found[1]
    assert len(found[0][1]) > 20


def test_the_extra_members_of_a_team_are_in_one_meeting_of_each_month(
    database: Database, now: datetime
) -> None:
    period = read_period("2028")
    with database.write() as session:
        load_plan(session, parse_plan_file(bundled("sondre-land")), now=now, actor_id=None)
        place = find_municipality(session, "sondre-land")
        proposed = propose_year(
            session, "sondre-land", period, plan_from=None, holidays_of=public_holidays
        )
        apply_proposal(
            session, place, period, proposed.proposal, base_revision=0, now=now, actor_id=None
        )
        rows = session.exec(
            select(Meeting).join(Forum).where(Forum.slug == "tverrfaglig-droftingsteam")
        ).all()
        for row in rows:
            row.state = MeetingState.PLANNED
            session.add(row)
        session.flush()
        fixed = read_year_to_plan(
            session, "sondre-land", period, today=now.date(), holidays_of=public_holidays
        ).year.fixed
    months = {row.held_on.month for row in rows}
    visits = [row.held_on.month for row in rows if row.monthly_guests]
    assert sorted(visits) == sorted(months)
    assert len(rows) > len(months)
    people = {
        row.held_on: len(meeting.busy_units)
        for row in rows
        for meeting in fixed
        if meeting.date == row.held_on and meeting.forum == "tverrfaglig-droftingsteam"
    }
    with_guests = {people[row.held_on] for row in rows if row.monthly_guests}
    without = {people[row.held_on] for row in rows if not row.monthly_guests}
    assert (with_guests, without) == ({3}, {1})


def test_a_school_year_after_a_published_calendar_year_gets_dates_in_its_spring_alone(
    office: Office,
) -> None:
    with office.database.write() as session:
        office.apply(session)
        office.publish(session)
        year = office.planned(session, read_period("2027/28")).year
    proposal = propose(year, method=Method.FIRST)
    assert year.first_day == date(2028, 1, 1)
    assert [one.date.year for one in proposal.meetings if one.forum == "radet"] == [2028, 2028]


def test_a_period_that_runs_into_a_published_one_is_refused_by_name(office: Office) -> None:
    with office.database.write() as session:
        office.apply(session)
        office.publish(session)
        with pytest.raises(OverlappingPeriodError) as refused:
            office.planned(session, read_period("2026/27"))
        still = office.planned(session).year
    assert (refused.value.period, refused.value.published) == ("2026/27", "2027")
    assert still.first_day == office.today
