"""From a plan file with the council's dates to a meeting that treats the report in time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from scheduler.domain.language import Language
from scheduler.domain.periods import read_period
from scheduler.planning import DeadlineInput, Proposal, YearInput, propose, say_reasons
from scheduler.public_holidays import public_holidays
from scheduler.store.database import Database
from scheduler.usecases.plan_file import load_plan, parse_plan_file
from scheduler.usecases.year.year_to_plan import read_year_to_plan

PLAN = """
[municipality]
slug = "fjordvik"
name = "Fjordvik"
language = "nb"
timezone = "Europe/Oslo"
period = "calendar"

[plan]
title = "Plan for forebyggende arbeid"
{choices}
[[position]]
slug = "leder"
title = "Leder, oppvekst"

[[forum]]
slug = "styringsgruppa"
name = "Styringsgruppa, barn og unge"
kind = "styringsgruppe"
level = "system"
rhythm = "2 ganger i året"
dates_set_by = "{set_by}"
seats = [{{ position = "leder", function = "leader" }}]

[[duty]]
slug = "tilstandsrapport"
name = "Tilstandsrapport, barnevern"
kind = "council_report"
position = "leder"
forum = "styringsgruppa"
rhythm = "en gang i året"
reports_to = "kommunestyret"
{council}
"""
COUNCIL = '\n[[council]]\non = 2027-12-17\nbody = "kommunestyret"\n'


def read_year(
    database: Database,
    now: datetime,
    *,
    council: str = COUNCIL,
    choices: str = "",
    set_by: str = "us",
) -> YearInput:
    text = PLAN.format(council=council, choices=choices, set_by=set_by)
    with database.write() as session:
        load_plan(session, parse_plan_file(text.encode()), now=now, actor_id=None)
        return read_year_to_plan(
            session,
            "fjordvik",
            read_period("2027"),
            today=date(2026, 11, 2),
            holidays_of=public_holidays,
        ).year


def early(proposal: Proposal) -> list[timedelta]:
    return [date(2027, 11, 19) - meeting.date for meeting in proposal.meetings]


def test_the_forum_meets_before_the_report_is_delivered_to_the_council(
    database: Database, now: datetime
) -> None:
    year = read_year(database, now, choices="[choices]\ntreated_within_days = 21\n")
    plan = propose(year)

    assert year.deadlines == (
        DeadlineInput("styringsgruppa", None, date(2027, 11, 19), 21, "kommunestyret"),
    )
    in_time = [timedelta() <= before < timedelta(days=21) for before in early(plan)]
    assert in_time == [False, True]
    assert say_reasons(plan.meetings[-1].reasons, Language.BOKMAL).split("; ")[-1] == (
        "før saken leveres til kommunestyret 19. november"
    )


@pytest.mark.parametrize(("council", "set_by"), [("", "us"), (COUNCIL, "others")])
def test_without_a_council_date_or_where_others_set_the_dates_nothing_is_asked(
    sqlite_database: Database, now: datetime, council: str, set_by: str
) -> None:
    year = read_year(sqlite_database, now, council=council, set_by=set_by)

    assert year.deadlines == ()


def test_sixty_days_is_what_counts_until_the_municipality_says_another_number(
    sqlite_database: Database, now: datetime
) -> None:
    assert [one.days for one in read_year(sqlite_database, now).deadlines] == [60]
