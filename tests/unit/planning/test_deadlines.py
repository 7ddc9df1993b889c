"""A forum that treats a case meets before the case is delivered to the council."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time

import pytest

from scheduler.domain.cadence.kinds import CadenceUnit, Weekday
from scheduler.domain.enums import ClosedKind
from scheduler.domain.language import Language
from scheduler.planning import (
    ClosedSpan,
    DaySolver,
    DeadlineInput,
    FixedWhy,
    Method,
    Proposal,
    ReasonCode,
    StandingMeeting,
    Status,
    YearInput,
    explain,
    propose,
    replan,
    say_reasons,
    say_rule,
    say_way,
)
from tests.unit.planning.generated import counted, every_weeks, small_municipality
from tests.unit.planning.impossible import forum, year
from tests.unit.planning.rules import broken_rules

YEAR = CadenceUnit.YEAR
DELIVERED = date(2027, 11, 19)
CASE = DeadlineInput("rådet", None, DELIVERED, 30, "kommunestyret")
SAID = "før saken leveres til kommunestyret 19. november"


@pytest.fixture(scope="module")
def solver() -> Iterator[DaySolver]:
    with DaySolver() as process:
        yield process


def council_year(*cases: DeadlineInput, **values: object) -> YearInput:
    return year(forum("rådet", counted(YEAR, 2, 2), "leder", **values), deadlines=cases)


def days(proposal: Proposal) -> list[date]:
    return [meeting.date for meeting in proposal.meetings]


def in_time(proposal: Proposal, case: DeadlineInput = CASE) -> list[bool]:
    return [0 <= (case.due_on - day).days < case.days for day in days(proposal)]


@pytest.mark.parametrize("method", [Method.FIRST, Method.BEST])
def test_one_meeting_is_in_time_and_says_why(method: Method, solver: DaySolver) -> None:
    free = propose(council_year(), method=method, solver=solver)
    bound = propose(council_year(CASE), method=method, solver=solver)

    assert (in_time(free), in_time(bound)) == ([False, False], [False, True])
    told = [say_reasons(meeting.reasons, Language.BOKMAL) for meeting in bound.meetings]
    assert [SAID in words for words in told] == [False, True]
    assert broken_rules(council_year(CASE), bound) == []


def test_the_judge_sees_a_case_that_is_not_treated_in_time() -> None:
    assert broken_rules(council_year(CASE), propose(council_year())) == [
        "rådet meets too early or too late for 2027-11-19"
    ]


def test_the_day_of_delivery_is_the_last_that_is_in_time() -> None:
    one_day = replace(CASE, days=1)

    assert days(propose(council_year(one_day)))[-1] == DELIVERED


def test_two_cases_take_a_meeting_each_where_one_cannot_treat_both() -> None:
    spring = DeadlineInput("rådet", None, date(2027, 3, 5), 20, "kommunestyret")
    asked = council_year(spring, CASE)

    assert broken_rules(asked, propose(asked)) == []


def test_a_forum_at_several_schools_needs_one_meeting_in_all() -> None:
    asked = year(
        *(forum("rådet", counted(YEAR, 1, 1), unit=unit) for unit in ("nord", "sør")),
        deadlines=(CASE,),
    )

    assert sorted(in_time(propose(asked))) == [False, True]


def test_a_fixed_rhythm_that_misses_the_day_is_noted_and_stands() -> None:
    asked = year(
        forum("rådet", every_weeks(8, Weekday.FRI), anchor_on=date(2027, 1, 8), starts=time(9)),
        deadlines=(replace(CASE, days=3),),
    )
    plan = propose(asked)

    assert [reason.code for note in plan.notes for reason in note.reasons][-1:] == [
        ReasonCode.DEADLINE_NOT_KEPT
    ]
    assert plan.status is not Status.INFEASIBLE


@pytest.mark.parametrize("others", ["", "ukjent"])
def test_a_forum_that_is_not_planned_is_passed_over(others: str) -> None:
    assert days(propose(council_year(replace(CASE, forum=others)))) == days(propose(council_year()))


def test_a_year_that_cannot_be_is_explained_by_the_case_in_all_languages(
    solver: DaySolver,
) -> None:
    moving = ClosedSpan(date(2027, 10, 1), date(2027, 11, 30), ClosedKind.LOCAL, "flytting")
    asked = replace(council_year(CASE), closed=(moving,))

    (conflict,) = explain(asked, solver=solver)

    assert [rule.code.value for rule in conflict.rules] == ["count", "closed", "deadline"]
    (rule,) = [rule for rule in conflict.rules if rule.deadline is not None]
    assert [say_rule(rule, language) for language in Language] == [
        "Rådet skal møtes i de siste 30 dagene før saken leveres til kommunestyret 19. november",
        "Rådet skal møtast i dei siste 30 dagane før saka blir levert til kommunestyret"
        " 19. november",
        "Rådet is to meet in the last 30 days before the case is delivered to kommunestyret"
        " on 19 November",
    ]
    assert say_way(conflict.ways[0], Language.BOKMAL) == (
        "la Rådet behandle saken opptil 60 dager før den leveres 19. november"
    )
    plans = [propose(way.year, method=Method.BEST, solver=solver) for way in conflict.ways]
    assert [plan.status is Status.INFEASIBLE for plan in plans] == [False] * len(plans)
    assert conflict.proven


def test_a_forum_of_individual_cases_is_not_named_in_the_rule(solver: DaySolver) -> None:
    moving = ClosedSpan(date(2027, 10, 1), date(2027, 11, 30), ClosedKind.LOCAL, "flytting")
    asked = replace(council_year(CASE, case_level=True), closed=(moving,))

    (conflict,) = explain(asked, solver=solver)

    said = [say_rule(rule, Language.BOKMAL) for rule in conflict.rules]
    assert ["Rådet" in words for words in said] == [False] * len(said)


def test_a_lost_date_is_replaced_by_one_that_is_in_time() -> None:
    asked = council_year(CASE)
    standing = [
        StandingMeeting(
            id=str(at),
            forum="rådet",
            unit=None,
            number=at,
            date=day,
            start=time(9),
            end=time(11),
            place=None,
            why=FixedWhy.PUBLISHED,
        )
        for at, day in enumerate((date(2027, 4, 7), date(2027, 10, 21)), start=1)
    ]

    (free,) = replan(replace(asked, deadlines=()), standing, {"2"}).changes
    (bound,) = replan(asked, standing, {"2"}).changes

    assert [0 <= (DELIVERED - one.date).days < 30 for one in (free, bound)] == [False, True]


@pytest.mark.parametrize("seed", range(12))
def test_made_up_municipalities_keep_their_deadlines(seed: int, solver: DaySolver) -> None:
    made_up = small_municipality(seed)
    slugs = sorted({one.slug for one in made_up.forums})[:3]
    cases = tuple(DeadlineInput(slug, None, DELIVERED, 60, "kommunestyret") for slug in slugs)
    asked = replace(made_up, deadlines=cases)

    for method in (Method.FIRST, Method.BEST):
        plan = propose(asked, method=method, solver=solver)
        assert (seed, broken_rules(asked, plan)) == (seed, [])
        assert plan.objective >= plan.bound
