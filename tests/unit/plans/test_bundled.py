"""The bundled plan files: complete, and true to the texts they are made from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.domain.cadence import CadenceKind
from scheduler.domain.enums import (
    AttendanceRule,
    DutyKind,
    ForumLevel,
    Function,
    LinkKind,
    MinutesRule,
)
from scheduler.domain.planfile import ForumEntry, PlanFile, ProblemCode
from scheduler.plans import UnknownPlanError, bundled, bundled_names, template
from scheduler.usecases.plan_file import parse_plan_file

NAMES = ("bamble", "hemsedal", "sondre-land", "sor-aurdal", "sor-fron")
TEXTS = Path(__file__).parents[4] / "shared" / "plans"
PHRASES = Path(__file__).parents[2] / "data" / "phrases.json"
needs_texts = pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the plans' texts (../shared/plans) are not on this machine"
)


def plan(name: str) -> PlanFile:
    return parse_plan_file(bundled(name))


def test_five_municipalities_come_with_the_program_and_no_other_is_found() -> None:
    assert bundled_names() == NAMES
    with pytest.raises(UnknownPlanError) as unknown:
        bundled("../../etc/passwd")
    assert unknown.value.names == NAMES


def test_the_template_is_a_plan_that_can_be_loaded() -> None:
    read = parse_plan_file(template())
    assert [warning.code for warning in read.warnings] == [ProblemCode.LEVEL_MIXED]


@pytest.mark.parametrize("name", NAMES)
def test_each_plan_has_the_duties_that_the_law_gives_every_municipality(name: str) -> None:
    legal = {duty.slug: duty for duty in plan(name).duties if duty.legal_basis}
    report, revision = legal["tilstandsrapport-barnevern"], legal["vurdere-revisjon"]
    assert (report.kind, report.legal_basis) == (
        DutyKind.COUNCIL_REPORT,
        "barnevernsloven § 15-3 femte ledd",
    )
    assert report.position is not None
    assert (revision.kind, revision.legal_basis) == (
        DutyKind.REVISION,
        "plan- og bygningsloven § 10-1",
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_rhythm_of_a_bundled_plan_is_understood(name: str) -> None:
    unknown = [each for each in plan(name).warnings if each.code is ProblemCode.RHYTHM_UNKNOWN]
    assert unknown == []


def test_the_forums_of_sor_fron() -> None:
    read = plan("sor-fron")
    assert {forum.slug: forum.level for forum in read.forums} == {
        "styringsgruppe": ForumLevel.SYSTEM,
        "ressursgruppe": ForumLevel.SYSTEM,
        "familieteam": ForumLevel.CASE_ELSE_ANONYMOUS,
        "barnevern-helsestasjon-lege-psykisk-helse": ForumLevel.CASE_ELSE_NOT,
        "barnevern-og-skole": ForumLevel.CASE_ELSE_NOT,
        "barnevern-og-barnehage": ForumLevel.CASE_ELSE_NOT,
        "ppt-og-skoler-og-barnehager": ForumLevel.CASE_ELSE_NOT,
        "barnet-i-mente": ForumLevel.CASE_ELSE_NOT,
    }
    assert {forum.slug: rhythm(forum) for forum in read.forums} == {
        "styringsgruppe": ("year", 1, 2, 2),
        "ressursgruppe": ("year", 1, 3, 4),
        "familieteam": ("week", 2, 1, 1),
        "barnevern-helsestasjon-lege-psykisk-helse": ("year", 1, 2, 3),
        "barnevern-og-skole": ("year", 1, 2, 2),
        "barnevern-og-barnehage": ("year", 1, 2, 2),
        "ppt-og-skoler-og-barnehager": ("month", 1, 1, 1),
        "barnet-i-mente": ("month", 1, 1, 1),
    }
    team = forum_of(read, "familieteam")
    assert (team.weekday, f"{team.starts:%H:%M}", team.duration_minutes, team.place) == (
        "fri",
        "09:00",
        120,
        "helsestasjonen",
    )
    assert team.minutes_rule is MinutesRule.IF_NEEDED
    assert functions(team) == [
        ("barne-og-familieveileder", Function.COORDINATOR),
        ("barne-og-familieveileder", Function.CHAIR),
    ]
    assert [seat.position for seat in team.seats if seat.attends is AttendanceRule.ON_CALL] == [
        "representant-barnevern",
        "representant-ppt",
    ]
    assert forum_of(read, "ppt-og-skoler-og-barnehager").units == (
        "sor-fron-ungdomsskole",
        "barneskole",
        "barnehage",
    )
    (link,) = read.links
    assert (link.kind, link.from_forum, link.to_forum, link.days) == (
        LinkKind.RECEIVES_MINUTES,
        "ressursgruppe",
        "styringsgruppe",
        None,
    )
    evaluated = [measure.slug for measure in read.measures if measure.evaluation]
    assert evaluated == [
        "barseltrim",
        "kontroll-motorikk",
        "familieteam",
        "bassenggruppe",
        "ferietilbud",
        "hjemmeveiledning",
    ]


def test_the_forums_of_hemsedal_meet_after_tog_and_name_who_convenes_and_writes() -> None:
    read = plan("hemsedal")
    assert {forum.slug: (forum.level, rhythm(forum)) for forum in read.forums} == {
        "tog": (ForumLevel.SYSTEM, ("semester", 1, 1, 1)),
        "tverrfaglig-skolemote": (ForumLevel.SYSTEM, ("semester", 1, 1, 1)),
        "tverrfaglig-barnehagemote": (ForumLevel.SYSTEM, ("semester", 1, 1, 1)),
        "elevhelseteamet": (ForumLevel.CASE_ELSE_ANONYMOUS, ("month", 1, 1, 1)),
        "samarbeidsmote-helse-og-barnehage": (ForumLevel.CASE_ELSE_NOT, ("semester", 1, 1, 1)),
    }
    assert functions(forum_of(read, "tog")) == [
        ("kommunalsjef-oppvekst-og-kultur", Function.CONVENER),
        ("kommunalsjef-oppvekst-og-kultur", Function.CHAIR),
        ("styrer-barnehage", Function.MINUTE_TAKER),
    ]
    assert [(link.kind, link.from_forum, link.to_forum) for link in read.links] == [
        (LinkKind.AFTER, "tog", "tverrfaglig-skolemote"),
        (LinkKind.AFTER, "tog", "tverrfaglig-barnehagemote"),
        (LinkKind.AGENDA_ITEM, "tog", "tog"),
    ]
    follow_up = next(duty for duty in read.duties if duty.slug == "oppfolging-av-planen")
    assert (follow_up.kind, follow_up.forum) == (DutyKind.FORUM_ITEM, "tog")


def test_a_part_of_the_team_in_sondre_land_meets_once_a_month() -> None:
    team = forum_of(plan("sondre-land"), "tverrfaglig-droftingsteam")
    assert [(seat.position, seat.attends) for seat in team.seats] == [
        ("droftingsteamets-fagpersoner", AttendanceRule.EVERY_MEETING),
        ("representant-bup", AttendanceRule.ONCE_A_MONTH),
        ("representant-barnevern", AttendanceRule.ONCE_A_MONTH),
    ]
    assert rhythm(team) == ("week", 2, 1, 1)


def test_bamble_gives_no_forum_a_rhythm_and_none_is_invented() -> None:
    read = plan("bamble")
    assert [forum.slug for forum in read.forums if forum.rhythm or forum.chosen_rhythm] == []
    assert len(read.measures) == 157
    assert {measure.level_words for measure in read.measures} == {
        "Særlig utsatt (rødt)",
        "Større risiko (gult)",
        "Alle barn (grønt)",
    }


def test_the_yearly_review_of_sor_aurdal_is_for_each_service() -> None:
    read = plan("sor-aurdal")
    review = next(duty for duty in read.duties if duty.kind is DutyKind.PLAN_REVIEW)
    assert (review.per_service, review.due) == (True, (2, 28))
    assert [service.slug for service in read.services if service.leader is None] == [
        "vernepleier-i-skole"
    ]


@needs_texts
@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_each_entry_stand_on_the_lines_it_names(name: str) -> None:
    text = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    astray = [
        (entry, words)
        for entry, words, lines in quoted(plan(name))
        if plain(words) not in plain(" ".join(at(text, lines)))
    ]
    assert astray == []


@needs_texts
@pytest.mark.parametrize("name", NAMES)
def test_every_phrase_with_a_rhythm_is_found_again_in_the_plan_file(name: str) -> None:
    read = plan(name)
    covered: set[int] = set()
    for entry in entries(read):
        covered |= set(numbers(entry.source_lines or ""))
    left_out = [
        (phrase["lines"], phrase["phrase"])
        for phrase in json.loads(PHRASES.read_text(encoding="utf-8"))
        if phrase["plan"] == f"{name}.txt" and covered.isdisjoint(numbers(phrase["lines"]))
    ]
    assert left_out == []


def rhythm(forum: ForumEntry) -> tuple[str | None, int | None, int | None, int | None]:
    assert forum.rhythm is not None
    cadence = forum.rhythm.cadence
    assert cadence.kind is CadenceKind.RECURRENCE
    return cadence.unit, cadence.interval, cadence.count_min, cadence.count_max


def forum_of(read: PlanFile, slug: str) -> ForumEntry:
    return next(forum for forum in read.forums if forum.slug == slug)


def functions(forum: ForumEntry) -> list[tuple[str, Function]]:
    return [
        (seat.position, seat.function)
        for seat in forum.seats
        if seat.function is not Function.MEMBER
    ]


def entries(read: PlanFile) -> Iterator:
    yield from read.positions
    yield from read.services
    yield from read.forums
    yield from read.links
    yield from read.duties
    yield from read.measures
    yield from read.rules
    yield from read.questions


def quoted(read: PlanFile) -> Iterator[tuple[str, str, str]]:
    for forum in read.forums:
        words = (forum.rhythm.words if forum.rhythm else None, forum.level_words)
        for each in (*words, forum.minutes_words):
            if each and forum.source_lines:
                yield forum.slug, each, forum.source_lines
    for link in read.links:
        if link.words and link.source_lines:
            yield f"{link.from_forum}-{link.to_forum}", link.words, link.source_lines
    for duty in read.duties:
        # The words of the law are not the plan's, unless the plan repeats them.
        if duty.rhythm and duty.source_lines and duty.kind is not DutyKind.SURVEY:
            yield duty.slug, duty.rhythm.words, duty.source_lines
    for measure in read.measures:
        for rhythm_of in (measure.rhythm, measure.evaluation):
            if rhythm_of and measure.source_lines:
                yield measure.slug, rhythm_of.words, measure.source_lines
        if measure.status and measure.source_lines:
            yield measure.slug, measure.status, measure.source_lines


def plain(words: str) -> str:
    return re.sub(r"[\s*.|]+", "", words).lower()


def at(text: list[str], lines: str) -> list[str]:
    return [text[number - 1] for number in numbers(lines)]


def numbers(lines: str) -> list[int]:
    found: list[int] = []
    for span in lines.replace(" ", "").split(","):
        if span:
            first, _, last = span.partition("-")
            found += range(int(first), int(last or first) + 1)
    return found
