"""Plan files: what they say, and every problem at once."""

from __future__ import annotations

from datetime import date, time

import pytest

from scheduler.documents.toml_source import read_toml
from scheduler.domain.cadence import Weekday
from scheduler.domain.enums import AttendanceRule, ForumLevel, Function, LinkKind, UnitKind
from scheduler.domain.planfile import (
    LinkEntry,
    PlanFileError,
    Problem,
    ProblemCode,
    SeatEntry,
    read_plan_file,
)
from tests.unit.domain.planfile.plan_text import TWO_FORUMS, problems, read


def test_a_small_plan_is_read_with_defaults_for_what_it_leaves_out() -> None:
    plan = read("")
    assert plan.municipality.slug == "fjordvik"
    assert plan.plan.owner is None
    assert plan.choices.kept() == {
        "notice_days": 10,
        "minutes_days": 5,
        "receives_minutes_days": 14,
        "meeting_minutes": 90,
        "core_time": "09:00-15:00",
        "revision_years": 4,
        "yearly_due": "11-01",
        "council_paper_days": 20,
        "treated_within_days": 60,
        "plan_owner": None,
        "closed": [
            "public_holiday",
            "school_break",
            "joint_leave",
            "christmas",
            "easter",
            "local",
        ],
    }
    assert plan.choices.said == ()
    assert plan.warnings == ()


def test_the_words_of_a_rhythm_fill_in_weekday_time_and_length() -> None:
    plan = read(
        """[[forum]]
slug = "team"
name = "Teamet"
level = "case_else_anonymous"
rhythm = "hver andre fredag kl. 9.00-11.00"
seats = [
    { position = "leder", function = ["leader", "chair"] },
    { position = "sekretaer", attends = "on_call" },
]
"""
    )
    (forum,) = plan.forums
    assert (forum.weekday, forum.starts, forum.duration_minutes) == (Weekday.FRI, time(9), 120)
    every, on_call = AttendanceRule.EVERY_MEETING, AttendanceRule.ON_CALL
    assert forum.seats == (
        seat(18, "leder", Function.LEADER, every),
        seat(18, "leder", Function.CHAIR, every),
        seat(19, "sekretaer", Function.MEMBER, on_call),
    )


def test_a_forum_for_each_school_is_a_series_and_a_seat_in_each() -> None:
    plan = read(
        """[[unit]]
slug = "asen-skole"
name = "Åsen skole"
kind = "school"
[[unit]]
slug = "vik-skole"
name = "Vik skole"
kind = "school"
[[position]]
slug = "rektor"
title = "Rektor"
per_unit = "school"
[[forum]]
slug = "ppt"
name = "PPT og skolene"
level = "system"
rhythm = "2 ganger i året"
per_unit = "school"
seats = [{ position = "rektor@{unit}", function = "leader" }]
"""
    )
    assert [(each.slug, each.title, each.unit) for each in plan.positions[2:]] == [
        ("rektor@asen-skole", "Rektor, Åsen skole", "asen-skole"),
        ("rektor@vik-skole", "Rektor, Vik skole", "vik-skole"),
    ]
    (forum,) = plan.forums
    assert (forum.per_unit, forum.units) == (UnitKind.SCHOOL, ("asen-skole", "vik-skole"))
    assert [(each.position, each.unit) for each in forum.seats] == [
        ("rektor@asen-skole", "asen-skole"),
        ("rektor@vik-skole", "vik-skole"),
    ]


def test_a_mixed_level_counts_as_case_level_until_somebody_decides() -> None:
    plan = read(
        """[[forum]]
slug = "kontakt"
name = "Kontaktmøte"
level = "mixed"
rhythm = "2 ganger i året"
"""
    )
    assert plan.forums[0].level is ForumLevel.CASE_ELSE_NOT
    assert plan.forums[0].level_is_settled is False
    assert plan.warnings == (Problem(ProblemCode.LEVEL_MIXED, 15, "forum.kontakt.level"),)


def test_words_that_state_no_rhythm_are_kept_with_a_warning_that_names_them() -> None:
    plan = read(
        """[[forum]]
slug = "nettverk"
name = "Nettverket"
level = "system"
rhythm = "når månen er full"
[[forum]]
slug = "ledere"
name = "Ledergruppen, oppvekst"
level = "system"
"""
    )
    assert plan.warnings == (
        Problem(
            ProblemCode.RHYTHM_UNKNOWN,
            16,
            "forum.nettverk.rhythm",
            "når månen er full",
        ),
        Problem(ProblemCode.RHYTHM_MISSING, 17, "forum.ledere", "Ledergruppen, oppvekst"),
    )


def test_a_year_alone_is_kept_as_a_year() -> None:
    plan = read(
        """[[duty]]
slug = "rullering"
name = "Rullering"
kind = "revision"
rhythm = "hvert tredje år"
last_done = 2017
[[duty]]
slug = "ungdata"
name = "Ungdata"
kind = "survey"
rhythm = "hvert tredje år"
last_done = 2024-03-01
"""
    )
    revision, survey = plan.duties
    assert revision.rhythm is not None
    assert (revision.last_done_on, revision.rhythm.cadence.last_year) == (None, 2017)
    assert survey.last_done_on == date(2024, 3, 1)


def test_a_link_without_days_leaves_them_to_the_municipality() -> None:
    plan = read(
        TWO_FORUMS
        + """[[link]]
kind = "receives_minutes"
from = "a"
to = "b"
"""
    )
    assert plan.links == (
        LinkEntry(
            line=22,
            kind=LinkKind.RECEIVES_MINUTES,
            from_forum="a",
            to_forum="b",
            days=None,
            item="",
            words=None,
            source_lines=None,
        ),
    )


def test_ten_mistakes_give_ten_problems_in_the_order_of_their_lines() -> None:
    found = problems(
        """[[forum]]
slug = "Åpent forum"
name = "Åpent forum"
level = "open"
rhythm = "2 ganger i året"
weekday = "friday"
starts = "9"
notice_days = "ti"
agenda = ["Saken om 010190 12345"]
seats = [{ position = "ledar" }]
lines = "linje 4"
rytme = "årlig"
[[forum]]
name = "Uten slug"
level = "system"
rhythm = "2 ganger i året"
"""
    )
    assert [(each.line, each.code, each.key) for each in found] == [
        (13, ProblemCode.BAD_SLUG, "forum.1.slug"),
        (15, ProblemCode.NOT_ALLOWED, "forum.1.level"),
        (17, ProblemCode.NOT_ALLOWED, "forum.1.weekday"),
        (18, ProblemCode.BAD_TIME, "forum.1.starts"),
        (19, ProblemCode.WRONG_TYPE, "forum.1.notice_days"),
        (20, ProblemCode.IDENTITY_NUMBER, "forum.1.agenda"),
        (20, ProblemCode.CASE_AGENDA, "forum.1.agenda"),
        (21, ProblemCode.UNKNOWN_REFERENCE, "forum.Åpent forum.seats.position"),
        (22, ProblemCode.BAD_LINES, "forum.1.lines"),
        (23, ProblemCode.UNKNOWN_KEY, "forum.1.rytme"),
        (24, ProblemCode.MISSING_KEY, "forum.2.slug"),
    ]
    assert found[0].wanted == "apent-forum"
    assert found[7].wanted == "leder"


@pytest.mark.parametrize("key", ["agenda = ['Barnets situasjon']", "mandate = 'Drøfter saker'"])
def test_a_case_level_forum_with_text_about_its_cases_is_refused(key: str) -> None:
    for level in ("case_else_anonymous", "case_else_not", "mixed"):
        found = problems(
            f"""[[forum]]
slug = "team"
name = "Teamet"
level = "{level}"
rhythm = "hver måned"
{key}
"""
        )
        assert [(each.code, each.line) for each in found] == [(ProblemCode.CASE_AGENDA, 17)]


def test_an_agenda_item_cannot_be_linked_into_a_case_level_forum() -> None:
    found = problems(
        TWO_FORUMS.replace('"system"', '"case_else_not"')
        + """[[link]]
kind = "agenda_item"
from = "a"
to = "b"
item = "Oppfølging av planen"
"""
    )
    assert [(each.code, each.line) for each in found] == [(ProblemCode.CASE_AGENDA, 26)]


@pytest.mark.parametrize(
    "name",
    ["Drøftingsmøte trinn 2", "Ansvarsgruppe", "Familieråd", "Nettverksråd, barnevern"],
)
def test_a_meeting_about_one_child_is_a_rule_and_never_a_forum(name: str) -> None:
    found = problems(f'[[forum]]\nslug = "mote"\nname = "{name}"\nlevel = "case_else_not"\n')
    assert found == (Problem(ProblemCode.ONE_CHILD, 14, "forum.mote.name", name),)
    assert (
        read(f'[[rule]]\nslug = "mote"\nname = "{name}"\ntext = "Utenfor"\n').rules[0].name == name
    )


@pytest.mark.parametrize("number", ["01019012345", "010190 12345", "01 01 90 12345"])
def test_an_identity_number_is_refused_and_never_repeated(number: str) -> None:
    found = problems(f'[[measure]]\nslug = "m"\nname = "Tiltak {number}"\n')
    assert found == (Problem(ProblemCode.IDENTITY_NUMBER, 14, "measure.m.name"),)


@pytest.mark.parametrize(
    "text",
    [
        "Oppfølging av gutt 8 år",
        "jente på 11 år",
        "født 3. mai 2015",
        "Støtte til familien Hansen",
    ],
)
def test_a_text_that_speaks_of_one_child_is_refused(text: str) -> None:
    found = problems(f'[[measure]]\nslug = "m"\nname = "{text}"\n')
    assert found == (Problem(ProblemCode.ABOUT_A_CHILD, 14, "measure.m.name"),)


@pytest.mark.parametrize(
    "text",
    [
        "Barn 6-12 år",
        "Alle gutter og jenter",
        "Barn født 2019 og 2020",
        "Familiens hus",
        "Den trygge 10-åringen",
    ],
)
def test_a_text_that_speaks_of_a_group_is_kept(text: str) -> None:
    assert read(f'[[measure]]\nslug = "m"\nname = "{text}"\n').measures[0].name == text


def test_an_address_of_a_person_is_refused_but_that_of_a_room_is_not() -> None:
    found = problems('[[measure]]\nslug = "m"\nname = "Spør kari@fjordvik.example"\n')
    assert found == (Problem(ProblemCode.PERSON, 14, "measure.m.name"),)
    forum = '[[forum]]\nslug = "f"\nname = "F"\nlevel = "system"\nrhythm = "årlig"\n'
    plan = read(forum + 'room_email = "rom@fjordvik.example"\n')
    assert plan.forums[0].room_email == "rom@fjordvik.example"


def test_a_youth_council_holds_its_coordinator_and_nobody_else() -> None:
    council = """[[forum]]
slug = "ungdomsrad"
name = "Ungdomsrådet"
kind = "rad"
level = "system"
elected = true
dates_set_by = "others"
seats = [{ position = "leder", function = "%s" }]
"""
    (found,) = problems(council % "member")
    assert (found.code, found.line, found.wanted) == (
        ProblemCode.ELECTED_MEMBER,
        19,
        "coordinator, secretary",
    )
    assert read(council % "coordinator").warnings == ()


def test_forums_that_wait_for_each_other_are_reported_once() -> None:
    links = '[[link]]\nkind = "after"\nfrom = "a"\nto = "b"\n'
    back = '[[link]]\nkind = "receives_minutes"\nfrom = "b"\nto = "a"\n'
    found = problems(TWO_FORUMS + links + back)
    assert found == (Problem(ProblemCode.LOOP, 29, "link.to", "b → a → b"),)


def test_a_slug_used_twice_is_reported_with_the_first_line() -> None:
    found = problems('[[position]]\nslug = "leder"\ntitle = "Leder"\n')
    assert found == (Problem(ProblemCode.DUPLICATE, 12, "position.leder", "leder", "6"),)


def test_a_file_without_its_first_parts_is_told_so() -> None:
    with pytest.raises(PlanFileError) as refused:
        read_plan_file(read_toml(b'[[unit]]\nslug = "a"\nname = "A"\nkind = "school"\n'))
    assert [(each.code, each.key) for each in refused.value.problems] == [
        (ProblemCode.MISSING_TABLE, "municipality"),
        (ProblemCode.MISSING_TABLE, "plan"),
    ]


def seat(line: int, position: str, function: Function, attends: AttendanceRule) -> SeatEntry:
    return SeatEntry(line=line, position=position, unit=None, function=function, attends=attends)
