"""A plan file into the database: once, twice, changed, and only looked at."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from sqlmodel import col, func, select

from scheduler.domain.enums import ForumLevel, Function, LinkKind
from scheduler.domain.language import Language
from scheduler.domain.planfile import PlanFile
from scheduler.plans import bundled, bundled_names
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.store.tables import (
    AuditEvent,
    Forum,
    ForumLink,
    Municipality,
    Plan,
    Position,
    RecurringDuty,
    Seat,
)
from scheduler.usecases.plan_file import load_plan, parse_plan_file, preview_plan, retire_missing

SMALL = """[municipality]
slug = "fjordvik"
name = "Fjordvik"
[plan]
title = "Plan for barn, unge og familier"
[choices]
notice_days = 8
[[position]]
slug = "radmann"
title = "Kommunedirektør"
old_title = "Rådmann"
[[position]]
slug = "sekretaer"
title = "Sekretær"
[[forum]]
slug = "ressursgruppe"
name = "Ressursgruppen"
level = "system"
rhythm = "3-4 ganger i året"
seats = [{ position = "sekretaer", function = "secretary" }]
[[forum]]
slug = "styringsgruppe"
name = "Styringsgruppen"
level = "system"
rhythm = "2 ganger i året"
seats = [{ position = "radmann", function = "leader" }]
[[link]]
kind = "receives_minutes"
from = "ressursgruppe"
to = "styringsgruppe"
"""
ROWS = 9
"""Municipality, plan, two positions, two forums, two seats and a link."""


def plan(text: str = SMALL) -> PlanFile:
    return parse_plan_file(text.encode())


def test_a_plan_is_loaded_with_its_links_and_choices(database: Database, now: datetime) -> None:
    with database.write() as session:
        report = load_plan(session, plan(), now=now, actor_id=None)
    assert report.as_json(Language.BOKMAL) == {
        "added": ROWS,
        "changed": 0,
        "unchanged": 0,
        "missing": [],
        "warnings": [],
    }
    with database.read() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "styringsgruppe")).one()
        assert (forum.notice_days, forum.minutes_days, forum.duration_minutes) == (8, 5, 90)
        assert forum.chosen == ["closed_kinds", "duration_minutes", "minutes_days", "notice_days"]
        assert forum.cadence == {
            "kind": "recurrence",
            "unit": "year",
            "interval": 1,
            "count_min": 2,
            "count_max": 2,
        }
        link = session.exec(select(ForumLink)).one()
        assert (link.kind, link.to_forum_id, link.days, link.days_chosen) == (
            LinkKind.RECEIVES_MINUTES,
            forum.id,
            14,
            True,
        )
        seat = session.exec(select(Seat).where(Seat.forum_id == forum.id)).one()
        position = session.get_one(Position, seat.position_id)
        assert (seat.function, position.slug, position.old_title) == (
            Function.LEADER,
            "radmann",
            "Rådmann",
        )


def test_a_second_run_changes_nothing_and_logs_nothing(database: Database, now: datetime) -> None:
    with database.write() as session:
        load_plan(session, plan(), now=now, actor_id=None)
    with database.write() as session:
        report = load_plan(session, plan(), now=now, actor_id=None)
    assert (report.added, report.changed, report.unchanged) == (0, 0, ROWS)
    with database.read() as session:
        assert session.exec(select(func.count()).select_from(AuditEvent)).one() == ROWS


def test_looking_gives_the_same_report_and_writes_nothing(
    database: Database, now: datetime
) -> None:
    with database.read() as session:
        looked = preview_plan(session, plan())
    with database.read() as session:
        assert session.exec(select(Municipality)).all() == []
    with database.write() as session:
        assert load_plan(session, plan(), now=now, actor_id=None) == looked


def test_a_change_is_logged_from_what_to_what(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.write() as session:
        load_plan(session, plan(), now=now, actor_id=None)
    changed = SMALL.replace('"2 ganger i året"', '"3 ganger i året"')
    with sqlite_database.write() as session:
        report = load_plan(session, plan(changed), now=now, actor_id=None)
    assert (report.added, report.changed, report.unchanged) == (0, 1, ROWS - 1)
    with sqlite_database.read() as session:
        event = session.exec(select(AuditEvent).where(AuditEvent.action.endswith("changed"))).one()
        cadence = {"kind": "recurrence", "unit": "year", "interval": 1}
        assert (event.entity, event.before, event.after) == (
            "forum",
            {
                "rhythm_words": "2 ganger i året",
                "cadence": {**cadence, "count_min": 2, "count_max": 2},
            },
            {
                "rhythm_words": "3 ganger i året",
                "cadence": {**cadence, "count_min": 3, "count_max": 3},
            },
        )


def test_what_the_file_no_longer_names_is_told_of_and_stays(
    sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.write() as session:
        load_plan(session, plan(), now=now, actor_id=None)
    shorter = SMALL[: SMALL.index('[[forum]]\nslug = "styringsgruppe"')]
    with sqlite_database.write() as session:
        report = load_plan(session, plan(shorter), now=now, actor_id=None)
    assert report.missing == (
        "forum styringsgruppe",
        "seat styringsgruppe/radmann/leader/",
        "link receives_minutes/ressursgruppe/styringsgruppe/",
    )
    assert (report.added, report.changed) == (0, 0)
    with sqlite_database.read() as session:
        assert len(session.exec(select(Forum)).all()) == 2


def test_what_is_missing_is_retired_when_a_person_asks_and_comes_back_with_the_file(
    database: Database, now: datetime
) -> None:
    shorter = plan(SMALL[: SMALL.index('[[forum]]\nslug = "styringsgruppe"')])
    with database.write() as session:
        load_plan(session, plan(), now=now, actor_id=None)
        report = preview_plan(session, shorter)
        chosen = (*report.missing, "forum ressursgruppe")
        retired = retire_missing(
            session,
            shorter,
            chosen,
            today=now.date(),
            now=now,
            holidays_of=public_holidays,
            actor_id=None,
        )
        assert (retired.names, retired.called_off) == (report.missing, ())
    with database.read() as session:
        assert preview_plan(session, shorter).missing == ()
        assert session.exec(select(Forum.retired_on).order_by(Forum.slug)).all() == [
            None,
            now.date(),
        ]
        assert session.exec(select(ForumLink)).all() == []
    with database.write() as session:
        again = load_plan(session, plan(), now=now, actor_id=None)
    # The link is new, and the forum is in use again with its seats.
    assert (again.added, again.changed) == (1, 1)


def test_what_people_have_filled_in_stands_when_the_file_says_nothing_of_it(
    sqlite_database: Database, now: datetime
) -> None:
    text = SMALL.replace('level = "system"\nrhythm = "2', 'level = "mixed"\nrhythm = "2')
    with sqlite_database.write() as session:
        load_plan(session, plan(text), now=now, actor_id=None)
    with sqlite_database.write() as session:
        forum = session.exec(select(Forum).where(Forum.slug == "styringsgruppe")).one()
        forum.place, forum.starts, forum.level = "Rådhuset", time(10), ForumLevel.SYSTEM
        forum.notice_days = 21
        settled = session.exec(select(Plan)).one()
        settled.owner_position_id = session.exec(select(Position.id)).first()
        session.add_all([forum, settled])
    later = text.replace("notice_days = 8", "notice_days = 12")
    with sqlite_database.write() as session:
        load_plan(session, plan(later), now=now, actor_id=None)
    with sqlite_database.read() as session:
        forums = session.exec(select(Forum).order_by(Forum.slug)).all()
        # The one follows the municipality's choice; the other was set apart by a person.
        assert [forum.notice_days for forum in forums] == [12, 21]
        assert (forums[1].place, forums[1].level) == ("Rådhuset", ForumLevel.SYSTEM)
        assert session.exec(select(Plan)).one().owner_position_id is not None


def test_two_municipalities_may_use_the_same_slugs(
    sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.write() as session:
        load_plan(session, plan(), now=now, actor_id=None)
    other = plan(SMALL.replace("fjordvik", "askvoll-vest"))
    with sqlite_database.write() as session:
        report = load_plan(session, other, now=now, actor_id=None)
    assert (report.added, report.missing) == (ROWS, ())
    with sqlite_database.read() as session:
        owners = session.exec(
            select(Municipality.slug).join(Forum).where(Forum.slug == "styringsgruppe")
        ).all()
        assert sorted(owners) == ["askvoll-vest", "fjordvik"]


def test_a_retired_forum_that_the_file_names_is_taken_up_again(
    sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.write() as session:
        load_plan(session, plan(), now=now, actor_id=None)
        forum = session.exec(select(Forum).where(Forum.slug == "ressursgruppe")).one()
        forum.retired_on = now.date()
        session.add(forum)
    with sqlite_database.write() as session:
        report = load_plan(session, plan(), now=now, actor_id=None)
    assert report.changed == 1
    with sqlite_database.read() as session:
        assert session.exec(select(Forum).where(col(Forum.retired_on).is_not(None))).all() == []


@pytest.mark.parametrize("name", bundled_names())
def test_every_bundled_plan_loads_and_loads_again(
    sqlite_database: Database, now: datetime, name: str
) -> None:
    bundle = parse_plan_file(bundled(name))
    with sqlite_database.write() as session:
        first = load_plan(session, bundle, now=now, actor_id=None)
    with sqlite_database.write() as session:
        second = load_plan(session, bundle, now=now, actor_id=None)
        duties = session.exec(select(RecurringDuty.slug)).all()
    assert (second.added, second.changed, second.unchanged) == (0, 0, first.added)
    assert "tilstandsrapport-barnevern" in duties
