"""Impossible years made by hand: why, in the smallest set of rules, and what would help."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from scheduler.domain.cadence.cadence import Cadence
from scheduler.domain.cadence.kinds import CadenceKind, CadenceUnit, Weekday
from scheduler.domain.enums import ClosedKind, LinkKind
from scheduler.domain.language import Language
from scheduler.planning import (
    ClosedSpan,
    Conflict,
    DaySolver,
    LinkInput,
    Method,
    Status,
    check_year,
    explain,
    propose,
    say_finding,
    say_rule,
    say_way,
    without,
)
from tests.unit.planning.generated import counted, every_weeks
from tests.unit.planning.impossible import IMPOSSIBLE, WHOLE_YEAR, forum, year

MONTH, SEMESTER, YEAR = CadenceUnit.MONTH, CadenceUnit.SEMESTER, CadenceUnit.YEAR
TWO_HOURS = timedelta(hours=2)


@pytest.fixture(scope="module")
def solver() -> Iterator[DaySolver]:
    with DaySolver() as process:
        yield process


def named(conflict: Conflict) -> frozenset[str]:
    said = ((r.code.value, r.key[0], r.person, r.kind or "") for r in conflict.rules)
    return frozenset(" ".join(word for word in words if word) for words in said)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_impossible_year_is_proven_and_explained_by_its_own_rules(
    name: str, solver: DaySolver
) -> None:
    impossible = IMPOSSIBLE[name]

    (conflict,) = explain(impossible.year, solver=solver)

    assert [found for found in impossible.either if found == named(conflict)] != []
    assert conflict.proven


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_every_way_out_works_when_it_is_taken(name: str, solver: DaySolver) -> None:
    impossible = IMPOSSIBLE[name].year

    (conflict, *others) = explain(impossible, solver=solver)

    assert (len(conflict.ways) in (2, 3), others) == (True, [])
    if sum(unmet.blocking for unmet in propose(impossible).unmet) == 1:
        plans = [propose(way.year, method=Method.BEST, solver=solver) for way in conflict.ways]
        assert [plan.status is Status.INFEASIBLE for plan in plans] == [False] * len(plans)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_leaving_out_any_one_of_the_rules_makes_room(name: str, solver: DaySolver) -> None:
    impossible = IMPOSSIBLE[name].year

    (conflict, *_) = explain(impossible, solver=solver)
    keys = {rule.key for rule in conflict.rules if rule.key[0]} | {conflict.key}
    if any(rule.link is not None for rule in conflict.rules):
        keys = {forum.key for forum in impossible.forums}
    alone = replace(
        impossible, forums=tuple(forum for forum in impossible.forums if forum.key in keys)
    )

    for rule in conflict.rules:
        left = propose(without(alone, rule), method=Method.BEST, solver=solver)
        assert (rule, left.status is Status.INFEASIBLE) == (rule, False)


def test_a_proposal_that_was_made_already_is_explained_alike(solver: DaySolver) -> None:
    impossible = IMPOSSIBLE["four meetings at least 130 days apart"].year
    proposal = propose(impossible, method=Method.BEST, solver=solver)

    assert explain(impossible, proposal=proposal, solver=solver) == explain(
        impossible, solver=solver
    )


def test_a_possible_year_needs_no_explanation() -> None:
    assert explain(year(forum("råd", counted(YEAR, 2, 2)))) == ()


ALL_YEAR = ClosedSpan(*WHOLE_YEAR, ClosedKind.LOCAL, "ombygging")
FINDINGS = {
    "Råd har ingen åpen dag: alle dagene forumet kan møtes, er møtefrie. "
    "Gjør en møtefri periode kortere, eller la forumet møtes i den.": year(
        forum("råd", counted(YEAR, 2, 2)), closed=(ALL_YEAR,)
    ),
    "Team skal ha 400 møter, men det er bare 23 åpne dager. Velg færre møter.": year(
        forum("team", counted(MONTH, 400, 400)), closed=()
    ),
    "Team skal ha 10 møter, men det er bare 5 åpne dager. Velg færre møter.": year(
        forum("team", counted(CadenceUnit.WEEK, 10, 10)), closed=()
    ),
    "Råd skal ha 400 møter, men det er bare 20 åpne dager. Velg færre møter.": year(
        forum("råd", Cadence(kind=CadenceKind.WINDOW, months=(2,), count_min=400, count_max=400)),
        closed=(),
    ),
    "Skolemøte og Tog venter på hverandre i ring. Ta bort en av koblingene.": year(
        forum("tog", counted(SEMESTER, 1, 1)),
        forum("skolemøte", counted(SEMESTER, 1, 1)),
        links=(
            LinkInput(LinkKind.AFTER, "tog", "skolemøte"),
            LinkInput(LinkKind.AFTER, "skolemøte", "tog"),
        ),
    ),
    "Perioden er over. Velg en periode som ikke er ferdig.": year(plan_from=date(2028, 2, 1)),
    "Perioden slutter før den begynner. Rett datoene.": replace(year(), ends_on=date(2026, 12, 31)),
    "Styringsgruppe skal ha 4 møter, men med avstanden som er satt, er det plass til 3. "
    "Velg kortere avstand eller færre møter.": year(
        forum("styringsgruppe", counted(YEAR, 4, 4), min_gap_days=120)
    ),
    "Møtene i Fagdag varer lenger enn kjernetiden. "
    "Gjør møtet kortere, eller velg et klokkeslett selv.": year(
        forum("fagdag", counted(YEAR, 1, 1), duration=timedelta(hours=9))
    ),
}


@pytest.mark.parametrize("words", FINDINGS)
def test_what_no_dates_can_mend_is_found_before_planning(words: str) -> None:
    findings = check_year(FINDINGS[words])

    assert [say_finding(finding, Language.BOKMAL) for finding in findings] == [words]


def test_a_circle_of_links_and_a_full_month_are_told_together() -> None:
    both = year(
        forum("tog", counted(SEMESTER, 1, 1)),
        forum("team", counted(MONTH, 400, 400)),
        links=(LinkInput(LinkKind.AFTER, "tog", "tog"),),
    )

    assert [finding.code.value for finding in check_year(both)] == ["too_many", "link_circle"]


def test_the_generated_years_pass_the_checks() -> None:
    assert check_year(year(forum("råd", counted(YEAR, 2, 2)))) == ()


def test_rules_and_ways_out_are_said_in_every_written_form(solver: DaySolver) -> None:
    impossible = IMPOSSIBLE["four meetings at least 130 days apart"].year
    (conflict,) = explain(impossible, solver=solver)

    said = [
        [
            [say_rule(rule, language) for rule in conflict.rules],
            [say_way(way, language) for way in conflict.ways],
        ]
        for language in Language
    ]

    assert said == [
        [
            [
                "Styringsgruppe skal møtes så ofte som planen sier",
                "Styringsgruppe har minst 130 dager mellom møtene",
            ],
            [
                "la det gå 97 dager mellom møtene i Styringsgruppe",
                "la Styringsgruppe møtes 3 ganger",
            ],
        ],
        [
            [
                "Styringsgruppe skal møtast så ofte som planen seier",
                "Styringsgruppe har minst 130 dagar mellom møta",
            ],
            [
                "la det gå 97 dagar mellom møta i Styringsgruppe",
                "la Styringsgruppe møtast 3 gonger",
            ],
        ],
        [
            [
                "Styringsgruppe is to meet as often as the plan says",
                "Styringsgruppe has at least 130 days between meetings",
            ],
            [
                "let 97 days pass between meetings of Styringsgruppe",
                "let Styringsgruppe meet 3 times",
            ],
        ],
    ]


def test_a_forum_for_members_alone_is_not_named_to_others(solver: DaySolver) -> None:
    hidden = forum(
        "familieteam", every_weeks(1, Weekday.FRI), "veileder", starts=time(9), case_level=True
    )
    open_forum = forum("råd", every_weeks(1, Weekday.FRI), "veileder", starts=time(9))

    (conflict, *_) = explain(year(hidden, open_forum), solver=solver)
    said = " ".join(say_rule(rule, Language.BOKMAL) for rule in conflict.rules)

    assert "Familieteam" not in said
    assert "et annet forum møtes bare på fredager" in said
